import JSONSchema

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
