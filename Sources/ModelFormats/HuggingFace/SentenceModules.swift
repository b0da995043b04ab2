import ModelBytes
import ModelJSON

/// The configurations of the modules of sentence-transformers, some of which name classes that loading imports.
///
/// Source: sentence_transformers/util.py, `import_from_string`, called in models/Router.py and Asym.py (`types`), in
/// WordEmbeddings.py (`tokenizer_class`) and Dense.py (`activation_function`).
enum SentenceModules {
    /// Classes of modules that the library brings itself, by the name alone: `models.Dense.torch` is what a module of the
    /// library has imported, and not a part of it. Those of sentence_transformers 2.0 to 6.2.
    private static let modules = Set(
        words: """
            Asym BoW CLIPModel CNN Dense Dropout LSTM LayerNorm LogitScore MLMTransformer MultiVectorMask Normalize Pooling \
            Router SparseAutoEncoder SparseStaticEmbedding SpladePooling StaticEmbedding Transformer WKPooling \
            WeightedLayerPooling WordEmbeddings WordWeights PhraseTokenizer WhitespaceTokenizer
            """)
    private static let packages: Set<String> = [
        "base", "cross_encoder", "multi_vector_encoder", "sentence_transformer", "sparse_encoder",
    ]

    /// Whether the library has this class: `sentence_transformers.models.Pooling`, `….models.Pooling.Pooling`,
    /// `….sentence_transformer.modules.pooling.Pooling`.
    static func isOwn(_ type: String) -> Bool {
        var parts = type.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (3...7).contains(parts.count), parts.removeFirst() == "sentence_transformers",
            let name = parts.popLast(), modules.contains(name)
        else { return false }
        if let file = parts.last, file.filter({ $0 != "_" }).lowercased() == name.lowercased() { parts.removeLast() }
        if parts.last == "tokenizer", name.hasSuffix("Tokenizer") { parts.removeLast() }
        return parts == ["models"] || parts == ["sparse_encoder", "models"]
            || parts.count == 2 && packages.contains(parts[0]) && parts[1] == "modules"
    }

    /// Whether it is an activation of torch: a class of `torch.nn`, and nothing that its modules import.
    private static func isActivation(_ type: String) -> Bool {
        ["torch.nn.modules.activation.", "torch.nn.modules.linear.", "torch.nn."].contains { place in
            guard type.hasPrefix(place) else { return false }
            let name = String(type.dropFirst(place.count))
            return RemoteCode.isName(name) && name.first?.isUppercase == true
        }
    }

    /// Classes outside of torch that the configuration of a cross encoder names for its scores.
    ///
    /// Source: sentence_transformers/cross_encoder/CrossEncoder.py.
    static func scores(_ config: JSONValue) -> [String] {
        [
            config["sbert_ce_default_activation_function"], config["sentence_transformers"]?["activation_fn"],
            config["activation_fn"],
        ].compactMap { $0?.string }.filter { $0.contains(".") && !isActivation($0) }
    }

    static let settings = "config_sentence_transformers.json"

    /// All configurations below the folder: a router's parts lie in folders of their own.
    static func documents(
        of subject: InspectedArtifact, failure: inout InspectionError?
    ) throws(InspectionError) -> [(name: String, value: JSONValue)] {
        let paths = (subject.listing ?? []).map(\.path).filter {
            $0.hasSuffix("config.json") || $0 == settings
        }.sorted()
        try subject.limits.shards.check(paths.count)
        var found: [(name: String, value: JSONValue)] = []
        for path in paths {
            do throws(InspectionError) {
                if let value = try FolderFiles.document(path, of: subject) { found.append((path, value)) }
            } catch {
                failure = failure ?? error.found(in: path)
            }
        }
        return found
    }

    /// The size of what a pooling makes: one embedding for each of its modes (models/Pooling.py,
    /// get_sentence_embedding_dimension). Nil for anything else.
    static func pooled(_ config: JSONValue) -> Int? {
        guard let size = config["word_embedding_dimension"]?.int ?? config["embedding_dimension"]?.int else {
            return nil
        }
        let flags = (config.object ?? [:]).filter { $0.key.hasPrefix("pooling_mode_") && $0.value.bool == true }
        let modes = config["pooling_mode"]?.array?.count ?? max(flags.count, 1)
        let (product, overflow) = size.multipliedReportingOverflow(by: modes)
        return overflow ? nil : product
    }

    /// The folders of a router's parts, which are keys of `types`.
    static func parts(of prefix: String, _ configurations: [String: JSONValue]) -> [String] {
        ["config.json", "router_config.json"].flatMap { name in
            (configurations[prefix + name]?["types"]?.object ?? [:]).map { prefix + $0.key + "/" }
        }
    }

    static func report(_ documents: [(name: String, value: JSONValue)], into result: inout ProbeResult) {
        for (place, value) in documents {
            let foreign = classes(value).filter { $0.contains(".") && !isOwn($0) && !isActivation($0) }
            guard !foreign.isEmpty else { continue }
            let names = Set(foreign.prefix(32).map { String($0.prefix(256)) })
            result.loading = (result.loading ?? Loading(.needsCode)).joined(
                with: Loading(.needsCode, classes: names.sorted()))
            result.report(
                .warning, code: "sentence-transformers.custom-code",
                "loading imports classes of its own: \(names.sorted().joined(separator: ", "))", at: place)
        }
    }

    private static func classes(_ value: JSONValue) -> [String] {
        let types = (value["types"]?.object ?? [:]).compactMap { $0.value.string }
        return types + [value["tokenizer_class"]?.string, value["activation_function"]?.string].compactMap(\.self)
    }
}
