import ModelBytes
import ModelContainers
import ModelJSON

extension Framework {
    static let catboost = estimators("CatBoost")
}

/// CatBoost: a FlatBuffer behind `CBM1`.
enum CatBoost: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "catboost", "CatBoost", artifactType: "catboost.CatBoost.save_model", framework: .catboost,
            mediaType: "application/octet-stream; framework=catboost", extensions: ["cbm", "model", "bin"],
            writerFamily: "catboost.CatBoost.save_model",
            reads: CatBoostReading.reads)
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.begins(with: Array("CBM1".utf8)) else { return nil }
        return SniffMatch(.signature, "CBM1 at byte 0")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        try CatBoostReading.probe(subject, into: &result, format: nil)
    }
}

/// The same as JSON, written by `save_model(…, format="json")`.
enum CatBoostJSON: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "catboost-json", "CatBoost JSON", artifactType: "catboost.CatBoost.save_model", framework: .catboost,
            mediaType: "application/json; framework=catboost", extensions: ["json"], reads: CatBoostReading.reads)
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.leadingText.first == "{" else { return nil }
        var scanner = JSONScanner(ByteSource(MemoryBytes(subject.head)), limits: subject.limits, dialect: .python)
        var keys: Set<String> = []
        var inner: Set<String> = []
        // The head ends within the document; what came before counts.
        try? scanner.object { key, scanner in
            keys.insert(key.text)
            guard key == "features_info" || key == "model_info", try scanner.kind() == .object else { return }
            try scanner.object { key, _ in inner.insert(key.text) }
        }
        guard keys.contains("features_info") || keys.contains("model_info"), !inner.isDisjoint(with: own) else {
            return nil
        }
        return SniffMatch(.structure, "JSON with the keys of a CatBoost model")
    }

    private static let own: Set<String> = ["float_features", "categorical_features", "catboost_version_info"]

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        try CatBoostReading.probe(subject, into: &result, format: "json")
    }
}

/// What both forms have in common.
///
/// No bound is given: 0.24.4, 1.0.6 and 1.2.10 load what 0.26.1 and 1.2.10 wrote in either form, and predict the same.
enum CatBoostReading {
    static let reads =
        "version, parameters, loss and so the task, number of trees, features with names and kinds, class labels"

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult, format: String?)
        throws(InspectionError)
    {
        guard let source = subject.source else { return }
        let model = try CatBoostModel.read(source, limits: subject.limits)
        result.version = model.formatVersion
        CatBoostFacts(model).fill(&result)
        result.noteTable()
        result.confidence = .parsed
        let name = PythonText.quoted(subject.artifact.name)
        let argument = format.map { ", format=\"\($0)\"" } ?? ""
        result.loading = Loading(
            .dataOnly, call: "catboost.CatBoost().load_model(\(name)\(argument))", requires: ["catboost"])
    }
}
