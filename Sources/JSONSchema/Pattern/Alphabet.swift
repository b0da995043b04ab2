/// What `\d`, `\w`, `\s` and `.` stand for in a regular expression.
///
/// JSON Schema means those of ECMA-262, where `\d` and `\w` are ASCII. Validators written in Python go by Python's.
package enum Alphabet: Sendable {
    case ecma, python

    package func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .ecma: scalar.isDigit
        case .python: scalar.properties.numericType == .decimal
        }
    }

    package func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" || scalar.isDigit || scalar.isLetter { return true }
        guard self == .python, !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return scalar.properties.numericType != nil
        }
    }

    /// What `.` does not stand for.
    package func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || (self == .ecma && ["\r", "\u{2028}", "\u{2029}"].contains(scalar))
    }

    package func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch (scalar.value, self) {
        case (0x09...0x0D, _), (0x20, _), (0x2028, _), (0x2029, _): true
        case (0xFEFF, .ecma), (0x1C...0x1F, .python), (0x85, .python): true
        case (0..<0x80, _): false
        default: scalar.properties.generalCategory == .spaceSeparator
        }
    }
}

extension Unicode.Scalar {
    /// 0 to 9.
    package var isDigit: Bool { (0x30...0x39).contains(value) }
    package var isLowercaseLetter: Bool { (0x61...0x7A).contains(value) }
    package var isUppercaseLetter: Bool { (0x41...0x5A).contains(value) }
    /// a to z, in either case.
    package var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
    /// 0 to 9 and a to f, in either case.
    package var isHexDigit: Bool { isDigit || (0x61...0x66).contains(value | 0x20) }
}
