import ModelBytes
import ModelContainers

/// Checkpoints of TensorFlow: an index, which is a table, with shards of values beside it; before TensorFlow 1.0 one table
/// with everything in it.
enum Checkpoint: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-checkpoint", "TensorFlow checkpoint", artifactType: "tf.train.Checkpoint.save", framework: .tensorFlow,
            roles: ["mlm:weights", "mlm:checkpoint"], mediaType: "application/octet-stream; framework=tensorflow",
            extensions: ["index", "ckpt", "checkpoint"], writerFamily: "tf.train",
            otherWriters: ["tf.keras.Model.save_weights"],
            reads:
                "names, shapes and types of the variables, parameters apart from the state of optimizers and counters, "
                + "which call wrote it, whether its shards are there")
    ]

    static let ownsFolder = false

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            guard let prefix = CheckpointFiles.prefixes(listing).first else { return nil }
            return SniffMatch(.structure, "a directory with \(prefix).index and its shards")
        }
        if isTable(subject) { return SniffMatch(.structure, "a table that begins with the header of a checkpoint") }
        if isState(subject) { return SniffMatch(.structure, "text of a CheckpointState") }
        if CheckpointFiles.isShard(subject.artifact.name), shardsIndex(subject) != nil {
            return SniffMatch(.structure, "named as a shard of the index beside it")
        }
        return nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        if subject.source != nil, !isTable(subject) {
            result.markNotAModel(because: "companion")
            result.facts.artifactType = nil
            if isState(subject) {
                result.report(
                    .warning, code: "not-a-model.companion",
                    "it only says which checkpoint of its folder was saved last; inspect the folder")
            } else {
                result.report(
                    .warning, code: "not-a-model.companion",
                    "it holds the values of a checkpoint, and no names; inspect \(shardsIndex(subject) ?? "its index")")
            }
            return
        }
        guard let files = try CheckpointFiles(subject) else {
            throw InspectionError(.malformed, "none of its indexes can be opened")
        }
        if subject.source != nil, isFirstFormat(subject) {
            try CheckpointV1(subject).fill(&result)
        } else {
            try CheckpointFacts(files, limits: subject.limits).fill(&result, of: subject.artifact)
        }
    }

    /// The first key is empty, and what stands there is a BundleHeaderProto, or a SavedTensorSlices with its meta: an entry
    /// is three lengths, then the key, then the value.
    private static func isTable(_ subject: InspectedArtifact) -> Bool {
        guard let source = subject.source, subject.begins(with: [0, 0]), let value = firstValue(subject),
            [0x08, 0x0A, 0x10, 0x1A].contains(value),
            let tail = try? source.bytes(at: source.count - SSTable.footerBytes, upTo: SSTable.footerBytes)
        else { return false }
        return SSTable.isTable(tail: tail)
    }

    private static func firstValue(_ subject: InspectedArtifact) -> UInt8? {
        subject.head.dropFirst(2).drop { $0 >= 0x80 }.dropFirst().first
    }

    private static func isFirstFormat(_ subject: InspectedArtifact) -> Bool { firstValue(subject) == 0x0A }

    private static func isState(_ subject: InspectedArtifact) -> Bool {
        subject.leadingText.hasPrefix("model_checkpoint_path: \"")
    }

    /// The index of a shard, when it lies beside it.
    private static func shardsIndex(_ subject: InspectedArtifact) -> String? {
        guard let end = subject.artifact.name.lastIndex(of: ".") else { return nil }
        let name = subject.artifact.name[..<end] + CheckpointFiles.indexEnding
        guard let index = try? subject.artifact.companion(String(name)),
            let tail = try? index.bytes(at: index.count - SSTable.footerBytes, upTo: SSTable.footerBytes),
            SSTable.isTable(tail: tail)
        else { return nil }
        return String(name)
    }
}
