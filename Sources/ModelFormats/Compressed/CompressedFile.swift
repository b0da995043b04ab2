import ModelBytes
import ModelContainers

/// A file of any other format, compressed as a whole: `model.json.gz`, `model.onnx.xz`. What is inside is described, one
/// level deep, and that it has to be decompressed first.
///
/// Pickles are not its own: `joblib.load` reads them as they are, and they may be of any size. The same holds for R's files.
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

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.nesting == 0, let inflated = try? subject.inflated?.get(), let inner = content(subject, inflated),
            let best = inner.recognise().best, !best.format.readsCompressed
        else { return nil }
        return SniffMatch(.plausible, "\(inflated.compression.rawValue) stream of a file with \(best.match.reason)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("compressed"))
        result.markNotAModel(because: "compressed")
        guard let inflated = try subject.inflated?.get(), let inner = content(subject, inflated),
            let best = inner.recognise().best
        else { return }
        let compression = inflated.compression.rawValue
        result = ProbeResult(best.format.identities[0], listing: result.listing)
        result.isCompressed = true
        defer {
            result.variant = [result.variant, "\(compression)-compressed"].compactMap(\.self).joined(separator: ", ")
            result.report(
                .note, code: "format.compressed",
                "the whole file is compressed with \(compression); decompress it to load it as \(inner.artifact.name)"
            )
        }
        try best.format.probe(inner, into: &result)
    }

    /// What the file becomes, as an artifact of its own; nil when it is empty, broken, or too large to be held.
    private static func content(_ subject: InspectedArtifact, _ inflated: InflatedBytes) -> InspectedArtifact? {
        guard let bytes = try? ByteSource(inflated).bytes(at: 0, upTo: largest + 1), !bytes.isEmpty,
            bytes.count <= largest,
            let artifact = try? Artifact(path: subject.artifact.stem, source: ByteSource(MemoryBytes(bytes)))
        else { return nil }
        return subject.member(artifact)
    }
}
