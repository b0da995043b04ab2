import ModelBytes
import ModelContainers
import ModelJSON

extension Framework {
    static let scikitLearn = estimators("scikit-learn", aliases: ["sklearn"])
}

/// An estimator as `skops.io.dump` writes it: a zip archive of `.npy` arrays and a `schema.json` that names classes.
///
/// Source: skops/io/_persist.py.
enum Skops: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "skops", "skops archive", artifactType: "skops.io.dump", framework: .scikitLearn,
            mediaType: "application/zip; framework=scikit-learn; profile=skops", extensions: ["skops", "zip"],
            writerFamily: "skops.io.dump", ownReader: OwnReader(seesMembers: true, extensionOfPrefixed: "skops"),
            versionName: "skops",
            reads: "class, steps, parameters, versions, features, classes, trees, coefficients, types it would load")
    ]

    static let limits = EstimatorLimits.all

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.layout, let entry = layout.archive.entry("schema.json"),
            let source = try? layout.archive.open(entry),
            let head = try? source.bytes(at: 0, upTo: 512)
        else { return nil }
        let text = String(decoding: head, as: UTF8.self)
        guard text.contains("\"__class__\""), text.contains("\"__module__\"") else { return nil }
        return SniffMatch(.structure, "zip with schema.json that begins with __class__ and __module__")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("skops"))
        // What breaks off here, Python may read on.
        result.loading = Loading(.incomplete)
        guard let layout = try subject.zip?.get(), let entry = layout.archive.entry("schema.json") else { return }
        defer { ZipFindings.report(layout, into: &result, loader: "skops", findsEnd: true) }
        let schema = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits)
        result.version = schema["protocol"]?.int.map { "protocol \($0)" }
        if let version = schema["_skops_version"]?.string {
            result.facts.producer = Producer(name: "skops", version: version)
            result.note("producer", .read, "schema.json: _skops_version")
        }
        let types = SkopsTypes(schema, limits: subject.limits)
        let untrusted = SkopsTrust(schema, limits: subject.limits).untrusted.sorted()
        var sklearn: String?
        defer { result.loading = loading(types, untrusted: untrusted, subject, sklearn: sklearn, &result) }

        let archive = SkopsArchive(ArchiveLayout(layout.archive))
        guard let root = SkopsNode(schema, archive), let estimator = Estimator(root) else {
            result.markNotAModel(because: "data")
            result.report(.note, code: "skops.content", "holds no estimator", at: "schema.json")
            return
        }
        let package = ModelPackage(defining: estimator.module) ?? .scikitLearn
        var facts = EstimatorFacts(estimator, in: package, limits: subject.limits)
        try facts.fill(&result, at: "schema.json")
        result.noteTable()
        if package != .scikitLearn {
            result.facts.framework = package.framework
            result.note("framework", .derived, "schema.json: module \(estimator.module)")
        }
        sklearn = facts.scikitLearnVersion
        if let failure = archive.failure { throw failure }
        result.confidence = .parsed
    }

    /// Plain values and arrays, which it takes of everyone.
    private static let plain: Set<String> = [
        "builtins.dict", "builtins.list", "builtins.tuple", "builtins.set", "builtins.str", "builtins.int",
        "builtins.float", "builtins.bool", "builtins.NoneType", "builtins.bytes", "builtins.bytearray",
        "builtins.slice",
        "numpy.ndarray", "numpy.float64", "numpy.float32", "numpy.int64", "numpy.int32", "numpy.bool", "numpy.bool_",
        "numpy.dtype", "numpy.str_",
    ]

    private static func loading(
        _ types: SkopsTypes, untrusted: [String], _ subject: InspectedArtifact, sklearn: String?,
        _ result: inout ProbeResult
    ) -> Loading {
        let names = types.names.subtracting(plain).sorted()
        // A plain value may be written so that another loader than its own makes it, which skops does not trust.
        var verdict = names.isEmpty && untrusted.isEmpty ? Loading.Verdict.dataOnly : .needsCode
        var imports: [Loading.Import] = []
        for name in names {
            var tier = Loading.Tier.unknown
            if let reason = SkopsTypes.danger(name) {
                tier = .dangerous
                verdict = .dangerous
                result.report(.danger, code: "skops.dangerous-type", "names \(name): \(reason)", at: "schema.json")
            }
            imports.append(Loading.Import(name: name, tier: tier, where: "schema.json"))
        }
        var call = "skops.io.load(\(PythonText.quoted(subject.artifact.name))"
        if untrusted.isEmpty {
            call += ")"
        } else {
            result.report(
                .note, code: "skops.untrusted-type",
                "skops.io.load takes these only when they are named in trusted=[…]: \(ShortList.text(untrusted))",
                at: "schema.json")
            call += ", trusted=[\(untrusted.map(PythonText.quoted).joined(separator: ", "))])"
        }
        let more = PythonPackages.needed(by: names, into: &result)
        var requirements = Requirements(["skops"])
        if let sklearn {
            requirements.need(
                "scikit-learn", .exactly(sklearn), .read, because: "the version that wrote it; it supports no other")
        }
        for package in more { requirements.need(package) }
        requirements.note(into: &result)
        var loading = Loading(
            verdict, call: call, requires: requirements.list, classes: names, imports: imports)
        loading.define = PythonText.undefined(names)
        return loading
    }
}
