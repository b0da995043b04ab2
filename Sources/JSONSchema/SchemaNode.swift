import ModelJSON

/// One schema. Its keywords are made ready when it is first used, and what `$ref` leads to is looked up then, so that only
/// what a document comes to is ever looked at.
final class SchemaNode {
    private let schema: JSONValue
    private let base: String
    private(set) lazy var rules = SchemaCompiler.rules(schema, base: base)

    /// `base`: the address that references in it are relative to.
    init(_ schema: JSONValue, base: String) {
        self.schema = schema
        self.base = base
    }
}

/// A keyword of draft-07, or several that go together.
enum SchemaRule {
    /// The schema `false`.
    case never
    case reference(SchemaReference)
    /// The value has to be a schema itself: a reference to draft-07's own.
    case schema
    case kinds(JSONKinds)
    /// `enum`, and `const` as one of one.
    case words(SchemaWords)
    case bound(NumberBound)
    case multiple(of: JSONNumber)
    case length(CountRange)
    case pattern(SchemaPattern)
    case format(Format)
    case items(SchemaNode)
    /// `items` that is a list, and `additionalItems`.
    case tuple([SchemaNode], others: SchemaNode?)
    case contains(SchemaNode)
    case itemCount(CountRange)
    case unique
    case members(SchemaMembers)
    case names(SchemaNode)
    case required([String])
    case memberCount(CountRange)
    case requires(key: String, others: [String])
    case depends(key: String, SchemaNode)
    case all([SchemaNode])
    case any([SchemaNode])
    case one([SchemaNode])
    case not(SchemaNode)
    case condition(SchemaNode, then: SchemaNode?, otherwise: SchemaNode?)
    /// A keyword whose value is none that draft-07 allows.
    case broken(String)
}

/// `minimum` and its like.
struct NumberBound {
    enum Side { case atLeast, atMost, above, below }
    let side: Side
    let number: JSONNumber
}

/// `minLength` and `maxLength`, and those of items and properties.
struct CountRange {
    var least = 0
    var most = Int.max

    func contains(_ count: Int) -> Bool { count >= least && count <= most }
}

/// `enum` and `const`: values that are compared as JSON Schema compares them.
struct SchemaWords {
    let values: [JSONValue]
    private var texts: Set<JSONKey> = []
    private var others: Set<SameValue> = []

    init(_ values: [JSONValue]) {
        self.values = values
        for value in values {
            if let text = value.string { texts.insert(JSONKey(text)) } else { others.insert(SameValue(value)) }
        }
    }

    func contains(_ value: JSONValue) -> Bool {
        if let text = value.string { return texts.contains(JSONKey(text)) }
        return !others.isEmpty && others.contains(SameValue(value))
    }
}

/// `properties`, `patternProperties` and `additionalProperties`.
struct SchemaMembers {
    var named: [JSONKey: SchemaNode] = [:]
    var patterns: [(pattern: SchemaPattern, node: SchemaNode)] = []
    var others: SchemaNode?
    /// The names, in the order of the schema.
    var names: [String] = []
}

/// A regular expression of a schema; nil when it is none, or none that is understood here.
struct SchemaPattern {
    let text: String
    let pattern: ECMAPattern?
    /// Why there is no pattern.
    let problem: String

    init(_ text: String) {
        self.text = text
        do throws(PatternError) {
            pattern = try ECMAPattern(text)
            problem = ""
        } catch {
            pattern = nil
            switch error {
            case .malformed(let why), .unsupported(let why): problem = why
            }
        }
    }
}

/// Where `$ref` leads, once it was followed.
final class SchemaReference {
    let text: String
    /// The address that it is relative to.
    let base: String
    var target: Result<SchemaNode, MissingSchema>?

    init(_ text: String, base: String) {
        self.text = text
        self.base = base
    }

    /// The whole address that it stands for.
    var address: SchemaURI { SchemaURI(text).resolved(against: SchemaURI(base)) }

    /// Whether it is draft-07's own schema.
    var isMetaSchema: Bool {
        text.hasPrefix("http://json-schema.org/draft-07/schema") && (text.hasSuffix("/schema") || text.hasSuffix("#"))
    }
}

/// A `$ref` that leads nowhere.
struct MissingSchema: Error { let message: String }

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
