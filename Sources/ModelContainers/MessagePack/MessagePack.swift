package import ModelBytes

/// A document of MessagePack, read forwards, value by value; binary data is passed over.
///
/// Source: msgpack/msgpack, spec.md.
package struct MessagePack: ~Copyable {
    package enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        case real(Double)
        case text(String)
        /// Its bytes were passed over; where they began.
        case binary(count: Int, offset: Int)
        /// A type of an application's own; its bytes come next.
        case extended(type: Int, count: Int)
        case array(Int)
        case map(Int)
    }

    private var cursor: ByteCursor
    private let limits: Limits
    private var values = 0

    package init(_ source: ByteSource, at offset: Int = 0, window: ByteCursor.Window = .wary, limits: Limits) {
        cursor = ByteCursor(source, at: offset, window: window)
        self.limits = limits
    }

    package var offset: Int { cursor.offset }
    package var isAtEnd: Bool { cursor.isAtEnd }
    package func malformed(_ message: String) -> InspectionError { cursor.malformed(message) }

    /// Passes over the bytes of something.
    package mutating func skip(_ count: Int) throws(InspectionError) { try cursor.skip(count) }

    /// The next value; of an array or a map how many elements or pairs follow.
    package mutating func next() throws(InspectionError) -> Value {
        values += 1
        try limits.msgpackValues.check(values, offset: cursor.offset)
        let byte = try cursor.byte()
        switch byte {
        case 0x00...0x7F: return .integer(Int(byte))
        case 0xE0...0xFF: return .integer(Int(Int8(bitPattern: byte)))
        case 0x80...0x8F: return .map(Int(byte & 0x0F))
        case 0x90...0x9F: return .array(Int(byte & 0x0F))
        case 0xA0...0xBF: return try text(Int(byte & 0x1F))
        case 0xC0: return .null
        case 0xC2, 0xC3: return .bool(byte == 0xC3)
        case 0xC4, 0xC5, 0xC6: return try binary(try unsigned(1 << Int(byte - 0xC4)))
        case 0xC7, 0xC8, 0xC9:
            let count = try unsigned(1 << Int(byte - 0xC7))
            return .extended(type: Int(Int8(bitPattern: try cursor.byte())), count: count)
        case 0xCA: return .real(Double(Float(bitPattern: UInt32(try bits(4)))))
        case 0xCB: return .real(Double(bitPattern: try bits(8)))
        case 0xCC...0xCE: return .integer(try unsigned(1 << Int(byte - 0xCC)))
        case 0xCF:
            let value = try bits(8)
            return Int(exactly: value).map(Value.integer) ?? .real(Double(value))
        case 0xD0: return .integer(Int(Int8(truncatingIfNeeded: try bits(1))))
        case 0xD1: return .integer(Int(Int16(truncatingIfNeeded: try bits(2))))
        case 0xD2: return .integer(Int(Int32(truncatingIfNeeded: try bits(4))))
        case 0xD3: return .integer(Int(truncatingIfNeeded: try bits(8)))
        case 0xD4...0xD8:
            return .extended(type: Int(Int8(bitPattern: try cursor.byte())), count: 1 << Int(byte - 0xD4))
        case 0xD9, 0xDA, 0xDB: return try text(try unsigned(1 << Int(byte - 0xD9)))
        case 0xDC, 0xDD: return .array(try unsigned(2 << Int(byte - 0xDC)))
        case 0xDE, 0xDF: return .map(try unsigned(2 << Int(byte - 0xDE)))
        default: throw cursor.malformed("no value of MessagePack begins with 0xc1")
        }
    }

    /// Passes over the next value and all that is in it, or over several.
    package mutating func skipValues(_ count: Int = 1) throws(InspectionError) {
        var waiting = count
        while waiting > 0 {
            waiting -= 1
            switch try next() {
            case .array(let count): waiting += count
            case .map(let count): waiting += 2 * count
            case .extended(_, let count): try cursor.skip(count)
            default: break
            }
            try limits.msgpackValues.check(waiting, offset: cursor.offset)
        }
    }

    private mutating func bits(_ width: Int) throws(InspectionError) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<width { value = value << 8 | UInt64(try cursor.byte()) }
        return value
    }

    private mutating func unsigned(_ width: Int) throws(InspectionError) -> Int { Int(try bits(width)) }

    private mutating func text(_ count: Int) throws(InspectionError) -> Value {
        guard count <= limits.protobufTextBytes.value else {
            try cursor.skip(count)
            return .text("")
        }
        return .text(String(decoding: try cursor.bytes(count), as: UTF8.self))
    }

    private mutating func binary(_ count: Int) throws(InspectionError) -> Value {
        let offset = cursor.offset
        try cursor.skip(count)
        return .binary(count: count, offset: offset)
    }
}
