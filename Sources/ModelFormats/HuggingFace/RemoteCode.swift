import ModelJSON

/// Code that a folder brings along, or names in another repository: `auto_map` of its configurations.
///
/// Source: transformers/dynamic_module_utils.py: `"AutoModel": "modeling_x.XModel"`, or `"org/name--modeling_x.XModel"`.
enum RemoteCode {
    static func report(
        _ documents: [(name: String, value: JSONValue)], _ subject: InspectedArtifact, into result: inout ProbeResult
    ) {
        var found = false
        var classes: Set<String> = []
        for (name, value) in documents {
            let kernels = kernels(value)
            if !kernels.isEmpty {
                found = true
                classes.formUnion(kernels)
                result.report(
                    .warning, code: "huggingface.kernel",
                    "loading fetches and runs a kernel of the hub that the model names: "
                        + kernels.joined(separator: ", "), at: name)
            }
            let scores = SentenceModules.scores(value)
            if !scores.isEmpty {
                found = true
                classes.formUnion(scores.map { String($0.prefix(256)) })
                result.report(
                    .warning, code: "huggingface.remote-code",
                    "a cross encoder imports and calls what the model names: \(scores.joined(separator: ", "))",
                    at: name)
            }
            if consents(value) {
                found = true
                result.report(
                    .warning, code: "huggingface.remote-code",
                    "the configuration itself says trust_remote_code, for what it names elsewhere", at: name)
            }
            for (place, references) in maps(value, at: name) {
                found = true
                classes.formUnion(references)
                result.report(
                    .warning, code: "huggingface.remote-code",
                    "loading runs Python code that the model names: \(references.joined(separator: ", "))", at: place)
            }
        }
        guard found else { return }
        var loading = result.loading ?? Loading(.needsCode)
        loading.verdict = max(loading.verdict, .needsCode)
        loading.classes = classes.union(loading.classes ?? []).sorted()
        result.loading = loading
    }

    /// The class that loads the model by its own code: the key of `auto_map` whose value is `architecture`.
    static func autoClass(_ config: JSONValue, architecture: String?) -> String? {
        guard let map = config["auto_map"]?.object else { return nil }
        let models = map.filter { $0.key.hasPrefix("AutoModel") && isName($0.key) }
        let own = models.first { entry in
            architecture.map { entry.value.string?.hasSuffix("." + $0) == true } ?? false
        }
        return own?.key ?? models.first?.key
    }

    /// Kernels of the hub, `org/name`, which `attn_implementation` and its like may name, also for a part of the model.
    ///
    /// Source: transformers/integrations/hub_kernels.py, `is_kernel`.
    private static func kernels(_ value: JSONValue) -> [String] {
        var names: Set<String> = []
        var pending: [(value: JSONValue, isImplementation: Bool)] = [(value, false)]
        while let (next, isImplementation) = pending.popLast() {
            if let text = next.string, isImplementation, text.contains("/"), text.utf8.count < 256 {
                names.insert(text)
            }
            for (key, inner) in next.object ?? [:] where inner.object != nil || inner.string != nil {
                pending.append((inner, isImplementation || key.contains("_implementation")))
            }
        }
        return names.sorted()
    }

    /// Whether code of others is allowed by the configuration: open_clip hands `tokenizer_kwargs` on (open_clip/factory.py,
    /// get_tokenizer).
    private static func consents(_ value: JSONValue) -> Bool {
        var pending = [value]
        while let next = pending.popLast() {
            for (key, inner) in next.object ?? [:] {
                if key == "trust_remote_code", inner.bool == true { return true }
                if inner.object != nil { pending.append(inner) }
            }
        }
        return false
    }

    /// Says which configurations a release of transformers may read in place of `config.json`, whose values are then not the
    /// model's: the one of the highest version that is not above its own.
    ///
    /// Source: transformers/configuration_utils.py, `get_configuration_file`.
    static func reportVersions(_ config: JSONValue, into result: inout ProbeResult) {
        let others = otherConfigurations(config)
        guard !others.isEmpty else { return }
        result.loading?.leaveIncomplete()
        result.report(
            .warning, code: "huggingface.other-configuration",
            "transformers may read \(others.joined(separator: ", ")) in place of config.json, whose values stand here",
            at: "config.json: configuration_files")
    }

    static func otherConfigurations(_ config: JSONValue) -> [String] {
        let names = (config["configuration_files"]?.array ?? []).prefix(32).compactMap(\.string)
        return names.filter { $0 != "config.json" && $0.utf8.count < 128 && !$0.contains("/") }
    }

    private static let mostMaps = 64

    /// Each `auto_map` of a document and what it names; also those of the parts of a composite model, `text_config` and its
    /// like, whose classes are made by `AutoModel.from_config` (transformers/models/auto/auto_factory.py).
    private static func maps(_ value: JSONValue, at name: String) -> [(place: String, references: [String])] {
        var found: [(place: String, references: [String])] = []
        var pending: [(path: String, value: JSONValue)] = [("", value)]
        while let (path, next) = pending.popLast(), found.count < mostMaps {
            let names = references(next)
            if !names.isEmpty { found.append(("\(name): \(path)auto_map", names)) }
            for (key, inner) in next.object ?? [:] where inner.object != nil && key != "auto_map" {
                pending.append(("\(path)\(key.prefix(64)).", inner))
            }
        }
        return found.sorted { $0.place < $1.place }
    }

    /// What `auto_map` of one object names; of tokenizers it may be a list.
    private static func references(_ value: JSONValue) -> [String] {
        var names: Set<String> = []
        let map = value["auto_map"]
        for reference in (map?.object?.map(\.value) ?? map?.array ?? []).prefix(32) {
            let texts = (reference.array ?? [reference]).prefix(4).compactMap(\.string)
            // What is no name of a class is code all the same.
            names.formUnion(texts.map { $0.utf8.count < 256 && !PrivateText.holdsPath($0) ? $0 : "…" })
        }
        for (_, pipeline) in (value["custom_pipelines"]?.object ?? [:]).prefix(32) {
            if let text = pipeline["impl"]?.string { names.insert(String(text.prefix(256))) }
        }
        return names.sorted()
    }

    /// A name that can stand in a call.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first), text.utf8.count < 128 else { return false }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}
