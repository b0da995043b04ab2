import ModelContainers
public import ModelJSON

/// The JSON Schema of the record, derived from `Record` itself.
public enum RecordSchema {
    /// Draft 2020-12: every key, its type, the values of enumerations, what is required; no other keys.
    public static let document: JSONValue = {
        let definitions = SchemaDefinitions()
        let root = SchemaDraft()
        do {
            _ = try Record(from: SchemaDecoder(draft: root, definitions: definitions, codingPath: []))
        } catch {
            preconditionFailure("a type of the record cannot be described: \(error)")
        }
        var document: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string(Record.schema),
            "description": "What mlm-inspect says about one artifact.",
        ]
        for (key, value) in root.schema { document[key] = value }
        if var properties = document["properties"]?.object {
            properties["schema"] = ["const": .string(Record.schema)]
            document["properties"] = .object(properties)
        }
        document["$defs"] = .object(definitions.schema)
        return .object(document)
    }()
}
