import ModelBytes
import ModelContainers

/// Files that belong to a TensorFlow model or to its training, but are no model: named as what they are.
enum TensorFlowCompanions: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            FormatIdentity.notAModel, "part of a TensorFlow model", extensions: ["pb"],
            reads:
                "fingerprints and Keras metadata of SavedModels, event files of TensorBoard are named as what they are")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        kind(subject).map { SniffMatch(.structure, $0.reason) }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let kind = kind(subject) else { return }
        result.markNotAModel(because: kind.cause)
        result.report(.warning, code: "not-a-model.\(kind.cause)", kind.message)
        result.confidence = .structure
    }

    private static func kind(_ subject: InspectedArtifact) -> (cause: String, reason: String, message: String)? {
        guard let source = subject.source, !subject.head.isEmpty else { return nil }
        if isEvents(subject.head) {
            return (
                "data", "a TFRecord whose first event has a file version",
                "it is a log of TensorBoard; the model is elsewhere"
            )
        }
        if isFingerprint(source) {
            return (
                "companion", "a FingerprintDef", "it is the fingerprint of a SavedModel; inspect the folder it lies in"
            )
        }
        if isKerasMetadata(source, subject.limits) {
            return (
                "companion", "a SavedMetadata of Keras",
                "it is Keras metadata beside a SavedModel; inspect its folder"
            )
        }
        return nil
    }

    /// tensorflow/core/lib/io/record_writer.h: u64 length, u32 checksum, the record; the first event of a log
    /// (event.proto) has `wall_time` (1, double), then `file_version` (3) "brain.Event:2".
    private static func isEvents(_ head: [UInt8]) -> Bool {
        guard head.count > 40, head[4..<8].allSatisfy({ $0 == 0 }), head[12] == 0x09 else { return false }
        return head.dropFirst(12).prefix(64).contains(0x1A)
            && String(decoding: head.dropFirst(12).prefix(64), as: UTF8.self).contains("brain.Event:")
    }

    /// fingerprint.proto: five hashes (1 to 5), a version (6), a UUID (7).
    private static func isFingerprint(_ source: ByteSource) -> Bool {
        guard source.count < 1_024 else { return false }
        let outline = ProtobufOutline(source, fieldLimit: 16)
        guard outline.isComplete, outline.fields.count >= 4, outline.first(6)?.wireType == .len else { return false }
        return outline.fields.allSatisfy { field in
            switch field.number {
            case 1...5: field.wireType == .varint || field.wireType == .i64
            case 6, 7: field.wireType == .len
            default: false
            }
        } && (outline.first(6)?.payload.count ?? 99) <= 16 && outline.first(1) != nil && outline.first(2) != nil
    }

    /// saved_metadata.proto: nodes (1) with an id, a path from the root, a kind of Keras, JSON, a version.
    private static func isKerasMetadata(_ source: ByteSource, _ limits: Limits) -> Bool {
        let outline = ProtobufOutline(source, fieldLimit: 2)
        guard let first = outline.fields.first, first.number == 1, first.wireType == .len else { return false }
        let node = ProtobufOutline(source, in: first.payload, fieldLimit: 8)
        guard let kind = node.first(4), kind.wireType == .len, (11...128).contains(kind.payload.count),
            node.first(3) != nil, let bytes = try? source.bytes(at: kind.payload.lowerBound, count: kind.payload.count)
        else { return false }
        return String(decoding: bytes, as: UTF8.self).hasPrefix("_tf_keras_")
    }
}
