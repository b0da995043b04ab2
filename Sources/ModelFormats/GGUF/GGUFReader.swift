import ModelBytes
import ModelJSON

/// Reads the numbers and texts of a GGUF header in the order of its bytes.
struct GGUFReader: ~Copyable {
    private var cursor: ByteCursor
    private let limits: Limits
    private var isBigEndian = false
    /// Bytes of a length: 4 in version 1.
    private var lengthBytes = 8
    private var textBytes = 0

    init(_ source: ByteSource, limits: Limits) {
        cursor = ByteCursor(source, window: .wary)
        self.limits = limits
    }

    var offset: Int { cursor.offset }
    var entry: String? { cursor.source.entry }

    func malformed(_ message: String) -> InspectionError { cursor.malformed(message) }

    mutating func begin() throws(InspectionError) -> (version: Int, isBigEndian: Bool) {
        guard try cursor.bytes(4) == GGUFFile.magic else { throw cursor.malformed("no GGUF magic number") }
        var version = try cursor.littleEndian(4)
        // llama.cpp tells by the lower half, which is empty the other way round.
        if version & 0xFFFF == 0, version != 0 {
            isBigEndian = true
            version = UInt64(UInt32(truncatingIfNeeded: version).byteSwapped)
        }
        guard (1...3).contains(version) else {
            throw InspectionError(.unsupported, "GGUF of version \(version)", entry: entry, offset: 4)
        }
        if version == 1 { lengthBytes = 4 }
        return (Int(version), isBigEndian)
    }

    mutating func number(_ width: Int) throws(InspectionError) -> UInt64 {
        let value = try cursor.littleEndian(width)
        return isBigEndian ? value.byteSwapped >> UInt64(64 - 8 * width) : value
    }

    mutating func length(_ width: Int) throws(InspectionError) -> Int {
        let value = try number(width)
        guard let length = Int(exactly: value) else { throw malformed("length \(value) is beyond any file") }
        return length
    }

    /// A count or a length, as wide as the version has them.
    mutating func count() throws(InspectionError) -> Int { try length(lengthBytes) }

    mutating func text(upTo most: Int) throws(InspectionError) -> String {
        let length = try count()
        guard length <= most else { throw malformed("a text of \(length) bytes; the limit is \(most)") }
        textBytes += length
        try limits[GGUFLimits.textBytes].check(textBytes, entry: entry, offset: offset)
        return String(decoding: try cursor.bytes(length), as: UTF8.self)
    }

    mutating func skipText() throws(InspectionError) { try cursor.skip(try count()) }

    mutating func skip(_ count: Int, of size: Int) throws(InspectionError) {
        try checkRoom(count, of: size)
        try cursor.skip(count * size)
    }

    /// Whether `count` values of `size` bytes can follow.
    func checkRoom(_ count: Int, of size: Int) throws(InspectionError) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= cursor.remaining else {
            throw InspectionError(
                .truncated, "an array of \(count) values, but \(cursor.remaining) bytes are left", entry: entry,
                offset: offset)
        }
    }

    /// Bytes of a value of fixed size; nil for texts, arrays and what is unknown.
    static func size(of type: Int) -> Int? {
        switch type {
        case 0, 1, 7: 1
        case 2, 3: 2
        case 4, 5, 6: 4
        case 10, 11, 12: 8
        default: nil
        }
    }

    mutating func value(_ type: Int) throws(InspectionError) -> JSONValue {
        switch type {
        case 0: return JSONValue(try number(1))
        case 1: return JSONValue(Int8(truncatingIfNeeded: try number(1)))
        case 2: return JSONValue(try number(2))
        case 3: return JSONValue(Int16(truncatingIfNeeded: try number(2)))
        case 4: return JSONValue(try number(4))
        case 5: return JSONValue(Int32(truncatingIfNeeded: try number(4)))
        case 6: return JSONValue(Float(bitPattern: UInt32(truncatingIfNeeded: try number(4))))
        case 7: return JSONValue(try number(1) != 0)
        case 8: return .string(try text(upTo: 4 << 20))
        case 10: return JSONValue(try number(8))
        case 11: return JSONValue(Int64(bitPattern: try number(8)))
        case 12: return JSONValue(Double(bitPattern: try number(8)))
        default: throw malformed("a value of type \(type)")
        }
    }
}
