internal import CProtobufC
public import ModelBytes

/// A message that was read, its fields by name as the .proto in `CModelProtos` spells them.
///
/// Asking for a name or a kind that the .proto does not have is a programmer's error and traps, whatever the artifact
/// holds; a field that the artifact does not have is nil or empty.
@safe
public struct ProtobufMessage {
    private let tree: ProtobufTree
    private let message: UnsafePointer<ProtobufCMessage>

    /// Reads the message that fills `source`.
    ///
    /// Only fields of our .proto are fetched; strings and bytes beyond `limits.protobufTextBytes` are left out like
    /// those. Throws `truncated` and `malformed` with the position of the field, and `limit`.
    public static func read(
        _ source: ByteSource, as type: ProtobufType, limits: Limits
    ) throws(InspectionError) -> ProtobufMessage {
        let skeleton = try ProtobufPruner.skeleton(of: source, as: type, limits: limits)
        let tree = try ProtobufTree(skeleton, as: type, limits: limits, entry: source.entry)
        return unsafe ProtobufMessage(tree: tree, message: tree.root)
    }

    private init(tree: ProtobufTree, message: UnsafePointer<ProtobufCMessage>) {
        self.tree = tree
        unsafe self.message = message
    }

    /// Whether the artifact has the field, be it with its default value; for a repeated one, whether it has any.
    public func has(_ name: StaticString) -> Bool {
        unsafe isPresent(field(name))
    }

    /// The name of the field that is set of the message's oneof, the first one when there are several oneofs.
    public var oneofCase: String? {
        let type = unsafe message.pointee.descriptor.pointee
        for index in 0..<Int(unsafe type.n_fields) {
            let field = unsafe type.fields + index
            if unsafe isOneof(field), unsafe isPresent(field) { return unsafe String(cString: field.pointee.name) }
        }
        return nil
    }

    /// An integer, an enumeration's number, or 0 and 1 for a bool; nil as well when a uint64 is beyond `Int`.
    public func int(_ name: StaticString) -> Int? {
        let field = unsafe field(name, repeated: false)
        guard unsafe isPresent(field) else { return nil }
        return unsafe Self.integer(at: value(of: field), field)
    }

    public func ints(_ name: StaticString) -> [Int] {
        let field = unsafe field(name, repeated: true)
        let width = unsafe Self.integerWidth(field)
        return unsafe elements(of: field) { unsafe Self.integer(at: $0 + $1 * width, field) ?? .max }.map { $0 }
    }

    /// A float or a double.
    public func double(_ name: StaticString) -> Double? {
        let field = unsafe field(name, repeated: false)
        guard unsafe isPresent(field) else { return nil }
        let value = unsafe value(of: field)
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_FLOAT: return Double(unsafe value.load(as: Float.self))
        case PROTOBUF_C_TYPE_DOUBLE: return unsafe value.load(as: Double.self)
        default: preconditionFailure("the protobuf field \(name) is no float")
        }
    }

    /// A string, or bytes that are text. Invalid UTF-8 is repaired; a `string`, not a `bytes`, ends at its first NUL.
    public func string(_ name: StaticString) -> String? {
        let field = unsafe field(name, repeated: false)
        guard unsafe isPresent(field) else { return nil }
        return unsafe Self.text(at: value(of: field), 0, field)
    }

    public func strings(_ name: StaticString) -> ProtobufList<String> {
        let field = unsafe field(name, repeated: true)
        return unsafe elements(of: field) { unsafe Self.text(at: $0, $1, field) }
    }

    public func bytes(_ name: StaticString) -> [UInt8]? {
        let field = unsafe field(name, repeated: false, PROTOBUF_C_TYPE_BYTES)
        guard unsafe isPresent(field) else { return nil }
        return unsafe Array(Self.buffer(value(of: field).load(as: ProtobufCBinaryData.self)))
    }

    public func message(_ name: StaticString) -> ProtobufMessage? {
        let field = unsafe field(name, repeated: false, PROTOBUF_C_TYPE_MESSAGE)
        guard unsafe isPresent(field) else { return nil }
        return unsafe ProtobufMessage(tree: tree, message: value(of: field).load(as: UnsafePointer.self))
    }

    public func messages(_ name: StaticString) -> ProtobufList<ProtobufMessage> {
        let field = unsafe field(name, repeated: true, PROTOBUF_C_TYPE_MESSAGE)
        return unsafe elements(of: field) { [tree] in
            unsafe ProtobufMessage(
                tree: tree, message: $0.load(fromByteOffset: $1 * MemoryLayout<Int>.stride, as: UnsafePointer.self))
        }
    }

    /// Where the fields were that this message had and our .proto does not have; its type must have a `dropped`.
    ///
    /// `number` is that of the real format, as in `tensor.dropped(9)` for `raw_data`.
    public func dropped(_ number: Int) -> [ProtobufDropped] {
        let words = ints("dropped")
        return stride(from: 0, to: words.count, by: ProtobufDropped.wordCount)
            .filter { words[$0] == number }
            .map { ProtobufDropped(words: words[$0..<$0 + ProtobufDropped.wordCount]) }
    }
}

// The C struct behind a message, read as its descriptor says. All of it is valid as long as `tree` lives.
extension ProtobufMessage {
    private typealias Field = UnsafePointer<ProtobufCFieldDescriptor>

    private func field(
        _ name: StaticString, repeated: Bool? = nil, _ type: ProtobufCType? = nil
    ) -> UnsafePointer<ProtobufCFieldDescriptor> {
        let descriptor = unsafe message.pointee.descriptor
        let field = name.withUTF8Buffer { name in
            // A static string ends with a NUL.
            unsafe name.withMemoryRebound(to: CChar.self) {
                unsafe protobuf_c_message_descriptor_get_field_by_name(descriptor, $0.baseAddress)
            }
        }
        guard let field = unsafe field else {
            preconditionFailure(unsafe "\(String(cString: descriptor!.pointee.name)) has no field \(name)")
        }
        if let repeated {
            let label = unsafe field.pointee.label
            precondition((label == PROTOBUF_C_LABEL_REPEATED) == repeated, "\(name) is \(repeated ? "not " : "")repeated")
        }
        if let type {
            let actual = unsafe field.pointee.type
            precondition(actual == type, "the protobuf field \(name) is of another type")
        }
        return unsafe field
    }

    private func value(of field: UnsafePointer<ProtobufCFieldDescriptor>) -> UnsafeRawPointer {
        unsafe UnsafeRawPointer(message) + Int(field.pointee.offset)
    }

    private func isOneof(_ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Bool {
        unsafe field.pointee.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0
    }

    /// proto2: a repeated field has its count, a oneof its case, a scalar a flag, and the rest is a pointer or NULL.
    private func isPresent(_ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Bool {
        let quantifier = unsafe UnsafeRawPointer(message) + Int(field.pointee.quantifier_offset)
        if unsafe field.pointee.label == PROTOBUF_C_LABEL_REPEATED { return unsafe quantifier.load(as: Int.self) > 0 }
        if unsafe field.pointee.label == PROTOBUF_C_LABEL_REQUIRED { return true }
        if unsafe isOneof(field) { return unsafe quantifier.load(as: UInt32.self) == field.pointee.id }
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_MESSAGE:
            return unsafe value(of: field).load(as: UnsafeRawPointer?.self) != nil
        default:
            return unsafe quantifier.load(as: protobuf_c_boolean.self) != 0
        }
    }

    private func elements<Element>(
        of field: UnsafePointer<ProtobufCFieldDescriptor>,
        _ element: @escaping (_ list: UnsafeRawPointer, _ index: Int) -> Element
    ) -> ProtobufList<Element> {
        let count = unsafe (UnsafeRawPointer(message) + Int(field.pointee.quantifier_offset)).load(as: Int.self)
        guard let list = unsafe value(of: field).load(as: UnsafeRawPointer?.self) else {
            return ProtobufList(count: 0) { _ in preconditionFailure("an empty list has no elements") }
        }
        return ProtobufList(count: count) { [tree] index in
            withExtendedLifetime(tree) { unsafe element(list, index) }
        }
    }

    private static func integerWidth(_ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Int {
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_UINT64,
            PROTOBUF_C_TYPE_FIXED64:
            8
        default: 4
        }
    }

    private static func integer(at value: UnsafeRawPointer, _ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Int? {
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_ENUM,
            PROTOBUF_C_TYPE_BOOL:
            Int(unsafe value.load(as: Int32.self))
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32:
            Int(unsafe value.load(as: UInt32.self))
        case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64:
            Int(unsafe value.load(as: Int64.self))
        case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64:
            Int(exactly: unsafe value.load(as: UInt64.self))
        default: preconditionFailure("a protobuf field is no integer")
        }
    }

    private static func text(
        at value: UnsafeRawPointer, _ index: Int, _ field: UnsafePointer<ProtobufCFieldDescriptor>
    ) -> String {
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_STRING:
            unsafe String(cString: value.assumingMemoryBound(to: UnsafePointer<CChar>.self)[index])
        case PROTOBUF_C_TYPE_BYTES:
            unsafe String(
                decoding: buffer(value.assumingMemoryBound(to: ProtobufCBinaryData.self)[index]), as: UTF8.self)
        default: preconditionFailure("a protobuf field is no text")
        }
    }

    private static func buffer(_ data: ProtobufCBinaryData) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: data.data, count: data.len)
    }
}
