import ModelContainers
package import ModelFormats
public import ModelJSON

/// The JSON Schema of the record, derived from `Record` itself.
public enum RecordSchema {
    /// Draft 2020-12: every key, its type, the values of enumerations, what is required; no other keys.
    public static let document = document(for: .all)

    /// The same for a record of any of these formats.
    package static func document(for formats: FormatList) -> JSONValue {
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
        document["$defs"] = .object(named(formats, in: definitions.schema))
        return .object(document)
    }

    /// An id is one of those that the formats have.
    private static func named(_ formats: FormatList, in definitions: JSONObject) -> JSONObject {
        var definitions = definitions
        var ids: Set<String> = []
        let known = formats.identities.map(\.id).filter { ids.insert($0).inserted }
        for name in ["FormatGuess", "Alternative"] {
            guard var type = definitions[name]?.object, var properties = type["properties"]?.object,
                var id = properties["id"]?.object
            else { preconditionFailure("the record's \(name) has no id") }
            id["enum"] = .array(known.map { .string($0) })
            properties["id"] = .object(id)
            type["properties"] = .object(properties)
            definitions[name] = .object(type)
        }
        return definitions
    }
}
