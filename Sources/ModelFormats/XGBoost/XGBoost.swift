import ModelBytes
import ModelContainers
import ModelJSON

extension Framework {
    static let xgboost = estimators("XGBoost")
}

/// XGBoost's JSON: a model, or the configuration that `save_config` gives, which has the same outer keys.
enum XGBoostJSON: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "xgboost-json", "XGBoost JSON", artifactType: "xgboost.Booster.save_model", framework: .xgboost,
            mediaType: "application/json; framework=xgboost", extensions: ["json", "model", "xgb"],
            writerFamily: "xgboost.Booster.save_model",
            reads: XGBoostReading.reads),
        FormatIdentity(
            "xgboost-config", "XGBoost configuration", framework: .xgboost, mediaType: "application/json",
            extensions: ["json"], reads: "version and training parameters; there are no trees in it"),
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.leadingText.first == "{" else { return nil }
        var scanner = JSONScanner(ByteSource(MemoryBytes(subject.head)), limits: subject.limits, dialect: .python)
        var keys = XGBoostKeys()
        keys.look(&scanner)
        return keys.evidence("JSON")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        try XGBoostReading.probe(subject, into: &result, as: .json, configuration: identity("xgboost-config"))
    }
}

/// The same in Universal Binary JSON; what xgboost 2.1 and later write for any extension but json.
enum XGBoostUBJSON: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "xgboost-ubj", "XGBoost UBJSON", artifactType: "xgboost.Booster.save_model", framework: .xgboost,
            mediaType: "application/octet-stream; framework=xgboost",
            extensions: ["ubj", "model", "xgb", "bin", "bst", "deprecated"], reads: XGBoostReading.reads)
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, XGBoostEncoding(head: subject.head) == .ubjson else { return nil }
        var scanner = UBJSONScanner(ByteSource(MemoryBytes(subject.head)), limits: subject.limits)
        var keys = XGBoostKeys()
        keys.look(&scanner)
        return keys.evidence("UBJSON")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        try XGBoostReading.probe(
            subject, into: &result, as: .ubjson, configuration: XGBoostJSON.identity("xgboost-config"))
    }
}

/// The old binary form, with and without its mark `binf`, and as base64.
enum XGBoostLegacy: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "xgboost-binary", "XGBoost binary", artifactType: "xgboost.Booster.save_model", framework: .xgboost,
            mediaType: "application/octet-stream; framework=xgboost",
            extensions: ["model", "bin", "bst", "xgb", "deprecated", "binary"],
            versionName: "XGBoost",
            reads:
                "version, objective and so the task, booster, number of trees, features and classes, base score, attributes"
        )
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil else { return nil }
        switch XGBoostEncoding(head: subject.head) {
        case .binary(_, isBase64: true): return SniffMatch(.signature, "bs64 and a tab at the beginning")
        case .binary(start: 0, _): return SniffMatch(.structure, "the name of an objective behind its parameters")
        case .binary: return SniffMatch(.structure, "binf, and the name of an objective behind its parameters")
        default: return nil
        }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        var encoding = XGBoostLoading.Encoding.binary
        switch XGBoostEncoding(head: subject.head) {
        case .binary(_, isBase64: true):
            result.variant = "base64"
            encoding = .base64
        case .binary(start: 0, _): result.variant = "without binf"
        default: result.variant = "binf"
        }
        try XGBoostReading.probe(subject, into: &result, as: encoding, configuration: nil)
    }
}

/// What `dump_model` writes, as text, JSON or a graph: for people, no Booster reads it.
enum XGBoostDump: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "xgboost-dump", "XGBoost dump", framework: .xgboost, extensions: ["txt", "json", "dump", "dot"],
            reads: "that it is a dump, which cannot be loaded")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil else { return nil }
        switch subject.leadingText.first {
        case "b":
            let lines = subject.leadingText.split(separator: "\n", maxSplits: 2)
            guard lines.count > 1, lines[0].hasPrefix("booster["),
                lines[1].hasPrefix("0:") || lines[1].hasPrefix("digraph")
            else { return nil }
            return SniffMatch(.structure, "text of trees from booster[0] on")
        case "[":
            guard isJSON(subject.head, subject.limits) else { return nil }
            return SniffMatch(.structure, "a JSON array of trees with nodeid")
        default: return nil
        }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.markNotAModel(because: "dump")
        result.variant = subject.leadingText.first == "[" ? "JSON" : "text"
        result.confidence = .structure
        result.report(
            .warning, code: "not-a-model.dump",
            "written by Booster.dump_model for people to read; no library loads it. Ask for the file of save_model")
    }

    /// Whether the first element is a node as src/tree/tree_model.cc writes it.
    private static func isJSON(_ head: [UInt8], _ limits: Limits) -> Bool {
        var scanner = JSONScanner(ByteSource(MemoryBytes(head)), limits: limits, dialect: .python)
        var keys: Set<String> = []
        var elements = 0
        // The head ends within the document; what came before counts.
        try? scanner.array { scanner in
            elements += 1
            guard elements == 1, try scanner.kind() == .object else { return }
            try scanner.object { key, _ in keys.insert(key.text) }
        }
        return keys.contains("nodeid") && !keys.isDisjoint(with: ["leaf", "split"])
    }
}

/// What the three encodings have in common.
enum XGBoostReading {
    static let reads =
        "version, objective and so the task, booster, number of trees, features with names and types, classes, base score, "
        + "attributes, what scikit-learn's wrapper adds"

    static func probe(
        _ subject: InspectedArtifact, into result: inout ProbeResult, as encoding: XGBoostLoading.Encoding,
        configuration: FormatIdentity?
    ) throws(InspectionError) {
        guard let source = subject.source else { return }
        let model = try XGBoostModel.read(source, limits: subject.limits)
        if let configuration, model.hasConfiguration, !model.hasModel {
            result.setIdentity(configuration)
            XGBoostFacts(model).fill(&result)
            result.markNotAModel(because: "architecture-only")
            result.confidence = .parsed
            result.report(
                .warning, code: "not-a-model.architecture-only",
                "written by Booster.save_config: parameters without trees. Ask for the file of save_model")
            return
        }
        guard model.hasModel else {
            throw InspectionError(.malformed, "has a learner, but no trees or weights", entry: source.entry)
        }
        result.version = model.release
        XGBoostFacts(model).fill(&result)
        result.noteTable()
        result.confidence = .parsed
        if model.hasConfiguration {
            snapshot(of: model, PythonText.quoted(subject.artifact.name), &result)
            return
        }
        XGBoostLoading(model: model, encoding: encoding, name: subject.artifact.name).fill(&result)
    }

    /// What is pickled of a Booster. `load_model` refuses it, and it is for one release only (doc/tutorials/saving_model.rst).
    private static func snapshot(of model: XGBoostModel, _ name: String, _ result: inout ProbeResult) {
        result.variant = "memory snapshot"
        result.facts.artifactType = "xgboost.Booster.__getstate__"
        result.note("artifact_type", .derived, "it holds Config beside Model")
        result.report(
            .warning, code: "xgboost.snapshot",
            "the memory snapshot of a Booster, which load_model refuses and other releases may not read")
        result.loading = Loading(
            .dataOnly,
            call: "xgboost.Booster().__setstate__({\"handle\": bytearray(open(\(name), \"rb\").read())})",
            requires: [model.version.map { "xgboost==\($0)" } ?? "xgboost"])
    }
}

/// The keys that the beginning of a document shows.
struct XGBoostKeys {
    private var learner: Set<String> = []
    private var isCut = false

    mutating func look<Scanner: DocumentScanner & ~Copyable>(_ scanner: inout Scanner) {
        // The head ends within the document; what came before counts.
        do throws(InspectionError) { try look(&scanner, depth: 0) } catch { isCut = true }
    }

    private mutating func look<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner, depth: Int
    ) throws(InspectionError) {
        try scanner.object { key, scanner in
            guard try scanner.kind() == .object else { return }
            switch key {
            case "learner": try scanner.object { key, _ in self.learner.insert(key.text) }
            case "Config", "Model": if depth == 0 { try self.look(&scanner, depth: 1) }
            default: break
            }
        }
    }

    private static let own: Set<String> = [
        "gradient_booster", "learner_model_param", "generic_param", "learner_train_param", "feature_names",
        "feature_types",
    ]

    func evidence(_ encoding: String) -> SniffMatch? {
        if !learner.isDisjoint(with: Self.own) {
            return SniffMatch(.structure, "\(encoding) with the keys of an XGBoost learner")
        }
        guard isCut, learner.contains("attributes") else { return nil }
        return SniffMatch(.plausible, "\(encoding) that begins with the attributes of a learner")
    }
}
