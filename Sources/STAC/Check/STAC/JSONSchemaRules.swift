import JSONSchema
import ModelContainers
import ModelJSON

/// JSON Schema draft-07, its own schema: a summary of a Collection may be one.
enum JSONSchemaRules {
    static let schemaOfSummary: Rule = .all(.object(atLeast: 1), schema)

    private static let schema: Rule = .nested("a JSON Schema") { schemaOrBool }

    private static let schemaOrBool: Rule = Rule("a JSON Schema") { value, report in
        (value.bool == nil ? keywords : .anything).check(value, &report)
    }

    private static let keywords: Rule = .object([
        "$id": .string, "$schema": .string, "$ref": .string, "$comment": .string, "title": .string,
        "description": .string, "readOnly": .bool, "examples": .list(),
        "multipleOf": .positiveNumber, "maximum": .number, "exclusiveMaximum": .number, "minimum": .number,
        "exclusiveMinimum": .number,
        "maxLength": count, "minLength": count, "pattern": regularExpression,
        "additionalItems": schema, "items": .list(schemas, or: schema), "maxItems": count, "minItems": count,
        "uniqueItems": .bool, "contains": schema,
        "maxProperties": count, "minProperties": count, "required": texts, "additionalProperties": schema,
        "definitions": .object(others: schema), "properties": .object(others: schema),
        "patternProperties": .all(.object(others: schema), keysAreRegularExpressions),
        "dependencies": .object(others: .list(texts, or: schema)), "propertyNames": schema,
        "enum": .list(), "type": .list(.list(of: type, atLeast: 1, unique: true), or: type),
        "format": .string, "contentMediaType": .string, "contentEncoding": .string,
        "if": schema, "then": schema, "else": schema,
        "allOf": schemas, "anyOf": schemas, "oneOf": schemas, "not": schema,
    ])

    private static let count = Rule.integer(atLeast: 0)
    private static let texts = Rule.list(of: .string, unique: true)
    private static let schemas: Rule = .list(of: schema, atLeast: 1)
    private static let type = Rule.word(of: ["array", "boolean", "integer", "null", "number", "object", "string"])

    private static let regularExpression = Rule.test("a regular expression") { value in
        value.string.map(isRegularExpression) ?? false
    }

    private static let keysAreRegularExpressions = Rule.members { object, report in
        for key in object.keys where !isRegularExpression(key) {
            report.at(key) { $0.broken("is not a regular expression") }
        }
    }

    /// What nobody here can say passes.
    private static func isRegularExpression(_ text: String) -> Bool { Format.regex.accepts(text) ?? true }

    /// Whether a value is a schema, for those that refer to draft-07's own.
    static func isSchema(_ value: JSONValue) -> Bool { schemaOrBool.accepts(value, by: .current) }
}
