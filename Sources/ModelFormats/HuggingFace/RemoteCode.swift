import ModelJSON

/// Code that a folder brings along, or names in another repository: `auto_map` of its configurations.
///
/// Source: transformers/dynamic_module_utils.py: `"AutoModel": "modeling_x.XModel"`, or `"org/name--modeling_x.XModel"`.
enum RemoteCode {
    static func report(
        _ documents: [(name: String, value: JSONValue)], _ subject: InspectedArtifact, into result: inout ProbeResult
    ) {
        var found = false
        for (name, value) in documents {
            let kernels = kernels(value)
            if !kernels.isEmpty {
                found = true
                result.report(
                    .warning, code: "huggingface.kernel",
                    "loading fetches and runs a kernel of the hub that the model names: "
                        + kernels.joined(separator: ", "), at: name)
            }
            let custom = (value["auto_map"]?.object?.keys.isEmpty == false) || value["custom_pipelines"]?.object != nil
            guard custom else { continue }
            found = true
            result.report(
                .warning, code: "huggingface.remote-code",
                "loading runs Python code that the model names: \(references(value).joined(separator: ", "))",
                at: "\(name): auto_map")
        }
        guard found else { return }
        var loading = result.loading ?? Loading(.needsCode)
        loading.verdict = max(loading.verdict, .needsCode)
        let classes = documents.flatMap { references($0.value) + kernels($0.value) }
        loading.classes = Array(Set((loading.classes ?? []) + classes)).sorted()
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

    private static func references(_ value: JSONValue) -> [String] {
        var names: [String] = []
        for (_, reference) in (value["auto_map"]?.object ?? [:]).prefix(32) {
            for text in [reference.string].compactMap(\.self) + (reference.array ?? []).prefix(4).compactMap(\.string)
            where text.utf8.count < 256 && !PrivateText.holdsPath(text) { names.append(text) }
        }
        for (_, pipeline) in (value["custom_pipelines"]?.object ?? [:]).prefix(32) {
            if let text = pipeline["impl"]?.string, text.utf8.count < 256 { names.append(text) }
        }
        return Array(Set(names)).sorted()
    }

    /// A name that can stand in a call.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first), text.utf8.count < 128 else { return false }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}
