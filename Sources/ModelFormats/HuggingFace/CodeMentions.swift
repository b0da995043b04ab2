import ModelJSON

/// Where a configuration names code, found in one walk through it and the parts of a composite model, `text_config` and its like.
struct CodeMentions {
    /// Kernels of the hub, `org/name`, which `attn_implementation` and its like may name, also for a part of the model.
    ///
    /// Source: transformers/integrations/hub_kernels.py, `is_kernel`.
    private(set) var kernels: Set<String> = []
    /// Whether `trust_remote_code` stands in it, so that loading asks nobody.
    private(set) var consents = false
    /// Each `auto_map` and what it names; the classes of parts are made by `AutoModel.from_config`
    /// (transformers/models/auto/auto_factory.py).
    private(set) var maps: [(place: String, references: [String])] = []

    private static let mostMaps = 64

    private struct Place {
        let path: String
        let value: JSONValue
        /// Whether it stands below the name of an implementation.
        var isImplementation = false
        /// Whether it stands in an `auto_map`.
        var isMap = false
    }

    init(_ document: JSONValue) {
        var waiting = [Place(path: "", value: document)]
        while let place = waiting.popLast() {
            if !place.isMap, maps.count < Self.mostMaps {
                let names = Self.references(place.value)
                if !names.isEmpty { maps.append((place.path + "auto_map", names)) }
            }
            for (key, inner) in place.value.object ?? [:] {
                let isImplementation = place.isImplementation || key.contains("_implementation")
                if key == "trust_remote_code", inner.bool == true { consents = true }
                if isImplementation, let text = inner.string, text.contains("/"), text.utf8.count < 256 {
                    kernels.insert(text)
                }
                guard inner.object != nil else { continue }
                waiting.append(
                    Place(
                        path: "\(place.path)\(key.prefix(64)).", value: inner, isImplementation: isImplementation,
                        isMap: place.isMap || key == "auto_map"))
            }
        }
        maps.sort { $0.place < $1.place }
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
}
