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
        /// A bit for each number of a message field that is not repeated and may have occurred; 63 is for all beyond.
        var occurred: UInt64
    }

    /// libprotobuf-c recurses, with a kilobyte of stack for each level, so no one may ask for more than this.
    private static let deepest = 256

    private var cursor: ByteCursor
    private let limits: Limits
    private let depth: Limits.Limit
    private var frames: [Frame] = []
    private var fields = 0
    private var skeleton: ProtobufSkeleton

    /// The skeleton of the message that fills `source`.
    static func skeleton(
        of source: ByteSource, as type: ProtobufType, limits: Limits
    ) throws(InspectionError) -> [UInt8] {
        var pruner = ProtobufPruner(source, limits: limits)
        try unsafe pruner.copyAll(type.descriptor)
        return pruner.skeleton.bytes
    }

    private init(_ source: ByteSource, limits: Limits) {
        self.cursor = ByteCursor(source, window: .wary)
        self.limits = limits
        self.skeleton = ProtobufSkeleton(limit: limits.protobufSkeletonBytes, entry: source.entry)
        var depth = limits.protobufDepth
        depth.value = min(depth.value, Self.deepest)
        self.depth = depth
    }

    private mutating func copyAll(_ root: UnsafePointer<ProtobufCMessageDescriptor>) throws(InspectionError) {
        try unsafe open(root, end: cursor.source.count, body: 0)
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
        if unsafe known.pointee.type == PROTOBUF_C_TYPE_MESSAGE { return try unsafe descend(field, known) }
        try skeleton.append(tag: field.number, field.wireType)
        switch field.wireType {
        case .varint:
            try skeleton.append(field.value)
        case .i32, .i64:
            try skeleton.append(fixed: field.value, count: field.payload.count)
        case .len:
            let content = try skeleton.append(field.payload.count, from: &cursor)
            if unsafe known.pointee.type.wireType == .varint { try checkPackedVarints(content, of: field) }
        }
    }

    /// Whether `field` is written as its type demands (otherwise it counts as unknown, as in every protobuf decoder)
    /// and, for text, within its limit. The list `dropped` is ours: an artifact cannot write to it.
    private func keeps(_ field: ProtobufField, as known: UnsafePointer<ProtobufCFieldDescriptor>) -> Bool {
        if field.number == ProtobufDropped.number { return false }
        let type = unsafe known.pointee.type
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

    /// Goes on with the fields inside a message field.
    ///
    /// One that is not repeated and occurs again is merged, which protobuf defines as if its pieces had been written
    /// one after the other: so they are. libprotobuf-c's own merging gets a oneof wrong.
    private mutating func descend(
        _ field: ProtobufField, _ known: UnsafePointer<ProtobufCFieldDescriptor>
    ) throws(InspectionError) {
        let nested = unsafe known.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
        let end = field.payload.upperBound
        if unsafe known.pointee.label != PROTOBUF_C_LABEL_REPEATED {
            let top = frames.count - 1
            let bit: UInt64 = 1 << UInt64(min(field.number, 63))
            let before = frames[top].occurred
            frames[top].occurred |= bit
            if before & bit != 0, let body = try skeleton.reopen(field.number, from: frames[top].body) {
                return try unsafe open(nested, end: end, body: body, occurred: .max)
            }
        }
        try unsafe open(nested, end: end, body: skeleton.begin(field.number))
    }

    private mutating func open(
        _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>, end: Int, body: Int, occurred: UInt64 = 0
    ) throws(InspectionError) {
        try depth.check(frames.count + 1, entry: cursor.source.entry, offset: cursor.offset)
        let dropped = unsafe protobuf_c_message_descriptor_get_field(descriptor, UInt32(ProtobufDropped.number))
        unsafe frames.append(
            Frame(descriptor: descriptor, end: end, body: body, listsDropped: dropped != nil, occurred: occurred))
    }

    private mutating func close() throws(InspectionError) {
        try endRun()
        let body = frames.removeLast().body
        if !frames.isEmpty { skeleton.end(body) }
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

    /// Writes the run of dropped fields that ends here, if there is one, to the list `dropped`.
    private mutating func endRun() throws(InspectionError) {
        let top = frames.count - 1
        guard let run = frames[top].dropped else { return }
        frames[top].dropped = nil
        try skeleton.append(run.words, packed: ProtobufDropped.number)
    }

    /// Every varint of a packed list has to end, inside the list and after 10 bytes at most.
    private func checkPackedVarints(_ list: Range<Int>, of field: ProtobufField) throws(InspectionError) {
        var open = 0
        for byte in skeleton.bytes[list] {
            open = byte < 0x80 ? 0 : open + 1
            if open == 10 { break }
        }
        guard open == 0 else {
            throw InspectionError(
                .malformed, "a varint of the packed protobuf field \(field.number) does not end",
                entry: cursor.source.entry, offset: field.offset)
        }
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

    /// What the size of a packed list is a multiple of.
    var packedSize: Int {
        switch wireType {
        case .i32: 4
        case .i64: 8
        case .varint, .len: 1
        }
    }
}
