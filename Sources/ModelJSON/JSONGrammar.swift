import ModelBytes

/// The scalars of RFC 8259: each function moves past one, checks it to the last byte and builds nothing.
extension JSONWindow {
    /// What was met in a string.
    struct StringContent: OptionSet {
        let rawValue: UInt8
        static let escapes = StringContent(rawValue: 1)
        static let beyondASCII = StringContent(rawValue: 2)
    }

    /// Section 7. The opening quote has been passed; afterwards the closing one comes next.
    mutating func passString() throws(InspectionError) -> StringContent {
        var content: StringContent = []
        while true {
            next = bytes.endOfPlainText(from: next)
            guard next < bytes.count else {
                guard try refill() else { throw truncated() }
                continue
            }
            switch bytes[next] {
            case UInt8(ascii: "\""): return content
            case UInt8(ascii: "\\"):
                content.insert(.escapes)
                next += 1
                try passEscape()
            case 0..<0x20: throw malformed("a control character in a string must be escaped")
            default:
                content.insert(.beyondASCII)
                try passCharacter()
            }
        }
    }

    private mutating func passEscape() throws(InspectionError) {
        switch try take() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                guard JSONEscapes.hexadecimal(try take()) != nil else {
                    throw malformed("\\u needs four hexadecimal digits")
                }
            }
        case let byte:
            throw malformed("there is no escape \\" + Unicode.Scalar(byte).escaped(asASCII: true))
        }
    }

    /// One character beyond ASCII; the table is that of RFC 3629 section 4.
    private mutating func passCharacter() throws(InspectionError) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch try take() {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw malformed("a string is not UTF-8")
        }
        for position in 1..<length {
            let allowed = position == 1 ? second : 0x80...0xBF
            guard allowed.contains(try take()) else { throw malformed("a string is not UTF-8") }
        }
    }

    /// Section 6. The minus sign or the first digit comes next.
    @inline(__always)
    mutating func passNumber(_ dialect: JSONDialect) throws(InspectionError) {
        if let end = bytes.endOfPlainNumber(from: next) {
            next = end
        } else {
            try passAnyNumber(dialect)
        }
    }

    private mutating func passAnyNumber(_ dialect: JSONDialect) throws(InspectionError) {
        let negative = try peek() == UInt8(ascii: "-")
        if negative { next += 1 }
        switch try peek() {
        case UInt8(ascii: "0"): next += 1
        case UInt8(ascii: "N") where dialect.contains(.nonFiniteNumbers) && !negative: return try passWord("NaN")
        case UInt8(ascii: "I") where dialect.contains(.nonFiniteNumbers): return try passWord("Infinity")
        default: try passDigits()
        }
        if try peek() == UInt8(ascii: ".") {
            next += 1
            try passDigits()
        }
        if let exponent = try peek(), exponent | 0x20 == UInt8(ascii: "e") {
            next += 1
            if let sign = try peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { next += 1 }
            try passDigits()
        }
    }

    private mutating func passDigits() throws(InspectionError) {
        guard let first = try peek(), first &- 0x30 < 10 else { throw try unexpected("a digit") }
        repeat {
            next = bytes.endOfDigits(from: next)
            if next < bytes.count { return }
        } while try refill()
    }

    /// `true`, `false`, `null` and the dialect's words.
    mutating func passWord(_ word: String) throws(InspectionError) {
        for byte in word.utf8 {
            guard try peek() == byte else { throw try unexpected(word) }
            next += 1
        }
    }
}
