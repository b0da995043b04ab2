/// A JSON number as it is written: no digit is lost, however many there are.
///
/// Two numbers are equal when their text is: `1.0` is not `1`.
public struct JSONNumber: Hashable, Sendable {
    /// A number by RFC 8259 section 6; or `NaN`, `Infinity`, `-Infinity` where the dialect took them.
    public let text: String

    /// `text` has been checked by the grammar.
    package init(checked text: String) { self.text = text }

    /// The decimal digits of `value`.
    public init(_ value: some BinaryInteger) { text = String(value) }

    /// The shortest text that gives `value` again; nil when `value` is not finite.
    public init?(_ value: some BinaryFloatingPoint & LosslessStringConvertible) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// False for the words that only a dialect takes.
    var isFinite: Bool { text.utf8.last.map { $0 &- 0x30 < 10 } ?? false }

    /// The nearest `Double`; nil when the number is beyond its range, as `1e400` is.
    public var double: Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// The value when it is an integer that fits, whichever way it is written: `3`, `3.0` and `0.3e1` are all 3.
    public var int: Int? { integer() }

    /// As `int`, for any width.
    public func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self) -> Integer? {
        Self.integer(text.utf8.span)
    }

    /// `text` has been checked by the grammar.
    static func integer<Integer: FixedWidthInteger>(
        _ text: Span<UInt8>, as type: Integer.Type = Integer.self
    ) -> Integer? {
        let negative = text[0] == UInt8(ascii: "-")
        guard text.count <= 18 else { return integer(scientific: text) }
        // 18 digits fit, whatever they are.
        var value = 0
        for position in (negative ? 1 : 0)..<text.count {
            let digit = text[position] &- 0x30
            guard digit < 10 else { return integer(scientific: text) }
            value = value &* 10 &+ Int(digit)
        }
        return Integer(exactly: negative ? -value : value)
    }

    /// Takes the number as digits without trailing zeros times a power of ten: an integer when the power is not negative.
    private static func integer<Integer: FixedWidthInteger>(scientific text: Span<UInt8>) -> Integer? {
        var digits: [UInt8] = []
        var power = 0
        var isFraction = false
        var position = 0
        while position < text.count, text[position] | 0x20 != UInt8(ascii: "e") {
            switch text[position] {
            case UInt8(ascii: "-"): break
            case UInt8(ascii: "."): isFraction = true
            case let byte where byte &- 0x30 < 10:
                digits.append(byte &- 0x30)
                if isFraction { power -= 1 }
            default: return nil
            }
            position += 1
        }
        while digits.last == 0 {
            digits.removeLast()
            power += 1
        }
        if digits.isEmpty { return 0 }
        if position < text.count {
            position += text[position + 1] == UInt8(ascii: "+") ? 2 : 1
            guard let exponent = integer(text.extracting(position..<text.count), as: Int.self) else { return nil }
            let (sum, overflow) = power.addingReportingOverflow(exponent)
            if overflow { return nil }
            power = sum
        }
        guard power >= 0 else { return nil }
        let negative = text[0] == UInt8(ascii: "-")
        var value: Integer = 0
        for digit in digits {
            guard value.append(digit, negative: negative) else { return nil }
        }
        // Ends after a few rounds: the value is not zero, so it soon overflows.
        for _ in 0..<power {
            guard value.append(0, negative: negative) else { return nil }
        }
        return value
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}

extension FixedWidthInteger {
    /// Makes `123` from `12` and `3`; false when it does not fit.
    fileprivate mutating func append(_ digit: UInt8, negative: Bool) -> Bool {
        let (tenfold, overflow) = multipliedReportingOverflow(by: 10)
        let (sum, carry) =
            negative
            ? tenfold.subtractingReportingOverflow(Self(digit)) : tenfold.addingReportingOverflow(Self(digit))
        self = sum
        return !overflow && !carry
    }
}
