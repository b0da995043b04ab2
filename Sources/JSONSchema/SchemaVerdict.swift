/// What a schema says of a value, where not every rule can be decided.
package enum SchemaVerdict: Sendable {
    case valid, invalid, undecided

    init(_ isValid: Bool) { self = isValid ? .valid : .invalid }

    /// Both hold: one that does not decides.
    static func && (one: SchemaVerdict, other: SchemaVerdict) -> SchemaVerdict {
        switch (one, other) {
        case (.invalid, _), (_, .invalid): .invalid
        case (.undecided, _), (_, .undecided): .undecided
        default: .valid
        }
    }
}

/// What is wrong at a place of a document, or what could not be checked there.
package struct SchemaFinding: Hashable, Sendable {
    /// Keys and positions from the root of the document on.
    package let place: [String]
    package let message: String
}

/// How a document stands to one schema.
package struct SchemaResult: Sendable {
    package let verdict: SchemaVerdict
    /// Rules that do not hold; at least one when the verdict is `invalid`.
    package let failures: [SchemaFinding]
    /// Rules that could not be checked; at least one when the verdict is `undecided`.
    package let undecided: [SchemaFinding]
}
