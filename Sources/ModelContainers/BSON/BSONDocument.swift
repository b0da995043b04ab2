package import ModelBytes

/// A value of BSON; binary data is only counted.
///
/// Source: bsonspec.org, version 1.1.
package indirect enum BSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case text(String)
    /// Its bytes were passed over.
    case binary(count: Int)
    case array([BSONValue])
    case document([(key: String, value: BSONValue)])
    /// A type that only databases write, or a text beyond the limit.
    case other

    /// Of two equal keys the last counts, as in the dictionaries of Julia.
    package subscript(_ key: String) -> BSONValue? {
        guard case .document(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var int: Int? { if case .integer(let number) = self { number } else { nil } }
    package var elements: [BSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    package var members: [(key: String, value: BSONValue)]? {
        if case .document(let members) = self { members } else { nil }
    }
    /// Bytes of binary data.
    package var bytes: Int? { if case .binary(let count) = self { count } else { nil } }
}

/// Reads a document of BSON to its end.
package enum BSONDocument {
    /// Whether a file may be one: it says how long it is, and a first element of a known type follows.
    package static func mayBe(_ head: [UInt8], count: Int) -> Bool {
        guard head.count >= 7, count < Int(Int32.max) else { return false }
        let length = head[0..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        return length == count && [1, 2, 3, 4, 5, 8, 10, 16, 18].contains(head[4])
    }

    /// `cut`: documents that are nested deeper than is read were passed over, and are `other`; the limit that says so.
    package static func read(
        _ source: ByteSource, limits: Limits
    ) throws(InspectionError) -> (value: BSONValue, cut: InspectionError?) {
        var reader = BSONReader(source, limits: limits)
        let value = try reader.document(isArray: false, end: source.count, depth: 0)
        return (value, reader.cut)
    }
}

private struct BSONReader: ~Copyable {
    private var cursor: ByteCursor
    private let limits: Limits
    private var elements = 0
    private(set) var cut: InspectionError?

    init(_ source: ByteSource, limits: Limits) {
        cursor = ByteCursor(source, window: .wary)
        self.limits = limits
    }

    mutating func document(isArray: Bool, end outer: Int, depth: Int) throws(InspectionError) -> BSONValue {
        let start = cursor.offset
        let length = try int32()
        guard length >= 5, length <= outer - start else {
            throw cursor.malformed("a document of \(length) bytes does not fit the \(outer - start) that are left")
        }
        let end = start + length
        do throws(InspectionError) {
            try limits.bsonDepth.check(depth, offset: start)
        } catch {
            cut = cut ?? error
            try cursor.skip(length - 4)
            return .other
        }
        var members: [(key: String, value: BSONValue)] = []
        var values: [BSONValue] = []
        while true {
            let type = try cursor.byte()
            if type == 0 { break }
            elements += 1
            try limits.bsonElements.check(elements, offset: cursor.offset)
            let key = try name(end)
            let value = try value(type, end, depth)
            if isArray { values.append(value) } else { members.append((key, value)) }
        }
        guard cursor.offset == end else { throw cursor.malformed("a document that is not as long as it says") }
        return isArray ? .array(values) : .document(members)
    }

    private mutating func value(_ type: UInt8, _ end: Int, _ depth: Int) throws(InspectionError) -> BSONValue {
        switch type {
        case 1: return .real(Double(bitPattern: try cursor.littleEndian(8)))
        case 2, 13, 14:
            let count = try length(end)
            guard count >= 1 else { throw cursor.malformed("a text of \(count) bytes") }
            guard count <= limits.protobufTextBytes.value else {
                try cursor.skip(count)
                return .other
            }
            return .text(String(decoding: try cursor.bytes(count).dropLast(), as: UTF8.self))
        case 3: return try document(isArray: false, end: end, depth: depth + 1)
        case 4: return try document(isArray: true, end: end, depth: depth + 1)
        case 5:
            let count = try length(end)
            try cursor.skip(1)
            guard count <= end - cursor.offset else { throw cursor.malformed("binary data of \(count) bytes") }
            try cursor.skip(count)
            return .binary(count: count)
        case 7:
            try cursor.skip(12)
            return .other
        case 8: return .bool(try cursor.byte() != 0)
        case 9, 17:
            try cursor.skip(8)
            return .other
        case 10, 6, 127, 255: return .null
        case 16: return .integer(try int32())
        case 18: return .integer(Int(truncatingIfNeeded: try cursor.littleEndian(8)))
        case 19:
            try cursor.skip(16)
            return .other
        default: throw cursor.malformed("BSON has no type \(type)")
        }
    }

    private mutating func int32() throws(InspectionError) -> Int {
        Int(Int32(truncatingIfNeeded: try cursor.littleEndian(4)))
    }

    private mutating func length(_ end: Int) throws(InspectionError) -> Int {
        let length = try int32()
        guard length >= 0, length <= end - cursor.offset else {
            throw cursor.malformed("\(length) bytes do not fit the \(end - cursor.offset) that are left")
        }
        return length
    }

    /// Up to a NUL.
    private mutating func name(_ end: Int) throws(InspectionError) -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try cursor.byte()
            if byte == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
            guard bytes.count < 65_536, cursor.offset < end else { throw cursor.malformed("a name that does not end") }
        }
    }
}
