package import ModelBytes

/// Reads the tokens of a text with `#` comments: protobuf's text format, ONNX's textual syntax.
///
/// White space and comments before a token are passed. Nothing is kept that is not asked for, so that numbers by the
/// million cost no memory.
package struct TextTokens: ~Copyable {
    /// How a backslash in quotes is read.
    package enum Escapes: Sendable {
        /// As in C, octal and hexadecimal too: protobuf/io/tokenizer.cc.
        case c
        /// The next character stands for itself: onnx/defs/parser.cc.
        case plain
    }

    private var cursor: ByteCursor
    private let escapes: Escapes
    private let textLimit: Limits.Limit

    package init(_ source: ByteSource, escapes: Escapes, limits: Limits) {
        cursor = ByteCursor(source)
        self.escapes = escapes
        textLimit = limits.protobufTextBytes
    }

    package var offset: Int { cursor.offset }

    package func malformed(_ message: String) -> InspectionError { cursor.malformed(message) }

    /// The first byte of the next token; nil at the end.
    package mutating func peek() throws(InspectionError) -> UInt8? {
        while let byte = try cursor.peek() {
            if byte == UInt8(ascii: "#") {
                while let byte = try cursor.peek(), byte != UInt8(ascii: "\n") { _ = try cursor.byte() }
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                _ = try cursor.byte()
            } else {
                return byte
            }
        }
        return nil
    }

    /// Passes `mark` if it comes next; says whether.
    package mutating func take(_ mark: Unicode.Scalar) throws(InspectionError) -> Bool {
        guard try peek() == UInt8(ascii: mark) else { return false }
        _ = try cursor.byte()
        return true
    }

    package mutating func expect(_ mark: Unicode.Scalar) throws(InspectionError) {
        guard try take(mark) else { throw try unexpected("'\(mark)'") }
    }

    /// A letter or underscore and what follows of letters, digits and underscores; nil when something else comes next.
    package mutating func word() throws(InspectionError) -> String? {
        guard let first = try peek(), Self.isLetter(first) else { return nil }
        var text: [UInt8] = []
        while let byte = try cursor.peek(), Self.isLetter(byte) || Self.isDigit(byte) {
            try append(try cursor.byte(), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    package mutating func expectWord() throws(InspectionError) -> String {
        guard let word = try word() else { throw try unexpected("a name") }
        return word
    }

    /// A number as it stands there: sign, digits, point, exponent, `0x`, a trailing `f`, `inf`; nil when none comes next.
    package mutating func number() throws(InspectionError) -> String? {
        guard let first = try peek(), Self.isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
        else {
            return nil
        }
        var text = [try cursor.byte()]
        // Protobuf lets white space stand between the sign and the number.
        if first == UInt8(ascii: "-") { _ = try peek() }
        while let byte = try cursor.peek() {
            let isSign =
                (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && (text.last ?? 0) | 0x20 == UInt8(ascii: "e")
            guard Self.isDigit(byte) || Self.isLetter(byte) || byte == UInt8(ascii: ".") || isSign else { break }
            try append(try cursor.byte(), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What stands in single or double quotes; nil when something else comes next. A text beyond
    /// `limits.protobufTextBytes` is passed, and an empty one given, as it would be left out of a binary message.
    package mutating func quoted() throws(InspectionError) -> [UInt8]? {
        guard let quote = try peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        _ = try cursor.byte()
        var text: [UInt8] = []
        var isTooLong = false
        while true {
            var byte = try cursor.byte()
            if byte == quote { return isTooLong ? [] : text }
            if byte == UInt8(ascii: "\\") { byte = try escaped() }
            if text.count < textLimit.value {
                text.append(byte)
            } else {
                isTooLong = true
            }
        }
    }

    /// Passes a word, a number or a quoted text; false when none of them comes next.
    package mutating func skipScalar() throws(InspectionError) -> Bool {
        if try quoted() != nil { return true }
        if try number() != nil { return true }
        return try word() != nil
    }

    package mutating func unexpected(_ wanted: String) throws(InspectionError) -> InspectionError {
        guard let byte = try peek() else {
            return InspectionError(
                .truncated, "ends where \(wanted) is expected", entry: cursor.source.entry, offset: offset)
        }
        let found = (0x21...0x7E).contains(byte) ? "'\(Unicode.Scalar(byte))'" : "a byte \(byte)"
        return cursor.malformed("expected \(wanted), found \(found)")
    }

    private mutating func escaped() throws(InspectionError) -> UInt8 {
        let byte = try cursor.byte()
        guard case .c = escapes else { return byte }
        if let named = EscapedByte.named(byte) { return named }
        switch byte {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): return try digits(upTo: 2, radix: 16, 0)
        case UInt8(ascii: "0")...UInt8(ascii: "7"): return try digits(upTo: 2, radix: 8, byte - UInt8(ascii: "0"))
        default: return byte
        }
    }

    private mutating func digits(upTo count: Int, radix: UInt8, _ first: UInt8) throws(InspectionError) -> UInt8 {
        var value = first
        for _ in 0..<count {
            guard let byte = try cursor.peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                digit < Int(radix)
            else { break }
            _ = try cursor.byte()
            value = value &* radix &+ UInt8(digit)
        }
        return value
    }

    private func append(_ byte: UInt8, to text: inout [UInt8]) throws(InspectionError) {
        try textLimit.check(text.count + 1, entry: cursor.source.entry, offset: offset)
        text.append(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
