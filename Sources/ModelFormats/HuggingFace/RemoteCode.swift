import ModelBytes
import ModelJSON

/// Code that a folder brings along, or names in another repository: `auto_map` of its configurations.
///
/// Source: transformers/dynamic_module_utils.py: `"AutoModel": "modeling_x.XModel"`, or `"org/name--modeling_x.XModel"`.
enum RemoteCode {
    /// transformers/generation/utils.py, `load_custom_generate`.
    private static let generation = "custom_generate/generate.py"

    static func report(
        _ documents: [(name: String, value: JSONValue)], _ subject: InspectedArtifact, into result: inout ProbeResult
    ) {
        var found = false
        var classes: Set<String> = []
        for (name, value) in documents {
            let mentions = CodeMentions(value)
            let kernels = mentions.kernels.sorted()
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
            if mentions.consents {
                found = true
                result.report(
                    .warning, code: "huggingface.remote-code",
                    "the configuration itself says trust_remote_code, for what it names elsewhere", at: name)
            }
            for (place, references) in mentions.maps {
                found = true
                classes.formUnion(references)
                result.report(
                    .warning, code: "huggingface.remote-code",
                    "loading runs Python code that the model names: \(references.joined(separator: ", "))",
                    at: "\(name): \(place)")
            }
        }
        if subject.listing?.contains(where: { $0.path == generation }) == true {
            found = true
            result.report(
                .warning, code: "huggingface.remote-code",
                "transformers runs this code in place of its own when it generates, where the caller trusts remote code",
                at: generation)
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
            "transformers may read \(others.joined(separator: ", ")) instead of config.json, whose values are here",
            at: "config.json: configuration_files")
    }

    static func otherConfigurations(_ config: JSONValue) -> [String] {
        let names = (config["configuration_files"]?.array ?? []).prefix(32).compactMap(\.string)
        return names.filter { $0 != "config.json" && $0.utf8.count < 128 && !$0.contains("/") }
    }

    /// A name that can stand in a call.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first), text.utf8.count < 128 else { return false }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}
