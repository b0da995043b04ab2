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
            roles: ["mlm:weights"], mediaType: media, extensions: ["npz"], isArchive: true,
            reads: "names, types and shapes of its arrays, whether their names are a model's, pickles of object arrays"),
        FormatIdentity(
            "numpy-npy", "NumPy array", artifactType: "numpy.save", framework: "NumPy", mediaType: media,
            extensions: ["npy"], reads: "type and shape, pickles of object arrays"),
    ]

    static let lists: Set<Listing.Part> = [.tensors]

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
        let array = try NumPyFile(source)
        array.list("", for: result.listing)
        result.markNotAModel(because: "data")
        result.loading = loading(subject, holdsObjects: array.holdsObjects)
        result.facts.metadata = ["shape": .array(array.shape.map { JSONValue($0) })]
        if let type = array.type?.dataType { result.facts.metadata?["data_type"] = .string(type) }
        if array.holdsObjects { report(entry: nil, &result) }
        reportMissing(array, in: source, at: nil, &result)
    }

    private static func archive(
        _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let layout = try subject.zip?.get() else { return }
        defer { ZipFindings.report(layout, into: &result, loader: "NumPy") }
        let limit = subject.limits.inflatedBytes
        var tally = ElementTally()
        var (inflated, unread, uncounted) = (0, 0, 0)
        var (holdsObjects, isUnseen) = (false, false)
        defer {
            result.loading = loading(subject, holdsObjects: holdsObjects)
            if isUnseen || unread > 0 { result.loading?.leaveIncomplete() }
        }
        for entry in layout.archive.entries {
            // A compressed array is inflated as a whole, for its header's sake.
            if !entry.isStored { inflated += min(entry.size, limit.value + 1) }
            guard inflated <= limit.value else {
                unread += 1
                continue
            }
            let content = try layout.archive.open(entry)
            let array = try NumPyFile(content)
            reportMissing(array, in: content, at: entry.name, &result)
            array.list(name(entry), for: result.listing)
            if array.holdsObjects {
                holdsObjects = true
                isUnseen = isUnseen || !OwnReader.looksInto(entry)
                report(entry: entry.name, &result)
            }
            guard let type = array.type, let dataType = type.dataType else {
                uncounted += 1
                continue
            }
            tally.add(
                name(entry), shape: array.shape, dataType: dataType,
                bytes: TensorSize.elements([array.count, type.itemSize]))
        }
        if unread > 0 {
            result.report(
                .warning, code: "numpy.unread",
                "\(unread) compressed arrays were not looked at (limit: \(limit.name) \(limit.value))")
        }
        let names = layout.archive.entries.map(name)
        guard areParameters(names) else {
            result.markNotAModel(because: "data")
            result.facts.metadata = ["arrays": .array(names.prefix(64).map(JSONValue.string))]
            return
        }
        if unread + uncounted == 0, let parameters = tally.parameters(counting: "elements of all arrays") {
            result.facts.parameters = parameters
            result.note("parameters", .read, "headers of the arrays")
        }
    }

    /// As `numpy.load` names it.
    private static func name(_ entry: ZipArchive.Entry) -> String { String(entry.name.dropLast(".npy".count)) }

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

    /// The pickles of object arrays are run by nothing but `allow_pickle`; what they do is judged with the other ways of
    /// reading such a file.
    private static func loading(_ subject: InspectedArtifact, holdsObjects: Bool) -> Loading {
        let name = PythonText.quoted(subject.artifact.name)
        let option = holdsObjects ? ", allow_pickle=True" : ""
        return Loading(
            holdsObjects ? .needsCode : .dataOnly, call: "numpy.load(\(name)\(option))", requires: ["numpy"],
            reads: holdsObjects ? [] : nil)
    }

    /// Elements of which the file ends too early.
    private static func reportMissing(
        _ array: NumPyFile, in source: ByteSource, at entry: String?, _ result: inout ProbeResult
    ) {
        guard !array.holdsObjects, let type = array.type,
            let bytes = TensorSize.elements([array.count, type.itemSize]), array.dataOffset <= source.count,
            bytes > source.count - array.dataOffset
        else { return }
        result.report(
            .warning, code: "numpy.truncated",
            "its elements take \(bytes) bytes, but \(source.count - array.dataOffset) are left", at: entry)
    }

    private static func report(entry: String?, _ result: inout ProbeResult) {
        result.report(
            .warning, code: "numpy.objects", "an array of Python objects, which numpy reads as a pickle", at: entry)
    }
}

extension NumPyFile {
    /// Lists an array; one of objects has a type that nothing is known of, and no numbers.
    fileprivate func list(_ name: String, for listing: Listing?) {
        guard let listing, listing.wantsTensors else { return }
        listing.add(
            StoredTensor(
                name: name, shape: shape, dataType: holdsObjects ? "object" : type?.dataType,
                bytes: holdsObjects ? nil : type.flatMap { TensorSize.elements([count, $0.itemSize]) },
                place: StoredTensor.Place(in: source, at: dataOffset)))
    }
}
