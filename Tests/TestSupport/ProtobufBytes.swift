/// Writes protobuf messages for tests, the ill-formed ones too.
public struct ProtobufBytes {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// A message written by `body`.
    public init(_ body: (inout ProtobufBytes) -> Void) { body(&self) }

    public static func varint(_ value: UInt64) -> [UInt8] {
        var result: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            result.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return result + [UInt8(rest)]
    }

    /// The tag alone.
    public mutating func tag(_ field: Int, _ wireType: Int) {
        bytes += Self.varint(UInt64(field) << 3 | UInt64(wireType))
    }

    public mutating func raw(_ bytes: [UInt8]) { self.bytes += bytes }

    public mutating func int(_ field: Int, _ value: Int) {
        tag(field, 0)
        bytes += Self.varint(UInt64(bitPattern: Int64(value)))
    }

    /// Eight bytes.
    public mutating func fixed64(_ field: Int, _ value: UInt64) {
        tag(field, 1)
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    /// Four bytes.
    public mutating func fixed32(_ field: Int, _ value: UInt32) {
        tag(field, 5)
        for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    public mutating func bytes(_ field: Int, _ value: [UInt8]) {
        tag(field, 2)
        bytes += Self.varint(UInt64(value.count)) + value
    }

    public mutating func string(_ field: Int, _ value: String) { bytes(field, Array(value.utf8)) }

    public mutating func packed(_ field: Int, _ values: [Int]) {
        bytes(field, values.flatMap { Self.varint(UInt64(bitPattern: Int64($0))) })
    }

    public mutating func message(_ field: Int, _ body: (inout ProtobufBytes) -> Void) {
        bytes(field, ProtobufBytes(body).bytes)
    }
}
