import ModelContainers
import ModelJSON

/// A `Decoder` without data: a type that is decoded from it tells which keys it reads, of which types, and which of them
/// it can do without. So the schema cannot say anything else than the code does.
///
/// A type is shown one element of each array and one member of each dictionary, and is given values that it accepts.
struct SchemaDecoder: Decoder {
    let draft: SchemaDraft
    let definitions: SchemaDefinitions
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        draft.type = "object"
        return KeyedDecodingContainer(SchemaMembers(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        let element = SchemaDraft()
        draft.type = "array"
        draft.element = element
        return SchemaElements(decoder: inside(element, "0"))
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SchemaValue(decoder: self) }

    /// The decoder of something inside this.
    func inside(_ draft: SchemaDraft, _ key: String) -> SchemaDecoder {
        SchemaDecoder(draft: draft, definitions: definitions, codingPath: codingPath + [SchemaKey(key)])
    }

    /// Some value of `type`; its schema is in the draft then.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let known = SchemaKind(type) {
            draft.type = known.type
            draft.cases = known.cases
            guard let value = known.value as? Value else {
                throw DecodingError.typeMismatch(type, .init(codingPath: codingPath, debugDescription: "not a \(type)"))
            }
            return value
        }
        return try definitions.value(type, self)
    }
}

/// A type whose schema is known without decoding it.
private struct SchemaKind {
    let type: String?
    var cases: [String]?
    /// Any value of the type.
    let value: Any

    init?<Value>(_ type: Value.Type) {
        switch type {
        case is Bool.Type: (self.type, value) = ("boolean", false)
        case is String.Type: (self.type, value) = ("string", "")
        case let integer as any FixedWidthInteger.Type: (self.type, value) = ("integer", Self.zero(integer))
        case let number as any BinaryFloatingPoint.Type: (self.type, value) = ("number", Self.zero(number))
        case is JSONObject.Type: (self.type, value) = ("object", JSONObject())
        case is JSONValue.Type: (self.type, value) = (nil, JSONValue.null)
        case let enumeration as any CaseIterable.Type:
            let all = Self.all(enumeration)
            let spelt = all.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
            guard let first = all.first, spelt.count == all.count else { return nil }
            (self.type, cases, value) = ("string", spelt, first)
        default: return nil
        }
    }

    private static func zero<Value: Numeric>(_ type: Value.Type) -> Any { Value.zero }
    private static func all<Value: CaseIterable>(_ type: Value.Type) -> [Any] { Array(type.allCases) }
}

struct SchemaKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
