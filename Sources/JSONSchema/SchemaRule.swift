import ModelJSON

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
    /// A keyword whose value draft-07 does not allow.
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

/// A regular expression of a schema; nil when it is not one, or not one that is understood here.
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
