import ModelBytes
import ModelJSON

/// A folder of sentence-transformers: `modules.json` lists the modules that a text goes through, each with its folder.
///
/// Source: sentence_transformers/SentenceTransformer.py.
enum SentenceTransformers: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "sentence-transformers", "sentence-transformers folder", artifactType: "save_pretrained",
            framework: "Hugging Face", roles: ["mlm:weights"],
            reads: "its modules, length of texts, size of embeddings, the parameters of all modules, its code")
    ]

    static let refines = ["huggingface", "safetensors"]

    private static let index = "modules.json"
    private static let own = "sentence_transformers."

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        let names = FolderFiles.topNames(listing)
        guard names.contains(index),
            names.contains(SentenceModules.settings) || names.contains("config.json")
        else { return nil }
        return SniffMatch(.structure, "a directory with \(index) of sentence-transformers")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("sentence-transformers"))
        var folder = ModelFolder(subject)
        FolderName.fill(&result, subject)
        guard let modules = try folder.document(index)?.array else {
            throw InspectionError(.malformed, "is no list of modules", entry: index)
        }
        try subject.limits.shards.check(modules.count, entry: index)
        let types = modules.compactMap { $0["type"]?.string }
        let custom = types.filter { !SentenceModules.isOwn($0) }
        let path = PythonText.quoted(subject.artifact.name)
        let kind = try folder.document(SentenceModules.settings)?["model_type"]?.string ?? "SentenceTransformer"
        let isDense = !["CrossEncoder", "SparseEncoder"].contains(kind)
        let trust = custom.isEmpty ? "" : ", trust_remote_code=True"
        result.loading = Loading(
            custom.isEmpty ? .dataOnly : .needsCode,
            call: "sentence_transformers.\(isDense ? "SentenceTransformer" : kind)(\(path)\(trust))",
            requires: ["sentence-transformers"], classes: custom.isEmpty ? nil : custom)
        if !custom.isEmpty {
            result.report(
                .warning, code: "sentence-transformers.custom-code",
                "loading imports modules of its own: \(custom.joined(separator: ", "))", at: index)
        }
        if kind != "CrossEncoder" {
            result.facts.tasks = ["similarity-search"]
            result.note("tasks", .derived, "\(index): embeddings of sentences")
        }
        try versions(&folder, &result)
        var failure: InspectionError?
        let documents = try SentenceModules.documents(of: subject, failure: &failure)
        let weights = try read(modules, types, documents, isDense: isDense, &folder, subject, &result)
        try folder.card(into: &result)
        folder.companions(into: &result)
        try folder.otherPickles(atAnyDepth: true, into: &result)
        FolderWeights.complete(weights, of: subject, into: &result)
        RemoteCode.report(documents, subject, into: &result)
        SentenceModules.report(documents, into: &result)
        result.confidence = .parsed
        if let failure = failure ?? weights?.failure {
            result.loading?.leaveIncomplete()
            throw failure
        }
    }

    private static func versions(_ folder: inout ModelFolder, _ result: inout ProbeResult) throws(InspectionError) {
        let name = SentenceModules.settings
        guard let version = try folder.document(name)?["__version__"] else { return }
        if let own = version["sentence_transformers"]?.string {
            result.facts.producer = Producer(name: "sentence-transformers", version: own)
            result.note("producer", .read, "\(name): __version__")
        }
        if let transformers = version["transformers"]?.string {
            result.facts.frameworkVersion = transformers
            result.note("framework_version", .read, "\(name): __version__.transformers")
        }
    }

    private static func read(
        _ modules: [JSONValue], _ types: [String], _ documents: [(name: String, value: JSONValue)],
        isDense: Bool, _ folder: inout ModelFolder, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> FolderWeights? {
        let names = FolderNames(subject)
        let configurations = Dictionary(documents.lazy.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        var sum: FolderWeights?
        var size: Int?
        var architecture: String?
        var seen: Set<String> = []
        let paths = modules.compactMap { $0["path"]?.string }
        for path in paths where !path.isEmpty && !Artifact.staysBelow(path) {
            result.loading?.leaveIncomplete()
            result.report(
                .warning, code: "sentence-transformers.outside",
                "the module in \(path.prefix(256)) lies outside the folder, and was not looked at", at: index)
        }
        let prefixes = paths.map { $0.isEmpty ? "" : $0 + "/" }
        // Modules may share a folder, whose weights are there once.
        for prefix in prefixes.flatMap({ [$0] + SentenceModules.parts(of: $0, configurations) })
        where seen.insert(prefix).inserted {
            let main = names.main(of: .transformers, in: prefix)
            if let own = FolderWeights.read(main, at: prefix, of: subject, into: &result) {
                if sum == nil { sum = own } else { sum?.join(own) }
            }
            guard let config = configurations[prefix + "config.json"] else { continue }
            architecture = architecture ?? config["architectures"]?[0]?.string
            size = config["out_features"]?.int ?? SentenceModules.pooled(config) ?? size ?? config["hidden_size"]?.int
        }
        if let architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "config.json: architectures")
        }
        result.facts.hyperparameters = [
            "modules": .array(types.map { .string($0.hasPrefix(own) ? String($0.dropFirst(own.count)) : $0) })
        ]
        result.note("hyperparameters", .read, index)
        let settings = try folder.document("sentence_bert_config.json")
        if let length = settings?["max_seq_length"]?.int {
            result.facts.hyperparameters?["max_seq_length"] = JSONValue(length)
        }
        // Scores of pairs, and weights of a vocabulary, have other shapes.
        guard isDense else { return sum }
        result.facts.inputs = [Port(name: "sentences", shape: [-1], dataType: "string", dimOrder: ["batch"])]
        result.note("inputs", .derived, "\(index): encode() takes a list of sentences")
        if let size, size > 0 {
            result.facts.outputs = [
                Port(
                    name: "sentence_embedding", shape: [-1, size], dataType: sum?.floatType,
                    dimOrder: ["batch", "feature"])
            ]
            result.note("outputs", .read, "config.json of the last module: size of the embedding")
        }
        return sum
    }
}
