import ModelBytes
import ModelContainers

/// A file of any other format, compressed as a whole: `model.json.gz`, `model.onnx.xz`. What is inside is described, one
/// level deep, and that it has to be decompressed first.
///
/// Pickles are not its own: `joblib.load` reads them as they are, and they may be of any size.
enum CompressedFile: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "compressed", "compressed file", extensions: ["gz", "bz2", "xz", "lzma", "lz4", "zst"],
            reads:
                "a file of another format, up to 16 MiB, that is compressed as a whole: all that is read of that format"
        )
    ]

    /// Other formats look anywhere in a file, so that it has to be held while they do.
    private static let largest = 16 << 20

    static func sniff(_ subject: Subject) -> Evidence? {
        guard subject.nesting == 0, let inflated = try? subject.inflated?.get(), let inner = content(subject, inflated),
            let best = Formats.recognise(inner).best, best.format != PickledObject.self
        else { return nil }
        return Evidence(.plausible, "\(inflated.compression.rawValue) stream of a file with \(best.evidence.reason)")
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        reading.become(identity("compressed"))
        reading.isNoModel("compressed")
        guard let inflated = try subject.inflated?.get(), let inner = content(subject, inflated),
            let best = Formats.recognise(inner).best
        else { return }
        let compression = inflated.compression.rawValue
        reading = Reading(best.format.identities[0])
        reading.isCompressed = true
        defer {
            reading.variant = [reading.variant, "\(compression)-compressed"].compactMap(\.self).joined(separator: ", ")
            reading.find(
                .note, "format.compressed",
                "all of it is compressed with \(compression); decompress it before it is loaded as \(inner.artifact.name)"
            )
        }
        try best.format.probe(inner, into: &reading)
    }

    /// What the file becomes, as an artifact of its own; nil when it is empty, broken, or too large to be held.
    private static func content(_ subject: Subject, _ inflated: InflatedBytes) -> Subject? {
        guard let bytes = try? ByteSource(inflated).bytes(at: 0, upTo: largest + 1), !bytes.isEmpty,
            bytes.count <= largest,
            let artifact = try? Artifact(path: subject.artifact.stem, source: ByteSource(MemoryBytes(bytes)))
        else { return nil }
        return Subject(artifact, limits: subject.limits, nesting: subject.nesting + 1)
    }
}
