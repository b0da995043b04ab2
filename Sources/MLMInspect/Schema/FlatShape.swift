package import ModelJSON

/// The record as a row of a table: a copy in which a key is always of one type, and there on every line, null where nothing
/// is known. It follows the schema of the record, so that what is new in a record is in it by itself.
///
/// - An object with keys of its own stays one.
/// - An object whose keys are data, such as opsets by domain, is a list of `key` and `value`.
/// - An object of any values, such as hyperparameters, is a list of `key` and `json`, the value as JSON text.
/// - Any other value of no fixed type is JSON text.
package indirect enum FlatShape: Sendable {
    /// A value of one JSON type, with its schema; it is kept as it is.
    case plain(JSONObject)
    /// Any value without a fixed type, as compact JSON text.
    case text
    /// A list whose elements all have one shape.
    case list(FlatShape)
    /// An object with a fixed set of keys; each is present, null if unknown.
    case object([(key: String, shape: FlatShape)])
    /// An object whose keys are data, as a list of `key` and `value`.
    case members(FlatShape)
    /// An object with values of any type, as a list of `key` and `json`, the value as JSON text.
    case settings

    /// The shape of a record.
    package static let record = FlatShape(RecordSchema.document, RecordSchema.document["$defs"] ?? .null)

    private init(_ schema: JSONValue, _ definitions: JSONValue) {
        if let name = schema["$ref"]?.string?.split(separator: "/").last {
            self = FlatShape(definitions[String(name)] ?? .null, definitions)
        } else if let properties = schema["properties"]?.object {
            self = .object(properties.map { ($0.0, FlatShape($0.1, definitions)) })
        } else if let member = schema["additionalProperties"]?.object {
            self = .members(FlatShape(.object(member), definitions))
        } else if let items = schema["items"] {
            self = .list(FlatShape(items, definitions))
        } else if schema["type"] == "object" {
            self = .settings
        } else if let plain = schema.object, plain["type"] != nil || plain["const"] != nil {
            self = .plain(plain)
        } else {
            self = .text
        }
    }

    /// The value in this shape; null where there is none or one of another type.
    package func flat(_ value: JSONValue?) -> JSONValue {
        guard let value, value != .null else { return .null }
        switch self {
        case .plain: return value
        case .text: return .string(value.write(pretty: false))
        case .list(let shape): return value.array.map { .array($0.map(shape.flat)) } ?? .null
        case .object(let shapes):
            guard let object = value.object else { return .null }
            return .object(JSONObject(shapes.map { ($0.key, $0.shape.flat(object[$0.key])) }))
        case .members(let shape): return entries(value, "value") { shape.flat($0) }
        // A setting that is null is said to be, as JSON text.
        case .settings: return entries(value, "json") { .string($0.write(pretty: false)) }
        }
    }

    private func entries(_ value: JSONValue, _ name: String, _ flat: (JSONValue) -> JSONValue) -> JSONValue {
        guard let object = value.object else { return .null }
        return .array(object.map { .object(["key": .string($0.key), name: flat($0.value)]) })
    }

    /// Its JSON Schema; `isOptional` where null stands for what is not known.
    package func schema(isOptional: Bool) -> JSONObject {
        var schema = JSONObject()
        switch self {
        case .plain(let plain): schema = plain
        case .text: schema = ["type": "string", "contentMediaType": "application/json"]
        case .list(let shape): schema = ["type": "array", "items": .object(shape.schema(isOptional: false))]
        case .object(let shapes):
            schema = Self.object(shapes.map { ($0.key, $0.shape.schema(isOptional: true)) })
        case .members(let shape):
            schema = ["type": "array", "items": .object(Self.entry("value", shape.schema(isOptional: false)))]
        case .settings:
            schema = ["type": "array", "items": .object(Self.entry("json", FlatShape.text.schema(isOptional: false)))]
        }
        guard isOptional, let type = schema["type"] else { return schema }
        schema["type"] = [type, "null"]
        if let cases = schema["enum"]?.array { schema["enum"] = .array(cases + [.null]) }
        return schema
    }

    private static func entry(_ name: String, _ value: JSONObject) -> JSONObject {
        object([("key", ["type": "string"]), (name, value)])
    }

    private static func object(_ members: [(String, JSONObject)]) -> JSONObject {
        [
            "type": "object", "properties": .object(JSONObject(members.map { ($0.0, .object($0.1)) })),
            "required": .array(members.map { .string($0.0) }), "additionalProperties": false,
        ]
    }
}

extension RecordSchema {
    /// The JSON Schema of a line of `-f ndjson --flat`.
    package static var flat: JSONValue {
        var document: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(Record.schema + "/flat"),
            "description": """
            What mlm-inspect says about one artifact, as a row of a table: every key is on every line, null where \
            nothing is known. Settings of any type are lists of key and JSON text.
            """,
        ]
        for (key, value) in FlatShape.record.schema(isOptional: false) { document[key] = value }
        return .object(document)
    }
}
