internal import CProtobufC
internal import ModelBytes

/// An unpacked message of libprotobuf-c and all it points to.
@safe
final class ProtobufTree {
    let root: UnsafePointer<ProtobufCMessage>
    /// Owns `root`: libprotobuf-c's own free would only walk the tree to reach the same memory.
    private let memory: ProtobufMemory

    /// Unpacks the skeleton of `source`. It may be larger than what it was made of, where that is a million small payloads.
    init(
        _ skeleton: [UInt8], of source: ByteSource, as type: ProtobufType, limits: Limits
    ) throws(InspectionError) {
        let limit = ProtobufMemory.limit(limits, for: min(skeleton.count, source.count))
        let memory = ProtobufMemory(limit: limit)
        var allocator = unsafe memory.allocator
        let root = unsafe skeleton.withUnsafeBufferPointer { bytes in
            unsafe protobuf_c_message_unpack(type.descriptor, &allocator, bytes.count, bytes.baseAddress)
        }
        guard let root = unsafe root else {
            if memory.allocated > limit.value {
                throw limit.exceeded(by: memory.allocated, entry: source.entry)
            }
            throw InspectionError(.unsupported, "libprotobuf-c cannot read this \(type.name)", entry: source.entry)
        }
        unsafe self.root = UnsafePointer(root)
        self.memory = memory
    }
}
