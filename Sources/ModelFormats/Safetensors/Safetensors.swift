import ModelBytes
import ModelContainers

/// safetensors: 8 bytes of length, a JSON header, the tensors.
///
/// The first 8 bytes are a number, so a header of 640 bytes begins like a pickle and one of 376 like zlib: it is
/// recognised by its structure, before any magic of two or three bytes.
enum Safetensors: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "safetensors", "safetensors", artifactType: "safetensors.save_file", roles: ["mlm:weights"],
            mediaType: "application/octet-stream; format=safetensors", extensions: ["safetensors"],
            writerFamily: "safetensors",
            otherWriters: [
                "safetensors.torch.save_file", "safetensors.torch.save_model", "safetensors.tensorflow.save_file",
                "safetensors.flax.save_file", "safetensors.numpy.save_file", "safetensors.paddle.save_file",
                "safetensors.mlx.save_file",
            ],
            reads:
                "names, types and shapes of the tensors, parameters, metadata and so the framework; shards with their index"
        )
    ]

    static let limits = SafetensorsLimits.all

    static let ownsFolder = false

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing { return SafetensorsShards.sniff(listing) }
        guard let source = subject.source, subject.begins(with: [UInt8(ascii: "{")], at: 8) else {
            return SafetensorsShards.sniffIndex(subject)
        }
        let length = subject.head.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length >= 2, let first = subject.head.dropFirst(9).first(where: { !Self.whitespace.contains($0) }),
            first == UInt8(ascii: "\"") || first == UInt8(ascii: "}")
        else { return nil }
        guard length <= UInt64(max(0, source.count - 8)), let size = Int(exactly: length) else {
            // Cut off, or a length that was tampered with; the words of the header tell it from other binary files.
            let text = String(decoding: subject.head.dropFirst(8).prefix(512), as: UTF8.self)
            let isHeader = text.contains("\"dtype\"") || text.contains("\"__metadata__\"")
            return isHeader ? SniffMatch(.signature, "header of a safetensors file, longer than the file") : nil
        }
        guard let last = try? source.bytes(at: 8 + size - 1, upTo: 1).first,
            last == UInt8(ascii: "}") || Self.whitespace.contains(last)
        else {
            let isTyped = String(decoding: subject.head.dropFirst(8).prefix(512), as: UTF8.self).contains("\"dtype\"")
            return isTyped ? SniffMatch(.signature, "header of a safetensors file, not closed at its end") : nil
        }
        return SniffMatch(.structure, "a JSON object of the length that the first 8 bytes give")
    }

    private static let whitespace: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        if let shards = try SafetensorsShards(subject) {
            try shards.read(into: &result)
            return
        }
        guard let source = subject.source else { return }
        // Who asks for the tensors is told nothing else.
        if let listing = result.listing {
            _ = try SafetensorsHeader.list(source, limits: subject.limits, budget: subject.budget, for: listing)
            return
        }
        let header = try SafetensorsHeader(source, limits: subject.limits, budget: subject.budget)
        SafetensorsFacts.fill(&result, from: [header], limits: subject.limits)
        result.confidence = .parsed
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = SafetensorsFacts.loading(result.facts, path: name)
        if SafetensorsShards.isShardName(subject.artifact.stem) {
            result.report(
                .note, code: "safetensors.shard",
                "its name says that it is one of several shards; inspect their folder or their index",
                at: "name of the file")
        }
    }
}
