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
        let tree = try ProtobufTree(skeleton, of: source, as: type, limits: limits)
        return unsafe ProtobufMessage(tree: tree, message: tree.root)
    }

    private init(tree: ProtobufTree, message: UnsafePointer<ProtobufCMessage>) {
        self.tree = tree
        unsafe self.message = message
    }

    /// Whether the artifact has the field, be it with its default value; for a repeated one, whether it has any.
    public func has(_ name: StaticString) -> Bool {
        withExtendedLifetime(tree) { unsafe isPresent(field(name, repeated: nil, .any)) }
    }

    /// The name of the field that is set of the message's oneof, the first one when there are several oneofs.
    public var oneofCase: String? {
        withExtendedLifetime(tree) {
            let type = unsafe message.pointee.descriptor.pointee
            for index in 0..<Int(unsafe type.n_fields) {
                let field = unsafe type.fields + index
                if unsafe isOneof(field), unsafe isPresent(field) { return unsafe String(cString: field.pointee.name) }
            }
            return nil
        }
    }

    /// An integer, an enumeration's number, or 0 and 1 for a bool; a uint64 beyond `Int.max` is `Int.max`.
    public func int(_ name: StaticString) -> Int? {
        unsafe singular(name, .integer) { unsafe Self.integer(at: $0, $1) }
    }

    /// The same of a repeated field.
    public func ints(_ name: StaticString) -> [Int] {
        unsafe repeated(name, .integer) { unsafe Self.integer(at: $0 + $1 * Self.integerWidth($2), $2) }.map { $0 }
    }

    /// The same; nil when there are more than `limit`, so that nothing is copied.
    public func ints(_ name: StaticString, upTo limit: Int) -> [Int]? {
        let list = unsafe repeated(name, .integer) { unsafe Self.integer(at: $0 + $1 * Self.integerWidth($2), $2) }
        return list.count <= limit ? list.map { $0 } : nil
    }

    /// A float or a double.
    public func double(_ name: StaticString) -> Double? {
        unsafe singular(name, .float) { value, field in
            let isDouble = unsafe field.pointee.type == PROTOBUF_C_TYPE_DOUBLE
            return isDouble ? unsafe value.load(as: Double.self) : Double(unsafe value.load(as: Float.self))
        }
    }

    /// A string, or bytes that are text. Invalid UTF-8 is repaired; a `string`, not a `bytes`, ends at its first NUL.
    public func string(_ name: StaticString) -> String? {
        unsafe singular(name, .text) { unsafe Self.text(at: $0, 0, $1) }
    }

    /// The same of a repeated field.
    public func strings(_ name: StaticString) -> ProtobufList<String> {
        unsafe repeated(name, .text) { unsafe Self.text(at: $0, $1, $2) }
    }

    public func bytes(_ name: StaticString) -> [UInt8]? {
        unsafe singular(name, .bytes) { value, _ in
            unsafe Array(Self.buffer(value.load(as: ProtobufCBinaryData.self)))
        }
    }

    public func message(_ name: StaticString) -> ProtobufMessage? {
        unsafe singular(name, .message) { value, _ in
            unsafe ProtobufMessage(tree: tree, message: value.load(as: UnsafePointer.self))
        }
    }

    /// The messages of a repeated field.
    public func messages(_ name: StaticString) -> ProtobufList<ProtobufMessage> {
        unsafe repeated(name, .message) { [tree] list, index, _ in
            unsafe ProtobufMessage(
                tree: tree, message: list.assumingMemoryBound(to: UnsafePointer<ProtobufCMessage>.self)[index])
        }
    }

    /// Where the fields were that this message had and our .proto does not have; its type must have a `dropped`.
    ///
    /// `number` is that of the real format, as in `tensor.dropped(9)` for `raw_data`. There are several when others came
    /// in between; of a field that is not repeated the last occurrence counts, as always in protobuf.
    public func dropped(_ number: Int) -> [ProtobufDropped] {
        let words = ints("dropped")
        return stride(from: 0, to: words.count, by: ProtobufDropped.wordCount)
            .filter { words[$0] == number }
            .map { ProtobufDropped(words: words[$0..<$0 + ProtobufDropped.wordCount]) }
    }
}

// The C struct behind a message, read as its descriptor says. All of it is valid as long as `tree` lives.
extension ProtobufMessage {
    private enum Kind {
        case any, integer, float, text, bytes, message

        func includes(_ type: ProtobufCType) -> Bool {
            switch type {
            case PROTOBUF_C_TYPE_MESSAGE: self == .message || self == .any
            case PROTOBUF_C_TYPE_BYTES: self == .bytes || self == .text || self == .any
            case PROTOBUF_C_TYPE_STRING: self == .text || self == .any
            case PROTOBUF_C_TYPE_FLOAT, PROTOBUF_C_TYPE_DOUBLE: self == .float || self == .any
            default: self == .integer || self == .any
            }
        }
    }

    private func field(
        _ name: StaticString, repeated: Bool?, _ kind: Kind
    ) -> UnsafePointer<ProtobufCFieldDescriptor> {
        let descriptor = unsafe message.pointee.descriptor
        let field = name.withUTF8Buffer { name in
            // A static string ends with a NUL.
            unsafe name.withMemoryRebound(to: CChar.self) {
                unsafe protobuf_c_message_descriptor_get_field_by_name(descriptor, $0.baseAddress)
            }
        }
        guard let field = unsafe field else { preconditionFailure("the .proto has no field \(name)") }
        let isRepeated = unsafe field.pointee.label == PROTOBUF_C_LABEL_REPEATED
        precondition(repeated == nil || repeated == isRepeated, "whether \(name) is repeated")
        let type = unsafe field.pointee.type
        precondition(kind.includes(type), "the protobuf field \(name) is no \(kind)")
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

    private func singular<Value>(
        _ name: StaticString, _ kind: Kind,
        _ read: (_ value: UnsafeRawPointer, _ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Value
    ) -> Value? {
        withExtendedLifetime(tree) {
            let field = unsafe field(name, repeated: false, kind)
            return unsafe isPresent(field) ? unsafe read(value(of: field), field) : nil
        }
    }

    private func repeated<Element>(
        _ name: StaticString, _ kind: Kind,
        _ read:
            @escaping (
                _ list: UnsafeRawPointer, _ index: Int, _ field: UnsafePointer<ProtobufCFieldDescriptor>
            ) -> Element
    ) -> ProtobufList<Element> {
        withExtendedLifetime(tree) {
            let field = unsafe field(name, repeated: true, kind)
            let count = unsafe (UnsafeRawPointer(message) + Int(field.pointee.quantifier_offset)).load(as: Int.self)
            guard let list = unsafe value(of: field).load(as: UnsafeRawPointer?.self) else {
                return ProtobufList()
            }
            return ProtobufList(count: count) { [tree] index in
                withExtendedLifetime(tree) { unsafe read(list, index, field) }
            }
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

    private static func integer(at value: UnsafeRawPointer, _ field: UnsafePointer<ProtobufCFieldDescriptor>) -> Int {
        switch unsafe field.pointee.type {
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_ENUM,
            PROTOBUF_C_TYPE_BOOL:
            Int(unsafe value.load(as: Int32.self))
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32:
            Int(unsafe value.load(as: UInt32.self))
        case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64:
            Int(unsafe value.load(as: Int64.self))
        default:
            Int(clamping: unsafe value.load(as: UInt64.self))
        }
    }

    private static func text(
        at value: UnsafeRawPointer, _ index: Int, _ field: UnsafePointer<ProtobufCFieldDescriptor>
    ) -> String {
        if unsafe field.pointee.type == PROTOBUF_C_TYPE_STRING {
            return unsafe String(cString: value.assumingMemoryBound(to: UnsafePointer<CChar>.self)[index])
        }
        return unsafe String(
            decoding: buffer(value.assumingMemoryBound(to: ProtobufCBinaryData.self)[index]), as: UTF8.self)
    }

    private static func buffer(_ data: ProtobufCBinaryData) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: data.data, count: data.len)
    }
}
