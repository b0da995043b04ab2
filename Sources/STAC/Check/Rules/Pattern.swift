/// The form of a text, as a regular expression of ECMA-262 gives it in a schema.
///
/// JSON Schema means those of ECMA-262, where `$` is the very end and `\d` and `\w` are ASCII. The validators written in
/// Python go by Python's, where `$` also is before a line feed at the end, and `\d` and `\w` are of all scripts. What only
/// they take is told apart.
struct Pattern: Sendable {
    enum Match {
        case yes, no
        case byPythonAlone(String)
    }

    typealias Scalars = Substring.UnicodeScalarView

    /// As it follows "must be".
    let description: String
    private let holds: @Sendable (Scalars, Alphabet) -> Bool

    init(_ description: String, _ holds: @escaping @Sendable (Scalars, Alphabet) -> Bool) {
        self.description = description
        self.holds = holds
    }

    /// One or more scalars of a kind and nothing else.
    static func all(_ description: String, _ isOne: @escaping @Sendable (Unicode.Scalar, Alphabet) -> Bool) -> Pattern {
        Pattern(description) { text, alphabet in !text.isEmpty && text.allSatisfy { isOne($0, alphabet) } }
    }

    func accepts(_ text: String) -> Bool { if case .no = match(text) { false } else { true } }

    func match(_ text: String) -> Match {
        let scalars = Substring(text).unicodeScalars
        switch (holds(scalars, .ecma), holds(scalars, .python)) {
        case (true, true): return .yes
        case (true, false): return .no
        case (false, true): return .byPythonAlone("has letters, digits or spaces that are not ASCII")
        case (false, false): break
        }
        if scalars.last == "\n", holds(scalars.dropLast(), .python) { return .byPythonAlone("ends with a line feed") }
        return .no
    }
}

/// What `\d`, `\w` and `\s` are.
enum Alphabet {
    case ecma, python

    func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .ecma: scalar.isDigit
        case .python: scalar.properties.numericType == .decimal
        }
    }

    func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" || scalar.isDigit || scalar.isLetter { return true }
        guard self == .python else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return scalar.properties.numericType != nil
        }
    }

    /// What `.` does not stand for.
    func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || (self == .ecma && ["\r", "\u{2028}", "\u{2029}"].contains(scalar))
    }

    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch (scalar.value, self) {
        case (0x09...0x0D, _), (0x20, _), (0x2028, _), (0x2029, _): true
        case (0xFEFF, .ecma), (0x1C...0x1F, .python), (0x85, .python): true
        default: scalar.properties.generalCategory == .spaceSeparator
        }
    }
}

extension Unicode.Scalar {
    /// 0 to 9.
    var isDigit: Bool { (0x30...0x39).contains(value) }
    var isLowercaseLetter: Bool { (0x61...0x7A).contains(value) }
    var isUppercaseLetter: Bool { (0x41...0x5A).contains(value) }
    /// a to z, in either case.
    var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
}
