internal import ModelBytes

/// One field of a message as it stands in the bytes: number, wire type, and where its value is.
///
/// Words and rules: protobuf.dev/programming-guides/encoding.
public struct ProtobufField: Hashable, Sendable {
    /// How long the value is; groups (3 and 4) are used by no model format and are refused.
    public enum WireType: UInt8, Sendable {
        case varint = 0
        /// Eight bytes.
        case i64 = 1
        /// A length and that many bytes: a string, a message, a packed list.
        case len = 2
        /// Four bytes.
        case i32 = 5
    }

    public static let largestNumber = 1 << 29 - 1

    /// From 1 to `largestNumber`.
    public let number: Int
    public let wireType: WireType
    /// Position of the tag.
    public let offset: Int
    /// Position of the value, without tag and length.
    public let payload: Range<Int>
    /// The value itself; 0 for `len`.
    public let value: UInt64
}

extension ByteCursor {
    /// A base-128 varint. Bits beyond the 64th are dropped, as every protobuf decoder does.
    mutating func protobufVarint() throws(InspectionError) -> UInt64 {
        let start = offset
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) &<< UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw InspectionError(.malformed, "a varint is longer than 10 bytes", entry: source.entry, offset: start)
    }

    /// The next field of a message that ends at `end`; the cursor then stands behind the value, or before it when the
    /// field is `len`.
    mutating func protobufField(end: Int) throws(InspectionError) -> ProtobufField {
        let start = offset
        func malformed(_ message: String) -> InspectionError {
            InspectionError(.malformed, message, entry: source.entry, offset: start)
        }
        let tag = try protobufVarint()
        guard tag >> 3 >= 1, tag >> 3 <= UInt64(ProtobufField.largestNumber) else {
            throw malformed("there is no protobuf field number \(tag >> 3)")
        }
        let number = Int(tag >> 3)
        guard let wireType = ProtobufField.WireType(rawValue: UInt8(tag & 7)) else {
            throw malformed("protobuf field \(number) has wire type \(tag & 7), which is a group or unknown")
        }

        var payload = offset
        var length: UInt64
        var value: UInt64 = 0
        switch wireType {
        case .varint:
            value = try protobufVarint()
            length = UInt64(offset - payload)
        case .i64:
            length = 8
        case .i32:
            length = 4
        case .len:
            length = try protobufVarint()
            payload = offset
        }
        guard payload <= end, length <= UInt64(end - payload) else {
            let message = "protobuf field \(number) is \(length) bytes long, but its message ends at \(end)"
            guard end == source.count else { throw malformed(message) }
            throw InspectionError(.truncated, message, entry: source.entry, offset: start)
        }
        if wireType == .i64 || wireType == .i32 { value = try littleEndian(Int(length)) }
        return ProtobufField(
            number: number, wireType: wireType, offset: start, payload: payload..<payload + Int(length), value: value)
    }
}
