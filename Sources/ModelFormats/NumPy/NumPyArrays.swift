import ModelBytes
import ModelContainers
import ModelJSON

/// `.npy`, one array, and `.npz`, a zip of them: data, unless the names are those of a model's parameters.
///
/// Source: numpy/lib/_format_impl.py, _npyio_impl.py.
enum NumPyArrays: Format {
    private static let media = "application/octet-stream; framework=numpy"

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "numpy-npz", "NumPy archive of arrays", artifactType: "numpy.savez", framework: "NumPy",
            roles: ["mlm:weights"], mediaType: media, extensions: ["npz"],
            reads: "names, types and shapes of its arrays, whether their names are a model's, pickles of object arrays"),
        FormatIdentity(
            "numpy-npy", "NumPy array", artifactType: "numpy.save", framework: "NumPy", mediaType: media,
            extensions: ["npy"], reads: "type and shape, pickles of object arrays"),
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if subject.source != nil, subject.begins(with: NumPyFile.magic) {
            return SniffMatch(.structure, "magic number of a NumPy array")
        }
        guard let layout = subject.layout else { return nil }
        let names = layout.archive.entries.lazy.map(\.name)
        guard !names.isEmpty, names.allSatisfy({ $0.hasSuffix(".npy") }) else { return nil }
        return SniffMatch(.structure, "zip of .npy files alone")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        if subject.begins(with: NumPyFile.magic) {
            result.setIdentity(identity("numpy-npy"))
            try array(source, subject, &result)
        } else {
            result.setIdentity(identity("numpy-npz"))
            try archive(subject, &result)
        }
        result.confidence = .parsed
    }

    private static func array(
        _ source: ByteSource, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        let name = PythonText.quoted(subject.artifact.name)
        let array = try NumPyFile(source)
        result.markNotAModel(because: "data")
        result.loading = Loading(.dataOnly, call: "numpy.load(\(name))", requires: ["numpy"])
        result.facts.metadata = ["shape": .array(array.shape.map { JSONValue($0) })]
        if let type = array.type?.dataType { result.facts.metadata?["data_type"] = .string(type) }
        try objects(array, source, entry: nil, subject, &result)
    }

    private static func archive(
        _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let layout = try subject.zip?.get() else { return }
        defer { ZipFindings.report(layout, into: &result, loader: "NumPy") }
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = Loading(.dataOnly, call: "numpy.load(\(name))", requires: ["numpy"])
        var tally = ElementTally()
        var names: [String] = []
        for entry in layout.archive.entries {
            let source = try layout.archive.open(entry)
            let array = try NumPyFile(source)
            let own = String(entry.name.dropLast(".npy".count))
            names.append(own)
            try objects(array, source, entry: entry.name, subject, &result)
            guard let type = array.type, let dataType = type.dataType else { continue }
            let (bytes, overflow) = array.count.multipliedReportingOverflow(by: type.itemSize)
            tally.add(own, shape: array.shape, dataType: dataType, bytes: overflow ? nil : bytes)
        }
        guard areParameters(names) else {
            result.markNotAModel(because: "data")
            result.facts.metadata = ["arrays": .array(names.prefix(64).map(JSONValue.string))]
            return
        }
        if let parameters = tally.parameters(counting: "elements of all arrays") {
            result.facts.parameters = parameters
            result.note("parameters", .read, "headers of the arrays")
        }
    }

    private static let parameterNames: Set<String> = [
        "weight", "weights", "bias", "biases", "kernel", "gamma", "beta", "embedding", "running_mean", "running_var",
        "moving_mean", "moving_variance",
    ]

    /// Two names at least whose last component is that of a parameter: `encoder/dense/kernel`, `conv1.weight`.
    private static func areParameters(_ names: [String]) -> Bool {
        let found = names.filter { name in
            let parts = name.split { $0 == "/" || $0 == "." || $0 == ":" }
            return parts.count > 1 && parts.suffix(2).contains { parameterNames.contains(String($0)) }
        }
        return found.count >= 2
    }

    /// An array of Python objects is a pickle behind the header.
    private static func objects(
        _ array: NumPyFile, _ source: ByteSource, entry: String?, _ subject: InspectedArtifact,
        _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard array.type?.holdsObjects == true else { return }
        let rest = try source.slice(at: array.dataOffset, count: source.count - array.dataOffset)
        let pickle = Pickle.run(rest, streams: 1, limits: subject.limits)
        var report = PickleReport(policy: PickledImports.policy, limits: subject.limits)
        report.add(pickle, entry: entry ?? "array", to: &result)
        result.report(
            .warning, code: "numpy.objects", "an array of Python objects, which numpy reads as a pickle", at: entry)
        let name = PythonText.quoted(subject.artifact.name)
        let verdict = max(report.verdict, result.loading?.verdict ?? .dataOnly)
        result.loading = Loading(
            verdict, call: verdict == .dangerous ? nil : "numpy.load(\(name), allow_pickle=True)", requires: ["numpy"],
            classes: report.classes.isEmpty ? nil : report.classes, imports: report.imports)
    }
}
