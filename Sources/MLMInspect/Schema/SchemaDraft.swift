import ModelContainers
import ModelJSON

/// What is known of the JSON of one type while it is written down: the keywords of JSON Schema that a record needs.
final class SchemaDraft {
    /// A word of JSON Schema's `type`; nil for any value at all.
    var type: String?
    /// Every value of an enumeration.
    var cases: [String]?
    /// The name of a type in `$defs`, which says the rest.
    var reference: String?
    /// Of an array: every element.
    var element: SchemaDraft?
    /// Of a dictionary: every value.
    var member: SchemaDraft?
    /// In the order in which they are decoded, which is the order of declaration.
    private var properties: [(key: String, draft: SchemaDraft)] = []
    private var optionalKeys: Set<String> = []

    func property(_ key: String) -> SchemaDraft {
        let draft = SchemaDraft()
        properties.append((key, draft))
        return draft
    }

    func markOptional(_ key: String) { optionalKeys.insert(key) }

    var schema: JSONObject {
        if let reference { return ["$ref": .string("#/$defs/\(reference)")] }
        var schema = JSONObject()
        if let type { schema["type"] = .string(type) }
        if let cases { schema["enum"] = .array(cases.map(JSONValue.string)) }
        if let element { schema["items"] = .object(element.schema) }
        if let member { schema["additionalProperties"] = .object(member.schema) }
        if !properties.isEmpty {
            let required = properties.map(\.key).filter { !optionalKeys.contains($0) }
            schema["properties"] = .object(JSONObject(properties.map { ($0.key, .object($0.draft.schema)) }))
            if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
            schema["additionalProperties"] = false
        }
        return schema
    }
}
