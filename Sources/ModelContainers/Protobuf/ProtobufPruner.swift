internal import CProtobufC
internal import ModelBytes

/// Copies a message into a skeleton small enough for libprotobuf-c: only the fields that our .proto files have.
///
/// libprotobuf-c copies unknown fields and recurses without a limit, so it must never see the artifact itself. What a
/// .proto leaves out is skipped here without being fetched; what it keeps has been checked for depth, count and size.
struct ProtobufPruner: ~Copyable {
    /// A message that is being copied.
    @safe
    private struct Frame {
        let descriptor: UnsafePointer<ProtobufCMessageDescriptor>
        /// Where it ends in the source.
        let end: Int
        /// Where its body begins in the skeleton.
        let body: Int
        /// Whether its type has a field `dropped`.
        let listsDropped: Bool
        /// The run of fields left out that may still go on.
        var dropped: ProtobufDropped?
    }

    /// libprotobuf-c needs a good kilobyte of stack for each level, so no one may ask for more than this.
    private static let deepest = 1_024
    /// Bytes kept free for the length of a nested message, which is known only at its end: a varint of 32 bits.
    private static let lengthBytes = 5

    private var cursor: ByteCursor
    private let limits: Limits
    private let depth: Limits.Limit
    private var frames: [Frame] = []
    private var fields = 0
    private var skeleton: [UInt8] = []

    /// The skeleton of the message that fills `source`.
    static func skeleton(
        of source: ByteSource, as type: ProtobufType, limits: Limits
    ) throws(InspectionError) -> [UInt8] {
        var pruner = ProtobufPruner(source, limits: limits)
        try unsafe pruner.copy(type.descriptor)
        return pruner.skeleton
    }

    private init(_ source: ByteSource, limits: Limits) {
        self.cursor = ByteCursor(source, window: .wary)
        self.limits = limits
        var depth = limits.protobufDepth
        depth.value = min(depth.value, Self.deepest)
        self.depth = depth
    }

    private mutating func copy(_ root: UnsafePointer<ProtobufCMessageDescriptor>) throws(InspectionError) {
        try unsafe open(root, end: cursor.source.count)
        while let end = frames.last?.end {
            if cursor.offset == end {
                try close()
            } else {
                let field = try cursor.protobufField(end: end)
                fields += 1
                try limits.protobufFields.check(fields, entry: cursor.source.entry, offset: field.offset)
                try copy(field)
            }
        }
    }

    private mutating func copy(_ field: ProtobufField) throws(InspectionError) {
        let top = frames.count - 1
        let known = unsafe protobuf_c_message_descriptor_get_field(frames[top].descriptor, UInt32(field.number))
        guard let known = unsafe known, unsafe keeps(field, as: known) else { return try drop(field) }
        try endRun()
        try room(for: 2 * Self.lengthBytes + (field.wireType == .len ? 0 : 10))
        appendVarint(UInt64(field.number) << 3 | UInt64(field.wireType.rawValue))
        switch field.wireType {
        case .varint:
            appendVarint(field.value)
        case .i32, .i64:
            for index in 0..<field.payload.count { skeleton.append(UInt8(truncatingIfNeeded: field.value >> (8 * index))) }
        case .len:
            if unsafe known.pointee.type == PROTOBUF_C_TYPE_MESSAGE {
                let nested = unsafe known.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
                skeleton.append(contentsOf: repeatElement(0, count: Self.lengthBytes))
                try unsafe open(nested, end: field.payload.upperBound)
            } else {
                try room(for: field.payload.count)
                appendVarint(UInt64(field.payload.count))
                try cursor.append(field.payload.count, to: &skeleton)
                if unsafe known.pointee.type.isVarint { try checkPackedVarints(field) }
            }
        }
    }

    /// Whether `field` is written as its type demands (otherwise it counts as unknown, as in every protobuf decoder)
    /// and, for text, within its limit. The list `dropped` is ours: an artifact cannot write to it.
    private func keeps(_ field: ProtobufField, as known: UnsafePointer<ProtobufCFieldDescriptor>) -> Bool {
        let type = unsafe known.pointee.type
        if field.number == ProtobufDropped.number { return false }
        switch type {
        case PROTOBUF_C_TYPE_MESSAGE:
            return field.wireType == .len
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES:
            return field.wireType == .len && field.payload.count <= limits.protobufTextBytes.value
        default:
            if field.wireType == type.wireType { return true }
            let packed = unsafe known.pointee.label == PROTOBUF_C_LABEL_REPEATED && field.wireType == .len
            return packed && field.payload.count.isMultiple(of: type.packedSize)
        }
    }

    private mutating func open(
        _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>, end: Int
    ) throws(InspectionError) {
        try depth.check(frames.count + 1, entry: cursor.source.entry, offset: cursor.offset)
        let dropped = unsafe protobuf_c_message_descriptor_get_field(descriptor, UInt32(ProtobufDropped.number))
        unsafe frames.append(
            Frame(descriptor: descriptor, end: end, body: skeleton.count, listsDropped: dropped != nil))
    }

    /// Ends the innermost message and writes its length before its body.
    private mutating func close() throws(InspectionError) {
        try endRun()
        let body = frames.removeLast().body
        if frames.isEmpty { return }
        let length = skeleton.count - body
        for index in 0..<Self.lengthBytes {
            let more: UInt8 = index < Self.lengthBytes - 1 ? 0x80 : 0
            skeleton[body - Self.lengthBytes + index] = UInt8(length >> (7 * index) & 0x7F) | more
        }
    }

    private mutating func drop(_ field: ProtobufField) throws(InspectionError) {
        if field.wireType == .len { try cursor.skip(field.payload.count) }
        let top = frames.count - 1
        guard frames[top].listsDropped else { return }
        if let longer = frames[top].dropped?.joined(by: field) {
            frames[top].dropped = longer
        } else {
            try endRun()
            frames[top].dropped = ProtobufDropped(field)
        }
    }

    /// Writes the run of dropped fields that ends here, if there is one, as a packed piece of the list `dropped`.
    private mutating func endRun() throws(InspectionError) {
        let top = frames.count - 1
        guard let run = frames[top].dropped else { return }
        frames[top].dropped = nil
        try room(for: 3 + 10 * ProtobufDropped.wordCount)
        appendVarint(UInt64(ProtobufDropped.number) << 3 | 2)
        let length = skeleton.count
        skeleton.append(0)
        for word in run.words { appendVarint(UInt64(word)) }
        // A handful of varints of 10 bytes at most: the length is one byte.
        skeleton[length] = UInt8(skeleton.count - length - 1)
    }

    /// Every varint of the packed list that was just copied has to end, inside the list and after 10 bytes at most.
    private func checkPackedVarints(_ field: ProtobufField) throws(InspectionError) {
        var open = 0
        for byte in skeleton.suffix(field.payload.count) {
            open = byte < 0x80 ? 0 : open + 1
            if open == 10 { break }
        }
        guard open == 0 else {
            throw InspectionError(
                .malformed, "a varint of the packed protobuf field \(field.number) does not end",
                entry: cursor.source.entry, offset: field.offset)
        }
    }

    private func room(for bytes: Int) throws(InspectionError) {
        let limit = limits.protobufSkeletonBytes
        guard bytes <= limit.value - skeleton.count else {
            throw limit.exceeded(
                by: skeleton.count.addingReportingOverflow(bytes).partialValue, entry: cursor.source.entry,
                offset: cursor.offset)
        }
    }

    private mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            skeleton.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        skeleton.append(UInt8(rest))
    }
}

extension ProtobufCType {
    /// How a value of this type is written when it is not in a packed list.
    var wireType: ProtobufField.WireType {
        switch self {
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE: .len
        case PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_FLOAT: .i32
        case PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE: .i64
        default: .varint
        }
    }

    var isVarint: Bool { wireType == .varint }

    /// What the size of a packed list is a multiple of.
    var packedSize: Int {
        switch wireType {
        case .i32: 4
        case .i64: 8
        case .varint, .len: 1
        }
    }
}
