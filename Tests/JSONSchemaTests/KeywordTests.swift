import JSONSchema
import ModelBytes
import ModelJSON
import Testing

/// Every keyword of draft-07: what it takes, and what it does not.
@Suite struct KeywordTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let schema: String
        let valid: [String]
        let invalid: [String]
        var testDescription: String { schema }

        init(_ schema: String, valid: [String], invalid: [String]) {
            self.schema = schema
            self.valid = valid
            self.invalid = invalid
        }
    }

    static let scalars = [
        Case("true", valid: ["1", "null"], invalid: []),
        Case("false", valid: [], invalid: ["1", "null"]),
        Case(#"{"type": "string"}"#, valid: [#""""#], invalid: ["1", "null", "[]"]),
        Case(#"{"type": "integer"}"#, valid: ["1", "1.0", "1e2", "-0"], invalid: ["1.5", "true", #""1""#]),
        Case(#"{"type": "number"}"#, valid: ["1", "1.5"], invalid: [#""1""#, "false"]),
        Case(#"{"type": ["null", "boolean"]}"#, valid: ["null", "true"], invalid: ["0", "{}"]),
        Case(#"{"type": "object"}"#, valid: ["{}"], invalid: ["[]"]),
        Case(#"{"type": "array"}"#, valid: ["[]"], invalid: ["{}"]),
        Case(
            #"{"enum": [1, "a", {"b": [2]}, null]}"#, valid: ["1.0", #""a""#, #"{"b": [2.0]}"#, "null"],
            invalid: ["2", #""A""#, #"{"b": []}"#, "false"]),
        Case(#"{"const": {"a": 1, "b": 2}}"#, valid: [#"{"b": 2, "a": 1}"#], invalid: [#"{"a": 1}"#, "1"]),
        Case(#"{"const": 0}"#, valid: ["0", "0.0", "-0"], invalid: ["false", "null", #""0""#]),
        Case(#"{"const": "é"}"#, valid: [#""\u00e9""#], invalid: [#""e\u0301""#]),
        Case(#"{"multipleOf": 2}"#, valid: ["4", "0", "-2", #""a""#], invalid: ["3", "2.5"]),
        Case(#"{"multipleOf": 0.1}"#, valid: ["0.3", "1", "4.4"], invalid: ["0.35"]),
        Case(#"{"multipleOf": 0.0001}"#, valid: ["0.0075"], invalid: ["0.00751"]),
        Case(#"{"maximum": 3}"#, valid: ["3", "3.0", "-1e400", #""9""#], invalid: ["3.1", "1e400"]),
        Case(#"{"exclusiveMaximum": 3}"#, valid: ["2.99"], invalid: ["3", "3.0"]),
        Case(#"{"minimum": -2}"#, valid: ["-2", "0"], invalid: ["-2.1"]),
        Case(#"{"exclusiveMinimum": 1.1}"#, valid: ["1.2"], invalid: ["1.1", "1"]),
        Case(
            #"{"maximum": 9007199254740992}"#, valid: ["9007199254740992"], invalid: ["9007199254740993"]),
        Case(#"{"maxLength": 2}"#, valid: [#""ab""#, #""\ud83d\ude00\ud83d\ude00""#, "333"], invalid: [#""abc""#]),
        // Code points, not characters: e and an accent are two.
        Case(#"{"minLength": 2}"#, valid: [#""ab""#, #""e\u0301""#], invalid: [#""a""#, #""\ud83d\ude00""#]),
        Case(#"{"pattern": "^a*$"}"#, valid: [#""aaa""#, #""""#, "1"], invalid: [#""ab""#]),
        Case(#"{"pattern": "a+"}"#, valid: [#""xxaayy""#], invalid: [#""xyz""#]),
        Case(#"{"format": "date"}"#, valid: [#""2024-02-29""#, "1"], invalid: [#""2023-02-29""#]),
        Case(#"{"format": "something"}"#, valid: [#""x""#], invalid: []),
    ]

    static let containers = [
        Case(#"{"items": {"type": "integer"}}"#, valid: ["[1, 2]", "[]", "{}"], invalid: [#"[1, "2"]"#]),
        Case(
            #"{"items": [{"type": "integer"}, {"type": "string"}]}"#, valid: [#"[1, "a", null]"#, "[1]"],
            invalid: ["[1, 2]"]),
        Case(
            #"{"items": [true], "additionalItems": {"type": "integer"}}"#, valid: [#"["a", 2]"#],
            invalid: [#"["a", "b"]"#]),
        Case(#"{"items": [true], "additionalItems": false}"#, valid: ["[1]"], invalid: ["[1, 2]"]),
        Case(#"{"items": {}, "additionalItems": false}"#, valid: ["[1, 2]"], invalid: []),
        Case(#"{"maxItems": 1}"#, valid: ["[1]", "{}"], invalid: ["[1, 2]"]),
        Case(#"{"minItems": 1}"#, valid: ["[1]", #""""#], invalid: ["[]"]),
        Case(
            #"{"uniqueItems": true}"#, valid: ["[1, true]", "[[1], [2]]", #"[{"a": 1}, {"a": 2}]"#, "[0, false]"],
            invalid: ["[1, 1.0]", "[[1], [1]]", #"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#]),
        Case(#"{"uniqueItems": false}"#, valid: ["[1, 1]"], invalid: []),
        Case(#"{"contains": {"minimum": 5}}"#, valid: ["[1, 5]", "3"], invalid: ["[1, 2]", "[]"]),
        Case(#"{"maxProperties": 1}"#, valid: [#"{"a": 1}"#, "[1, 2]"], invalid: [#"{"a": 1, "b": 2}"#]),
        Case(#"{"minProperties": 1}"#, valid: [#"{"a": 1}"#], invalid: ["{}"]),
        Case(#"{"required": ["a", "b"]}"#, valid: [#"{"a": 1, "b": null}"#, "1"], invalid: [#"{"a": 1}"#]),
        Case(
            #"{"properties": {"a": {"type": "integer"}, "b": false}}"#, valid: [#"{"a": 1, "c": 2}"#, "{}"],
            invalid: [#"{"a": "1"}"#, #"{"b": 1}"#]),
        Case(
            #"{"patternProperties": {"^f.*o$": {"type": "integer"}}}"#, valid: [#"{"fo": 1, "bar": "x"}"#],
            invalid: [#"{"foo": "x"}"#]),
        Case(
            #"{"properties": {"a": {}}, "patternProperties": {"^b": {}}, "additionalProperties": false}"#,
            valid: [#"{"a": 1, "bc": 2}"#], invalid: [#"{"c": 1}"#]),
        Case(
            #"{"properties": {"a": {}}, "additionalProperties": {"type": "boolean"}}"#,
            valid: [#"{"a": 1, "b": true}"#],
            invalid: [#"{"b": 1}"#]),
        Case(#"{"propertyNames": {"maxLength": 2}}"#, valid: [#"{"ab": 1}"#, "[]"], invalid: [#"{"abc": 1}"#]),
        Case(
            #"{"dependencies": {"a": ["b"]}}"#, valid: [#"{"a": 1, "b": 2}"#, #"{"b": 1}"#, "[]"],
            invalid: [#"{"a": 1}"#]),
        Case(
            #"{"dependencies": {"a": {"required": ["b"]}, "c": false}}"#, valid: [#"{"a": 1, "b": 2}"#],
            invalid: [#"{"a": 1}"#, #"{"c": 1}"#]),
    ]

    static let combinations = [
        Case(#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, valid: ["1", "2"], invalid: ["0", "3"]),
        Case(#"{"anyOf": [{"type": "integer"}, {"minimum": 2}]}"#, valid: ["1", "2.5"], invalid: ["1.5"]),
        Case(#"{"oneOf": [{"type": "integer"}, {"minimum": 2}]}"#, valid: ["1", "2.5"], invalid: ["3", "1.5"]),
        Case(#"{"not": {"type": "integer"}}"#, valid: [#""a""#], invalid: ["1"]),
        Case(#"{"not": {}}"#, valid: [], invalid: ["1"]),
        Case(
            #"{"if": {"minimum": 0}, "then": {"multipleOf": 2}, "else": {"maximum": -10}}"#, valid: ["2", "-11"],
            invalid: ["3", "-1"]),
        Case(#"{"if": {"const": 1}, "then": false}"#, valid: ["2"], invalid: ["1"]),
        Case(#"{"then": false, "else": false}"#, valid: ["1"], invalid: []),
        Case(
            ##"{"$ref": "#/definitions/a", "definitions": {"a": {"type": "integer"}}}"##, valid: ["1"],
            invalid: [#""a""#]),
        // What stands beside a reference does not count.
        Case(
            ##"{"properties": {"x": {"$ref": "#/definitions/a", "maximum": 1}}, "definitions": {"a": {"type": "integer"}}}"##,
            valid: [#"{"x": 5}"#], invalid: [#"{"x": "5"}"#]),
        Case(
            #"{"properties": {"$ref": {"type": "string"}}}"#, valid: [#"{"$ref": "a"}"#], invalid: [#"{"$ref": 1}"#]),
        Case(
            ##"{"properties": {"child": {"$ref": "#"}}, "additionalProperties": false}"##,
            valid: [#"{"child": {"child": {}}}"#], invalid: [#"{"child": {"other": 1}}"#]),
        Case(
            ##"{"$ref": "#/definitions/a~1b%25/items/0", "definitions": {"a/b%": {"items": [{"minimum": 3}]}}}"##,
            valid: ["3"], invalid: ["2"]),
        Case(
            ##"{"allOf": [{"$ref": "#here"}], "definitions": {"x": {"$id": "#here", "type": "integer"}}}"##,
            valid: ["1"], invalid: [#""1""#]),
        Case(
            ##"{"allOf": [{"$ref": "folder/item.json"}], "definitions": {"x": {"$id": "folder/", "definitions": {"y": {"$id": "item.json", "allOf": [{"$ref": "other.json"}]}, "z": {"$id": "other.json", "type": "integer"}}}}}"##,
            valid: ["1"], invalid: [#""1""#]),
        Case(##"{"$ref": "http://json-schema.org/draft-07/schema#"}"##, valid: ["{}", "true"], invalid: ["1", "[]"]),
    ]

    static func verdict(_ value: String, by schema: String) throws -> SchemaVerdict {
        let library = SchemaLibrary()
        let parsed = try JSONValue.parse(schema)
        if !library.add(parsed, at: "https://example.com/schema.json") {
            // A schema that is no object has no address; it stands in one.
            library.add(["items": parsed], at: "https://example.com/schema.json")
            return try #require(library.check([try JSONValue.parse(value)], by: "https://example.com/schema.json"))
                .verdict
        }
        return try #require(library.check(try JSONValue.parse(value), by: "https://example.com/schema.json")).verdict
    }

    @Test(arguments: scalars + containers + combinations)
    func takesWhatItShould(_ one: Case) throws {
        for value in one.valid { #expect(try Self.verdict(value, by: one.schema) == .valid, "\(value)") }
        for value in one.invalid { #expect(try Self.verdict(value, by: one.schema) == .invalid, "\(value)") }
    }

    /// A keyword that a schema misuses is not checked, and never taken for broken or for kept.
    @Test(arguments: [
        #"{"type": "text"}"#, #"{"minimum": "1"}"#, #"{"required": "a"}"#, #"{"minItems": -1}"#, #"{"pattern": "("}"#,
        #"{"properties": []}"#, #"{"anyOf": []}"#, #"{"enum": 1}"#, #"{"multipleOf": 0}"#, #"{"pattern": "\\p{L}"}"#,
        #"{"$ref": "other.json"}"#, ##"{"$ref": "#/definitions/none"}"##, ##"{"$ref": "#none"}"##,
        #"{"not": {"type": "text"}}"#,
        #"{"dependencies": {"a": [1]}}"#, #"{"anyOf": [{"type": "text"}, false]}"#,
        #"{"oneOf": [{"type": "text"}, true]}"#,
        #"{"if": {"type": "text"}, "then": false}"#, #"{"items": 1}"#, #"{"contains": {"type": "text"}}"#,
    ])
    func whatCannotBeDecidedIsSaid(_ schema: String) throws {
        for value in [#""a""#, #"{"a": 1}"#, "[1, 2]", "5"] {
            let library = SchemaLibrary()
            library.add(try JSONValue.parse(schema), at: "https://example.com/schema.json")
            let result = try #require(library.check(try JSONValue.parse(value), by: "https://example.com/schema.json"))
            #expect(result.verdict != .invalid, "\(value)")
            #expect(result.failures.isEmpty)
            #expect((result.verdict == .undecided) == !result.undecided.isEmpty)
        }
    }

    @Test func whatIsDecidedAnywayIsDecided() throws {
        for (schema, verdict) in [
            (#"{"anyOf": [{"type": "text"}, true]}"#, SchemaVerdict.valid),
            (#"{"allOf": [{"type": "text"}, false]}"#, .invalid),
            (#"{"if": {"type": "text"}, "then": false, "else": false}"#, .invalid),
            (#"{"if": {"type": "text"}, "then": true, "else": true}"#, .valid),
            (#"{"oneOf": [{"type": "text"}, true, true]}"#, .invalid),
        ] {
            #expect(try Self.verdict("1", by: schema) == verdict, "\(schema)")
        }
    }
}
