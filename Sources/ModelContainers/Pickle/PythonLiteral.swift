import ModelBytes

/// How Python's unpickler reads the text that the opcodes of protocol 0 carry.
enum PythonLiteral {
    /// An integer, which has to be no larger than a pickle's real ones.
    enum Integer: Equatable {
        case small(Int)
        /// Little-endian two's complement, as short as can be.
        case big([UInt8])
    }

    /// `sys.get_int_max_str_digits()`: CPython refuses to read longer decimals too, because that takes quadratic time.
    static let mostDigits = 4_300

    /// An integer with an optional sign, underscores and, unless `decimal`, the prefixes of base 16, 8 and 2; a plain
    /// leading 0 is octal, as for C's strtol, which reads INT.
    static func integer(_ text: ArraySlice<UInt8>, decimal: Bool = false) throws(InspectionError) -> Integer {
        var digits = trimmed(text)
        var isNegative = false
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            digits.removeFirst()
        }
        var base = 10
        if !decimal, digits.first == UInt8(ascii: "0"), digits.count > 1 {
            switch digits[digits.startIndex + 1] | 0x20 {
            case UInt8(ascii: "x"): base = 16
            case UInt8(ascii: "o"): base = 8
            case UInt8(ascii: "b"): base = 2
            default: base = 0
            }
            if base == 0 {
                base = 8
            } else {
                digits = digits.dropFirst(2)
                if digits.first == UInt8(ascii: "_") { digits.removeFirst() }
            }
        }
        guard digits.count <= 2 * mostDigits else { throw refused("an integer of more than \(mostDigits) digits") }
        var magnitude = Magnitude()
        var wasDigit = false
        var count = 0
        for byte in digits {
            if byte == UInt8(ascii: "_"), wasDigit {
                wasDigit = false
                continue
            }
            guard let digit = hexDigit(byte), digit < base else { throw refused("not an integer") }
            wasDigit = true
            count += 1
            magnitude.append(digit, base: base)
        }
        guard wasDigit else { throw refused("not an integer") }
        guard count <= mostDigits else { throw refused("an integer of more than \(mostDigits) digits") }
        if let value = magnitude.small { return .small(isNegative ? -value : value) }
        magnitude.flush()
        return integer(magnitude.twosComplement(isNegative: isNegative))
    }

    /// The integer in `bytes`, little-endian two's complement of any length: LONG1 and LONG4.
    static func integer(_ bytes: [UInt8]) -> Integer {
        let bytes = shortest(bytes)
        guard bytes.count <= 8 else { return .big(bytes) }
        var value: UInt64 = (bytes.last ?? 0) & 0x80 == 0 ? 0 : .max
        for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
        return .small(Int(Int64(bitPattern: value)))
    }

    /// `bytes` of a little-endian two's complement without those at the end that only repeat its sign.
    static func shortest(_ bytes: [UInt8]) -> [UInt8] {
        var count = bytes.count
        while count > 0 {
            let isNegative = count > 1 && bytes[count - 2] & 0x80 != 0
            guard bytes[count - 1] == (isNegative ? 0xFF : 0) else { break }
            count -= 1
        }
        return Array(bytes[..<count])
    }

    /// The argument of FLOAT, with underscores, as Python allows them and C does not.
    static func float(_ text: ArraySlice<UInt8>) throws(InspectionError) -> Double {
        var digits = trimmed(text)
        if digits.contains(UInt8(ascii: "_")) { digits = digits.filter { $0 != UInt8(ascii: "_") }[...] }
        let string = String(decoding: digits, as: UTF8.self)
        // Others, of base 16 say, C reads and Python does not.
        guard digits.allSatisfy(isOfDecimal) || isNoNumber(string), let value = Double(string) else {
            throw refused("not a number")
        }
        return value
    }

    private static func isOfDecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private static func isNoNumber(_ text: String) -> Bool {
        ["inf", "infinity", "nan"].contains(text.lowercased().drop { $0 == "-" || $0 == "+" })
    }

    /// The argument of STRING: a quoted literal of Python 2, escapes as `codecs.escape_decode` reads them.
    static func string(_ text: ArraySlice<UInt8>) throws(InspectionError) -> [UInt8] {
        guard text.count >= 2, let quote = text.first, quote == text.last,
            quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        else { throw refused("the argument is not quoted") }
        var rest = text.dropFirst().dropLast()
        var result: [UInt8] = []
        result.reserveCapacity(rest.count)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { throw refused("a backslash ends the string") }
            switch escape {
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                var value = UInt32(escape - UInt8(ascii: "0"))
                for _ in 0..<2 {
                    guard let next = rest.first, let digit = hexDigit(next), digit < 8 else { break }
                    value = value << 3 | UInt32(digit)
                    rest.removeFirst()
                }
                result.append(UInt8(truncatingIfNeeded: value))
            case UInt8(ascii: "x"): result.append(UInt8(truncatingIfNeeded: try hex(2, from: &rest)))
            default: result += EscapedByte.named(escape).map { [$0] } ?? [UInt8(ascii: "\\"), escape]
            }
        }
        return result
    }

    /// The argument of UNICODE as UTF-8: bytes of Latin-1 with `\uXXXX` and `\UXXXXXXXX` escapes.
    ///
    /// A lone surrogate becomes three bytes, as Python's `surrogatepass` writes it.
    static func rawUnicode(_ text: ArraySlice<UInt8>) throws(InspectionError) -> [UInt8] {
        var rest = text
        var result: [UInt8] = []
        result.reserveCapacity(rest.count)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                encode(UInt32(byte), to: &result)
                continue
            }
            switch escape {
            case UInt8(ascii: "u"): encode(try hex(4, from: &rest), to: &result)
            case UInt8(ascii: "U"):
                let value = try hex(8, from: &rest)
                guard value <= 0x10FFFF else { throw refused("\\U\(String(value, radix: 16)) is no character") }
                encode(value, to: &result)
            default:
                result.append(byte)
                encode(UInt32(escape), to: &result)
            }
        }
        return result
    }

    // MARK: -

    private static func refused(_ message: String) -> InspectionError { InspectionError(.malformed, message) }

    /// `text` up to a NUL, where the functions of C stop, and without the white space around it.
    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var text = text.prefix { $0 != 0 }.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private static func hex(_ count: Int, from text: inout ArraySlice<UInt8>) throws(InspectionError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let byte = text.popFirst(), let digit = hexDigit(byte) else {
                throw refused("an escape of \(count) hexadecimal digits is cut short")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// UTF-8 of a code point up to 10FFFF, surrogates included.
    private static func encode(_ point: UInt32, to bytes: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: point >> shift) & 0x3F }
        switch point {
        case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: point))
        case ..<0x800: bytes += [0xC0 | UInt8(truncatingIfNeeded: point >> 6), tail(0)]
        case ..<0x1_0000: bytes += [0xE0 | UInt8(truncatingIfNeeded: point >> 12), tail(6), tail(0)]
        default: bytes += [0xF0 | UInt8(truncatingIfNeeded: point >> 18), tail(12), tail(6), tail(0)]
        }
    }

    /// A natural number of any size, built digit by digit.
    private struct Magnitude {
        /// The least significant first.
        private var limbs: [UInt32] = []
        /// Digits that wait until they fill a limb, and what the limbs are multiplied by to make room for them.
        private var waiting: UInt64 = 0
        private var scale: UInt64 = 1

        /// The number, when it is one that needed no limb yet.
        var small: Int? { limbs.isEmpty ? Int(waiting) : nil }

        mutating func append(_ digit: Int, base: Int) {
            waiting = waiting * UInt64(base) + UInt64(digit)
            scale *= UInt64(base)
            if scale > 1 << 27 { flush() }
        }

        mutating func flush() {
            var carry = waiting
            for index in limbs.indices {
                carry += UInt64(limbs[index]) * scale
                limbs[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 { limbs.append(UInt32(truncatingIfNeeded: carry)) }
            waiting = 0
            scale = 1
        }

        func twosComplement(isNegative: Bool) -> [UInt8] {
            var bytes: [UInt8] = []
            // One limb more, for the sign.
            for limb in limbs + [0] {
                for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: limb >> shift)) }
            }
            guard isNegative else { return bytes }
            var carry = 1
            for index in bytes.indices {
                carry += Int(~bytes[index])
                bytes[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            return bytes
        }
    }
}
