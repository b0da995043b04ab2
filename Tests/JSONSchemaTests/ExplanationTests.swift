import JSONSchema
import ModelBytes
import ModelJSON
import Testing

/// What is said of a document that does not fit, and where checking ends.
@Suite struct ExplanationTests {
    private static func result(_ value: JSONValue, by schema: String, _ limits: Limits = Limits()) throws
        -> SchemaResult
    {
        let library = SchemaLibrary()
        library.add(try JSONValue.parse(schema), at: "https://example.com/schema.json")
        return try #require(library.check(value, by: "https://example.com/schema.json", limits: limits))
    }

    private static func told(_ value: JSONValue, by schema: String) throws -> [String] {
        try result(value, by: schema).failures.map { "\(JSONPointer($0.place)): \($0.message)" }
    }

    @Test func saysWhereAndWhatToWrite() throws {
        for (value, schema, told) in [
            (["a": 1] as JSONValue, #"{"properties": {"a": {"type": "string"}}}"#, "/a: is 1; must be a text"),
            ("x", #"{"enum": ["a", "b"]}"#, ": is \"x\"; must be one of \"a\", \"b\""),
            ([:], #"{"required": ["a"]}"#, ": \"a\" is missing; add it"),
            ([3], #"{"items": {"maximum": 2}}"#, "/0: is 3; must be at most 2"),
            ("", #"{"minLength": 1}"#, ": is \"\"; must be a text of at least 1 character"),
            ("a", #"{"pattern": "^b$"}"#, ": is \"a\"; must be a text of the form ^b$"),
            (
                ["eo:x": 1], #"{"patternProperties": {"^(?!eo:)": {}}, "additionalProperties": false}"#,
                "/eo:x: is not a field of eo:; check the spelling, remove it, or use another prefix"
            ),
            (
                ["b": 1], #"{"properties": {"a": {}}, "additionalProperties": false}"#,
                "/b: is not allowed here; check the spelling (a), or remove it"
            ),
            ([1, 1], #"{"uniqueItems": true}"#, "/1: is the same as element 0; remove one of them"),
            ([1], #"{"contains": {"const": "x"}}"#, ": has no element that is \"x\"; add it"),
            (["a": 1], #"{"not": {"required": ["a"]}}"#, "/a: is not allowed here; remove it"),
            (
                ["a": 1], #"{"dependencies": {"a": ["b"]}}"#, ": \"b\" is missing; add it, since \"a\" is given"
            ),
            (
                5, #"{"oneOf": [{"type": "number"}, {"minimum": 1}]}"#,
                ": fits 2 of the 2 forms that it may have (1 and 2), and must fit one alone"
            ),
        ] {
            #expect(try Self.told(value, by: schema) == [told], "\(schema)")
        }
    }

    /// Of several forms, the one that fits best is explained.
    @Test func theBestBranchIsExplained() throws {
        let geometry = #"""
            {"oneOf": [
              {"type": "null"},
              {"type": "object", "required": ["coordinates"], "properties": {
                "type": {"enum": ["Point"]}, "coordinates": {"type": "array", "items": {"type": "number"}}}},
              {"type": "object", "required": ["coordinates"], "properties": {
                "type": {"enum": ["Polygon"]}, "coordinates": {"type": "array", "items": {"type": "array"}}}}]}
            """#
        #expect(
            try Self.told(["type": "Polygon", "coordinates": [[], 1]], by: geometry) == [
                "/coordinates/1: is 1; must be a list"
            ])
        #expect(try Self.told(["type": "Point"], by: geometry) == [": \"coordinates\" is missing; add it"])
        #expect(try Self.told(7, by: geometry) == [": is 7; must be null, or an object"])
        #expect(
            try Self.told([:], by: #"{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#) == [
                ": one of \"a\", \"b\" is missing; add one"
            ])
        #expect(
            try Self.told(
                ["type": "x"],
                by: #"{"anyOf": [{"properties": {"type": {"const": "a"}}}, {"properties": {"type": {"const": "b"}}}]}"#)
                == ["/type: is \"x\"; must be \"a\", or \"b\""])
    }

    @Test func whatIsForbiddenAndWanted() throws {
        for (value, schema, told) in [
            (
                ["a": ["x": 1]] as JSONValue, #"{"not": {"additionalProperties": {"not": {"required": ["k"]}}}}"#,
                ": has no member that is an object with \"k\"; add it"
            ),
            (
                ["a": 1, "b": 2], #"{"not": {"required": ["a", "b"]}}"#,
                ": must not have all of \"a\", \"b\"; remove one"
            ),
            ("x", #"{"not": {"const": "x"}}"#, ": is \"x\"; must not be \"x\""),
            (
                [[:]], #"{"contains": {"anyOf": [{"type": "string", "pattern": "^a"}, {"required": ["k"]}]}}"#,
                ": has no element that is a text of the form ^a, or an object with \"k\"; add it"
            ),
            (5, #"{"not": {"not": {"multipleOf": 2}}}"#, ": is 5, of a form that is not allowed here"),
        ] {
            #expect(try Self.told(value, by: schema) == [told], "\(schema)")
        }
    }

    @Test func cyclesEnd() throws {
        for schema in [
            ##"{"$ref": "#"}"##,
            ##"{"allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"anyOf": [{"$ref": "#/definitions/b"}]}, "b": {"$ref": "#/definitions/a"}}}"##,
        ] {
            let result = try Self.result(1, by: schema)
            #expect(result.verdict == .undecided)
            #expect(result.undecided.contains { $0.message.contains("cycle") }, "\(result.undecided)")
        }
    }

    @Test func limitsHaveNames() throws {
        var deep: JSONValue = 1
        for _ in 0..<200 { deep = [deep] }
        var limits = Limits()
        limits.schemaDepth.value = 100
        let tooDeep = try Self.result(deep, by: ##"{"items": {"$ref": "#"}}"##, limits)
        #expect(
            tooDeep.verdict == .undecided && tooDeep.undecided.contains { $0.message == "limit: schema depth > 100" })

        limits = Limits()
        limits.schemaSteps.value = 1_000
        let tooLong = try Self.result(
            .array(Array(repeating: 1, count: 2_000)), by: #"{"items": {"type": "number"}}"#, limits)
        #expect(
            tooLong.verdict == .undecided && tooLong.undecided.contains { $0.message == "limit: schema steps > 1000" })
        // What was found before that is wrong all the same.
        let wrong = try Self.result(
            .array(["a"] + Array(repeating: 1, count: 2_000)), by: #"{"items": {"type": "number"}}"#, limits)
        #expect(wrong.verdict == .invalid && wrong.failures.first?.place == ["0"])

        let exploding = try Self.result(
            .string(String(repeating: "a", count: 100) + "!"), by: #"{"pattern": "^(a+)+$"}"#)
        #expect(exploding.verdict == .undecided)
        #expect(exploding.undecided.first?.message.contains("limit: pattern steps > 1000000") == true)
    }

    /// Every branch doubles the work of the one before: the steps end it.
    @Test func exponentialSchemasEnd() throws {
        var definitions: [(String, JSONValue)] = [("n0", ["type": "string"])]
        for number in 1...40 {
            let reference: JSONValue = ["$ref": .string("#/definitions/n\(number - 1)")]
            definitions.append(("n\(number)", ["anyOf": [reference, reference]]))
        }
        let schema: JSONValue = ["definitions": .object(JSONObject(definitions)), "$ref": "#/definitions/n40"]
        let library = SchemaLibrary()
        library.add(schema, at: "https://example.com/s.json")
        var steps = 100_000
        let result = try #require(library.check(1, by: "https://example.com/s.json", limits: Limits(), steps: &steps))
        #expect(result.verdict == .undecided)
        #expect(steps == 0)
    }

    @Test func schemasHaveAddresses() throws {
        let library = SchemaLibrary()
        #expect(
            library.add(
                ["$id": "https://a.org/x.json#", "$ref": "y.json#/definitions/z"], at: "https://b.org/f/x.json"))
        #expect(!library.add([:]))
        #expect(!library.add(true, at: "https://b.org/t"))
        #expect(library.add(["definitions": ["z": ["const": 1]]], at: "https://b.org/f/y.json"))
        // The first one stays.
        #expect(!library.add(["definitions": ["z": ["const": 2]]], at: "https://b.org/f/y.json"))
        #expect(library.holds("https://b.org/f/x.json#") && !library.holds("https://b.org/x.json"))
        #expect(library.check(1, by: "https://b.org/f/x.json")?.verdict == .valid)
        #expect(library.check(2, by: "https://b.org/f/x.json")?.verdict == .invalid)
        #expect(library.check(2, by: "https://b.org/none.json") == nil)
    }
}
