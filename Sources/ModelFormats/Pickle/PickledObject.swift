import ModelBytes
import ModelContainers

/// A pickle as `pickle.dump` or `joblib.dump` writes it, compressed or not. What it imports is reported; nothing is
/// imported. Whether a model is in it shows the class of the object that it makes.
enum PickledObject: Format {
    private static let pickleExtensions = [
        "pkl", "pickle", "p", "sav", "model", "joblib", "dill", "gz", "bz2", "xz", "lzma", "z", "lz4",
    ]
    private static let joblibExtensions = [
        "joblib", "jl", "pkl", "pickle", "sav", "model", "gz", "bz2", "xz", "lzma", "z", "lz4",
    ]
    private static let media = "application/octet-stream"

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "pickle-other", "Python pickle", artifactType: "pickle.dump", mediaType: media,
            extensions: pickleExtensions, reads: "what it would import and call, and what of that is dangerous"),
        FormatIdentity(
            "joblib-other", "joblib file", artifactType: "joblib.dump", mediaType: media, extensions: joblibExtensions,
            reads: "as pickle-other, past the arrays that stand between the opcodes"),
        model("sklearn-pickle", "scikit-learn pickle", "scikit-learn", isJoblib: false),
        model("sklearn-joblib", "scikit-learn joblib file", "scikit-learn", isJoblib: true),
        model("xgboost-pickle", "XGBoost pickle", "XGBoost", isJoblib: false),
        model("xgboost-joblib", "XGBoost joblib file", "XGBoost", isJoblib: true),
        model("lightgbm-pickle", "LightGBM pickle", "LightGBM", isJoblib: false),
        model("lightgbm-joblib", "LightGBM joblib file", "LightGBM", isJoblib: true),
    ]

    private static func model(_ id: String, _ name: String, _ framework: String, isJoblib: Bool) -> FormatIdentity {
        FormatIdentity(
            id, name, artifactType: isJoblib ? "joblib.dump" : "pickle.dump", framework: framework,
            mediaType: "\(media); framework=\(framework.lowercased()); profile=\(isJoblib ? "joblib" : "pickle")",
            extensions: isJoblib ? joblibExtensions : pickleExtensions,
            reads:
                "class, steps, parameters, version, features, classes, trees, coefficients, imports, packages it needs")
    }

    static func sniff(_ subject: Subject) -> Evidence? {
        PickledFile.sniff(subject)
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        reading.become(identity("pickle-other"))
        reading.isNoModel("data")
        guard let file = try PickledFile(subject) else { return }
        reading.variant = file.variant
        if file.arrays.isJoblib {
            reading.become(identity("joblib-other"))
            reading.isNoModel("data")
        }
        let pickle = file.pickle
        var report = PickleReport(policy: PickledImports.policy, limits: subject.limits)
        report.add(pickle, entry: nil, to: &reading)
        var loading = PickledLoading(report, file, name: subject.artifact.name)
        defer { reading.loading = loading.value }
        if let first = pickle.streams.first { reading.version = "protocol \(first.protocolVersion)" }
        PickledCode.report(pickle, into: &reading)
        if let failure = pickle.failure { throw failure }
        reading.confidence = .parsed
        guard let root = pickle.root else { return }

        let value = PickledValue(root, file.arrays)
        PickledCompanions.report(file, subject.artifact, into: &reading)
        guard let found = PickledModel(value) else {
            PickledModel.describe(value, into: &reading)
            return
        }
        reading.verdict = .model
        reading.become(identity(found.package.id(isJoblib: file.isJoblib)))
        if reading.facts.framework == nil {
            reading.facts.framework = found.package.framework
            reading.note("framework", .derived, "package of the class \(found.estimator.path)")
        }
        if let writer = PickledCode.writer(pickle), !file.isJoblib {
            reading.facts.artifactType = "\(writer).dump"
            reading.note("artifact_type", .derived, "imports of \(writer)")
            loading.reader = writer
        }
        var facts = EstimatorFacts(found.estimator, in: found.package, limits: subject.limits)
        try facts.fill(&reading, at: found.place)
        loading.pin(found.package, facts.version, sklearn: facts.scikitLearnVersion)
    }
}
