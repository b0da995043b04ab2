import ModelBytes

/// The numbers and texts of a serialization, in any of its three encodings.
struct RStream: ~Copyable {
    private let source: ByteSource
    private var cursor: ByteCursor
    private let encoding: RHeader.Encoding
    private let isLittleEndian: Bool
    private var isLatin1 = false
    /// One text that is kept; a longer one is passed over.
    private let textBytes: Int
    /// What stands for NA among integers.
    static let missing = Int(Int32.min)
    /// More space than this behind text is no end of a line.
    private static let mostSpace = 64

    init(_ source: ByteSource, _ header: RHeader, window: ByteCursor.Window, limits: Limits) {
        self.source = source
        encoding = header.encoding
        isLittleEndian = header.isLittleEndian
        textBytes = limits.rTextBytes.value
        cursor = ByteCursor(source, at: header.start + 2, window: window)
    }

    /// Moves to the value, and reads what texts are in.
    mutating func passHeader(_ header: inout RHeader) throws(InspectionError) {
        for _ in 0..<3 { _ = try integer() }
        guard header.version == 3 else { return }
        let count = try integer()
        guard (0...64).contains(count) else { throw malformed("the name of an encoding has \(count) bytes") }
        let name = try text(count)
        header.textEncoding = name
        isLatin1 = ["latin1", "ISO-8859-1", "ISO8859-1", "CP1252"].contains(name)
    }

    var offset: Int { cursor.offset }

    func malformed(_ message: String) -> InspectionError { cursor.malformed(message) }

    mutating func integer() throws(InspectionError) -> Int {
        if encoding == .ascii { return try asciiInteger() }
        var value: UInt32 = 0
        if isLittleEndian {
            for shift in 0..<4 { value |= UInt32(try cursor.byte()) << UInt32(8 * shift) }
        } else {
            for _ in 0..<4 { value = value << 8 | UInt32(try cursor.byte()) }
        }
        return Int(Int32(bitPattern: value))
    }

    mutating func real() throws(InspectionError) -> Double {
        if encoding == .ascii { return try asciiReal() }
        var value: UInt64 = 0
        if isLittleEndian {
            value = try cursor.littleEndian(8)
        } else {
            for _ in 0..<8 { value = value << 8 | UInt64(try cursor.byte()) }
        }
        return Double(bitPattern: value)
    }

    /// The length of a vector; two more numbers when it is beyond 2^31.
    mutating func length() throws(InspectionError) -> Int {
        let length = try integer()
        if length >= 0 { return length }
        guard length == -1 else { throw malformed("a vector of \(length) elements") }
        let upper = try integer()
        let lower = try integer()
        // R asks for the same.
        guard (0...65_536).contains(upper) else {
            throw malformed("the upper half of a vector's length is \(upper); R takes 65536 at most")
        }
        return upper << 32 | Int(UInt32(truncatingIfNeeded: lower))
    }

    /// Passes over `count` elements of `width` bytes.
    mutating func skip(_ count: Int, width: Int) throws(InspectionError) {
        if encoding == .ascii {
            // A complex number is two words.
            let words = width == 16 ? count.multipliedReportingOverflow(by: 2) : (count, false)
            guard !words.1 else { throw malformed("a vector of \(count) elements") }
            for _ in 0..<words.0 { try skipWord() }
            return
        }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow else { throw malformed("a vector of \(count) elements") }
        try cursor.skip(bytes)
    }

    /// Where something stands behind what was read; of text, behind the space that ends it.
    func rest() throws(InspectionError) -> Int? {
        // The source is asked, since nobody knows how long one is that is being inflated: the elements of the last vector
        // were passed over, and need not be there.
        let end = try source.bytes(at: offset - 1, upTo: Self.mostSpace + 1)
        guard !end.isEmpty else {
            throw InspectionError(.truncated, "ends inside its last value", entry: source.entry, offset: offset)
        }
        let behind = end.dropFirst()
        if encoding == .ascii, behind.count < Self.mostSpace, behind.allSatisfy(Self.isSpace) { return nil }
        return behind.isEmpty ? nil : offset
    }

    /// Whether the elements of a vector stand in the file as they are in memory.
    var hasPayload: Bool { encoding != .ascii }

    /// The text of a CHARSXP that follows its flags; nil for NA.
    mutating func string(levels: Int) throws(InspectionError) -> String? {
        let count = try integer()
        if count == -1 { return nil }
        guard count >= 0 else { throw malformed("a text of \(count) bytes") }
        // LATIN1_MASK is 4, UTF8_MASK 8 (R, src/include/Defn.h).
        return try text(count, isLatin1: levels & 4 != 0 || (isLatin1 && levels & 8 == 0))
    }

    /// Passes over such a text.
    mutating func skipString() throws(InspectionError) {
        let count = try integer()
        if count <= 0 { return }
        if encoding == .ascii {
            _ = try asciiText(count, keeping: 0)
        } else {
            try cursor.skip(count)
        }
    }

    /// Text of `count` bytes; empty when it is longer than is kept.
    mutating func text(_ count: Int, isLatin1: Bool = false) throws(InspectionError) -> String {
        let bytes: [UInt8]
        if encoding == .ascii {
            bytes = try asciiText(count, keeping: textBytes)
        } else if count > textBytes {
            try cursor.skip(count)
            return ""
        } else {
            bytes = try cursor.bytes(count)
        }
        guard isLatin1 else { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }
}

// MARK: words of text

extension RStream {
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The next word; one that is longer than any number is an error.
    private mutating func word() throws(InspectionError) -> String {
        var byte = try cursor.byte()
        while Self.isSpace(byte) { byte = try cursor.byte() }
        var bytes: [UInt8] = []
        while !Self.isSpace(byte) {
            bytes.append(byte)
            guard bytes.count <= 128 else { throw malformed("a number of more than 128 characters") }
            byte = try cursor.byte()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipWord() throws(InspectionError) {
        var byte = try cursor.byte()
        while Self.isSpace(byte) { byte = try cursor.byte() }
        while !Self.isSpace(byte) { byte = try cursor.byte() }
    }

    private mutating func asciiInteger() throws(InspectionError) -> Int {
        let word = try word()
        if word == "NA" { return Self.missing }
        guard let number = Int32(word) else { throw malformed("\"\(word.prefix(32))\" is no number") }
        return Int(number)
    }

    private mutating func asciiReal() throws(InspectionError) -> Double {
        let word = try word()
        switch word {
        case "NA", "NaN": return .nan
        case "Inf": return .infinity
        case "-Inf": return -.infinity
        default:
            guard let number = Double(word) else { throw malformed("\"\(word.prefix(32))\" is no number") }
            return number
        }
    }

    /// Text with C's escapes, `count` bytes of it, of which at most `limit` are kept.
    private mutating func asciiText(_ count: Int, keeping limit: Int) throws(InspectionError) -> [UInt8] {
        var bytes: [UInt8] = []
        guard count > 0 else { return bytes }
        var byte = try cursor.byte()
        while Self.isSpace(byte) { byte = try cursor.byte() }
        for index in 0..<count {
            let value = byte == UInt8(ascii: "\\") ? try escape() : byte
            if count <= limit { bytes.append(value) }
            if index < count - 1 { byte = try cursor.byte() }
        }
        return bytes
    }

    private mutating func escape() throws(InspectionError) -> UInt8 {
        let byte = try cursor.byte()
        if let named = EscapedByte.named(byte) { return named }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = Int(byte) - 48
            for _ in 0..<2 {
                guard let next = try cursor.peek(), (0x30...0x37).contains(next) else { break }
                value = value * 8 + Int(try cursor.byte()) - 48
            }
            return UInt8(truncatingIfNeeded: value)
        default: return byte
        }
    }
}
