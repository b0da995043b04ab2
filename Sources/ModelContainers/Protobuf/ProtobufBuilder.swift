public import ModelBytes

/// Writes a message field by field: what is read of a text form or of another container becomes the bytes of the message
/// it stands for, and goes the way of a binary one from there.
public struct ProtobufBuilder {
    /// Bytes kept free for the length of a nested message, which is known only at its end: a varint of 32 bits.
    private static let lengthBytes = 5

    private var bytes: [UInt8] = []
    /// Where the body of each message begins that is still open, the innermost last.
    private var open: [Int] = []
    private let limits: Limits

    public init(limits: Limits) { self.limits = limits }

    /// The message; all that was begun must have been ended.
    public var source: ByteSource { ByteSource(MemoryBytes(bytes)) }

    public mutating func int(_ number: Int, _ value: Int) throws(InspectionError) {
        try room(for: 20)
        append(UInt64(number) << 3)
        append(UInt64(bitPattern: Int64(value)))
    }

    /// Four bytes, as a float is written.
    public mutating func fixed32(_ number: Int, _ value: UInt32) throws(InspectionError) {
        try room(for: 14)
        append(UInt64(number) << 3 | 5)
        for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    /// Eight bytes, as a double is written.
    public mutating func fixed64(_ number: Int, _ value: UInt64) throws(InspectionError) {
        try room(for: 18)
        append(UInt64(number) << 3 | 1)
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    public mutating func text(_ number: Int, _ value: String) throws(InspectionError) {
        try self.bytes(number, Array(value.utf8))
    }

    public mutating func bytes(_ number: Int, _ value: [UInt8]) throws(InspectionError) {
        try room(for: value.count + 20)
        append(UInt64(number) << 3 | 2)
        append(UInt64(value.count))
        bytes += value
    }

    /// Begins a nested message; what is written until `end` belongs to it.
    public mutating func begin(_ number: Int) throws(InspectionError) {
        try limits.protobufDepth.check(open.count + 2)
        try room(for: 20)
        append(UInt64(number) << 3 | 2)
        bytes.append(contentsOf: repeatElement(0, count: Self.lengthBytes))
        open.append(bytes.count)
    }

    /// Ends the innermost message.
    public mutating func end() {
        guard let body = open.popLast() else { preconditionFailure("no message was begun") }
        let length = bytes.count - body
        for index in 0..<Self.lengthBytes {
            let more: UInt8 = index < Self.lengthBytes - 1 ? 0x80 : 0
            bytes[body - Self.lengthBytes + index] = UInt8(length >> (7 * index) & 0x7F) | more
        }
    }

    private func room(for count: Int) throws(InspectionError) {
        let limit = limits.protobufSkeletonBytes
        guard count <= limit.value - bytes.count else {
            throw limit.exceeded(by: bytes.count.addingReportingOverflow(count).partialValue)
        }
    }

    private mutating func append(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
