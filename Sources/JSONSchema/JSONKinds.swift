import ModelJSON

/// The kinds of values that `type` names.
struct JSONKinds: OptionSet {
    let rawValue: UInt8

    static let null = JSONKinds(rawValue: 1)
    static let bool = JSONKinds(rawValue: 2)
    static let integer = JSONKinds(rawValue: 4)
    static let number = JSONKinds(rawValue: 8)
    static let string = JSONKinds(rawValue: 16)
    static let array = JSONKinds(rawValue: 32)
    static let object = JSONKinds(rawValue: 64)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nil for a word that is no kind.
    init?(_ word: String) {
        switch word {
        case "null": self = .null
        case "boolean": self = .bool
        case "integer": self = .integer
        case "number": self = .number
        case "string": self = .string
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    /// Whether a value is of one of these kinds.
    func include(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.bool)
        case .number(let number): contains(.number) || (contains(.integer) && number.isWhole)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// As it follows "must be".
    var expectation: String {
        let words: [(JSONKinds, String)] = [
            (.string, "a text"), (.number, "a number"), (.integer, "a whole number"), (.bool, "true or false"),
            (.array, "a list"), (.object, "an object"), (.null, "null"),
        ]
        return words.filter { contains($0.0) }.map(\.1).joined(separator: ", or ")
    }
}
