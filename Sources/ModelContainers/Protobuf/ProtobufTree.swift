internal import CProtobufC
internal import ModelBytes

/// An unpacked message of libprotobuf-c and all it points to.
@safe
final class ProtobufTree {
    let root: UnsafePointer<ProtobufCMessage>
    /// Owns `root`: libprotobuf-c's own free would only walk the tree to reach the same memory.
    private let memory: ProtobufMemory

    /// Unpacks a skeleton.
    init(_ skeleton: [UInt8], as type: ProtobufType, limits: Limits, entry: String?) throws(InspectionError) {
        let limit = ProtobufMemory.limit(limits, for: skeleton.count)
        let memory = ProtobufMemory(limit: limit)
        var allocator = unsafe memory.allocator
        let root = unsafe skeleton.withUnsafeBufferPointer { bytes in
            unsafe protobuf_c_message_unpack(type.descriptor, &allocator, bytes.count, bytes.baseAddress)
        }
        guard let root = unsafe root else {
            if memory.allocated > limit.value {
                throw limit.exceeded(by: memory.allocated, entry: entry)
            }
            throw InspectionError(.unsupported, "libprotobuf-c cannot read this \(type.name)", entry: entry)
        }
        unsafe self.root = UnsafePointer(root)
        self.memory = memory
    }
}
