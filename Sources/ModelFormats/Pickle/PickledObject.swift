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
            extensions: pickleExtensions, writerFamily: "pickle",
            otherWriters: ["joblib.dump", "dill.dump", "cloudpickle.dump"],
            ownReader: OwnReader("pickle", runsPickle: true),
            versionName: "pickle", reads: "what it would import and call, and what of that is dangerous"),
        FormatIdentity(
            "joblib-other", "joblib file", artifactType: "joblib.dump", mediaType: media, extensions: joblibExtensions,
            ownReader: OwnReader("joblib", runsPickle: true),
            versionName: "pickle", reads: "as pickle-other, past the arrays that stand between the opcodes"),
        model("sklearn-pickle", "scikit-learn pickle", .scikitLearn, isJoblib: false),
        model("sklearn-joblib", "scikit-learn joblib file", .scikitLearn, isJoblib: true),
        model("xgboost-pickle", "XGBoost pickle", .xgboost, isJoblib: false),
        model("xgboost-joblib", "XGBoost joblib file", .xgboost, isJoblib: true),
        model("lightgbm-pickle", "LightGBM pickle", .lightgbm, isJoblib: false),
        model("lightgbm-joblib", "LightGBM joblib file", .lightgbm, isJoblib: true),
    ]

    static let limits = EstimatorLimits.all

    private static func model(_ id: String, _ name: String, _ framework: Framework, isJoblib: Bool) -> FormatIdentity {
        FormatIdentity(
            id, name, artifactType: isJoblib ? "joblib.dump" : "pickle.dump", framework: framework,
            mediaType: "\(media); framework=\(framework.name.lowercased()); profile=\(isJoblib ? "joblib" : "pickle")",
            extensions: isJoblib ? joblibExtensions : pickleExtensions,
            ownReader: OwnReader(isJoblib ? "joblib" : "pickle", runsPickle: true),
            versionName: "pickle",
            reads:
                "class, steps, parameters, version, features, classes, trees, coefficients, imports, packages it needs")
    }

    static let readsCompressed = true

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        PickledFile.sniff(subject)
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("pickle-other"))
        result.markNotAModel(because: "data")
        guard let file = try PickledFile(subject) else { return }
        result.variant = file.variant
        if file.arrays.isJoblib {
            result.setIdentity(identity("joblib-other"))
            result.markNotAModel(because: "data")
        }
        let pickle = file.pickle
        var report = PickleReport(policy: PickledImports.policy, limits: subject.limits)
        report.add(pickle, entry: nil, to: &result)
        let reads = otherwise(file, &report, &result)
        PickledCompanions.judge(file, subject, &report, &result)
        var loading = PickledLoading(report, file, name: subject.artifact.name)
        loading.reads = reads
        defer { result.loading = loading.value(into: &result) }
        if let first = pickle.streams.first { result.version = "protocol \(first.protocolVersion)" }
        PickledCode.report(pickle, into: &result)
        defer { pythonTwo(file, &result) }
        if let failure = pickle.failure { throw failure }
        result.confidence = .parsed
        guard let root = pickle.root else { return }

        let value = PickledValue(root, file.arrays)
        guard let found = PickledModel(value) else {
            if let weights = PickledWeights(value) {
                loading.access = weights.access
                return weights.fill(&result)
            }
            PickledModel.describe(value, into: &result)
            return
        }
        result.verdict = .model
        loading.access = found.access
        if !found.place.isEmpty {
            result.report(
                .note, code: "pickle.bundle", "the model is one part of what it holds",
                at: "\(found.estimator.path) at \(found.place)")
        }
        result.setIdentity(identity(found.package.id(isJoblib: file.isJoblib)))
        if result.facts.framework == nil {
            result.facts.framework = found.package.framework
            result.note("framework", .derived, "package of the class \(found.estimator.path)")
        }
        if let writer = PickledCode.writer(pickle), !file.isJoblib {
            result.facts.artifactType = "\(writer).dump"
            result.note("artifact_type", .derived, "imports of \(writer)")
            loading.reader = writer
        } else if file.couldBeJoblib {
            result.note(
                "artifact_type", .assumed, "a plain pickle; joblib.dump writes the same bytes when it meets no array")
            result.report(
                .note, code: "pickle.or-joblib",
                "pickle.dump or joblib.dump wrote it: without an array among its values, the files of both are the same"
            )
        }
        var facts = EstimatorFacts(found.estimator, in: found.package, limits: subject.limits)
        try facts.fill(&result, at: found.place)
        PickledBooster(found.estimator, in: found.package, limits: subject.limits).fill(&result, at: found.place)
        let final = found.estimator.final()
        if let part = ModelPackage(defining: final.module), part != found.package {
            let booster = PickledBooster(final, in: part, limits: subject.limits, isPart: true)
            loading.pin(part, booster.fill(&result, at: found.place), sklearn: nil)
        }
        result.noteTable()
        loading.pin(found.package, result.facts.frameworkVersion, sklearn: facts.scikitLearnVersion)
    }

    /// What `pickle.load` runs in the arrays that joblib skips.
    private static func otherwise(
        _ file: PickledFile, _ report: inout PickleReport, _ result: inout ProbeResult
    ) -> [Loading.Read]? {
        guard let plain = file.plain else { return nil }
        let known = Set(file.pickle.imports.map { "\($0.module) \($0.name)" })
        let isMore = plain.imports.contains {
            !known.contains("\($0.module) \($0.name)") && PickleSighting.isTelling($0)
        }
        guard isMore else { return nil }
        let own = report.verdict
        var other = PickleReport(policy: PickledImports.policy, limits: report.limits)
        other.add(plain, entry: nil, to: &result)
        report.raise(to: other.verdict)
        report.take(other.imports, byOtherReader: true)
        return [Loading.Read(reader: "joblib", verdict: own), Loading.Read(reader: "pickle", verdict: other.verdict)]
    }

    /// Says that it is of Python 2, which matters less than what is in it.
    private static func pythonTwo(_ file: PickledFile, _ result: inout ProbeResult) {
        guard file.pickle.hasByteStrings else { return }
        let reader =
            file.isJoblib
            ? "joblib.load of Python 3 refuses those that are not ASCII"
            : "Python 3 reads them with encoding=\"latin1\""
        result.report(.note, code: "pickle.python-2", "its texts are bytes, as those of Python 2: \(reader)")
    }
}
