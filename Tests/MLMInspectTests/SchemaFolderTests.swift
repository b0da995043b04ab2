import Foundation
import ModelBytes
import ModelJSON
import STAC
import TestSupport
import Testing

/// Documents that are checked by the schemas of a folder, beside our own rules.
@Suite struct SchemaFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An extension that nobody has.
    private static let weather = """
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"properties": {
          "required": ["weather:wind"], "patternProperties": {"^(?!weather:)": {}}, "additionalProperties": false,
          "properties": {"weather:wind": {"type": "number", "minimum": 0}, "weather:at": {"$ref": "wind.json#/definitions/at"}}}}}
        """
    private static let uri = "https://stac-extensions.github.io/weather/v1.0.0/schema.json"

    private func write(_ text: String, _ path: String) throws {
        let url = URL(filePath: folder.path(path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private static func item(
        _ properties: JSONObject = [:], extensions: [String] = [uri],
        changing change: (inout JSONObject) -> Void = { _ in }
    ) throws -> JSONValue {
        var all = properties
        all["datetime"] = "2025-01-01T00:00:00Z"
        var item: JSONObject = [
            "type": "Feature", "stac_version": "1.1.0", "id": "a", "geometry": nil, "links": [], "assets": [:],
        ]
        item["stac_extensions"] = .array(extensions.map(JSONValue.string))
        item["properties"] = .object(all)
        change(&item)
        return .object(item)
    }

    @Test(arguments: [
        "extensions/weather-v1.0.0.json", "weather/v1.0.0/schema.json",
        "x/stac-extensions.github.io/weather/v1.0.0/schema.json",
    ])
    func schemasAreFoundByTheirPlace(_ place: String) throws {
        try write(Self.weather, place)
        let schemas = try SchemaFolder(folder.path(""))
        let good = try DocumentCheck(Self.item(["weather:wind": 3]), schemas: schemas)
        #expect(good.isValid && good.isComplete)
        let bad = try DocumentCheck(Self.item(["weather:wind": -3, "weather:rain": 1]), schemas: schemas)
        #expect(
            bad.violations == [
                Violation(pointer: "/properties/weather:wind", message: "is -3; must be at least 0 (weather v1.0.0)"),
                Violation(
                    pointer: "/properties/weather:rain",
                    message:
                        "is not a field of weather:; check the spelling, remove it, or use another prefix (weather v1.0.0)"
                ),
            ])
    }

    @Test func schemasAreFoundByTheirIdentifier() throws {
        try write(
            Self.weather.replacing("{\"$schema\"", with: "{\"$id\": \"\(Self.uri)#\", \"$schema\""), "any/name.json")
        let schemas = try SchemaFolder(folder.path(""))
        #expect(try DocumentCheck(Self.item(["weather:wind": true]), schemas: schemas).violationCount == 1)
    }

    /// A file that another refers to is taken from beside it, and is not checked where it is not there.
    @Test func referencesStayInTheFolder() throws {
        try write(Self.weather, "stac-extensions.github.io/weather/v1.0.0/schema.json")
        let item = try Self.item(["weather:wind": 1, "weather:at": "noon"])
        let without = try DocumentCheck(item, schemas: SchemaFolder(folder.path("")))
        #expect(without.isValid && !without.isComplete)
        #expect(
            without.unchecked.first?.message.contains(
                "the schema \"https://stac-extensions.github.io/weather/v1.0.0/wind.json#/definitions/at\" is not there"
            ) == true,
            "\(without.unchecked)")
        try write(
            "{\"definitions\": {\"at\": {\"format\": \"time\"}}}", "stac-extensions.github.io/weather/v1.0.0/wind.json")
        #expect(try DocumentCheck(item, schemas: SchemaFolder(folder.path(""))).violationCount == 1)
    }

    /// Our own rules have the word where they know the extension; what they do not look at, the schema does.
    @Test func ownRulesSpeakFirst() throws {
        try write(
            """
            {"properties": {"properties": {"properties": {"datetime": {"type": "array"}, "gsd": {"type": "number"},
              "title": {"maxLength": 3}}}}}
            """, "stac-v1.1.0/item.json")
        let schemas = try SchemaFolder(folder.path(""))
        let check = try DocumentCheck(
            Self.item(["gsd": "1", "title": "long"], extensions: []), schemas: schemas)
        #expect(
            check.violations == [
                Violation(pointer: "/properties/gsd", message: "is \"1\"; must be a number above 0"),
                Violation(
                    pointer: "/properties/title",
                    message: "is \"long\"; must be a text of at most 3 characters (STAC 1.1.0)"),
                Violation(
                    pointer: "/properties/datetime",
                    message: "is \"2025-01-01T00:00:00Z\"; must be a list (STAC 1.1.0)"),
            ])
    }

    /// All schemas together have one budget of steps.
    @Test func aDocumentHasABudget() throws {
        try write(Self.weather, "extensions/weather-v1.0.0.json")
        try write("{\"properties\": {\"properties\": {\"minProperties\": 1}}}", "stac-v1.1.0/item.json")
        var limits = Limits()
        limits.schemaSteps.value = 4
        let check = try DocumentCheck(
            Self.item(["weather:wind": -1]), schemas: SchemaFolder(folder.path(""), limits: limits))
        #expect(check.isValid && !check.isComplete)
        #expect(check.unchecked.contains { $0.message.hasSuffix("limit: schema steps > 4") }, "\(check.unchecked)")
    }

    @Test func foldersThatAreNone() throws {
        func error(_ name: String, _ limits: Limits = Limits()) -> InspectionError? {
            do throws(InspectionError) {
                _ = try SchemaFolder(folder.path(name), limits: limits)
                return nil
            } catch { return error }
        }
        #expect(error("none")?.reason == .notFound)
        #expect(error("")?.message.contains("has no JSON Schema") == true)
        try write("{", "broken.json")
        try write("[]", "list.json")
        #expect(error("broken.json")?.message == "is a file, not a folder of JSON Schemas")
        #expect(error("")?.message.contains("has no JSON Schema") == true)
        try write(Self.weather, "extensions/weather-v1.0.0.json")
        let schemas = try SchemaFolder(folder.path(""))
        #expect(schemas.problems.map(\.entry) == ["broken.json", "list.json"])
        var limits = Limits()
        limits.schemaFiles.value = 2
        #expect(error("", limits)?.message == "limit: schema files 3 > 2")
        limits = Limits()
        limits.schemaBytes.value = 10
        #expect(error("", limits)?.message.hasPrefix("limit: schema bytes") == true)
    }

    // MARK: What documents say of themselves

    @Test func aBrokenKindIsInvalid() throws {
        for (type, message) in [
            ("feature" as JSONValue?, "is \"feature\"; must be"), (5, "is 5; must be"),
            (nil, "\"type\" is missing; add it"),
        ] {
            let check = try DocumentCheck(Self.item { $0["type"] = type })
            #expect(check.kind == nil && !check.isValid)
            #expect(check.violations.first?.message.hasPrefix(message) == true, "\(check.violations)")
        }
        #expect(throws: NotSTAC.self) { try DocumentCheck(["type": "Thing"]) }
    }

    private static let laterMLM = "https://stac-extensions.github.io/mlm/v1.6.0/schema.json"

    @Test func aLaterVersionSaysWhichRulesWereUsed() throws {
        let fields: JSONObject = [
            "mlm:name": "unet", "mlm:architecture": "U-Net", "mlm:tasks": [], "mlm:input": [], "mlm:output": [],
            "mlm:new_field": 1,
        ]
        let assets: JSONValue = ["model": ["href": "./a", "roles": ["mlm:model"], "mlm:artifact_type": "torch.save"]]
        let check = try DocumentCheck(Self.item(fields, extensions: [Self.laterMLM]) { $0["assets"] = assets })
        #expect(check.violations == [])
        #expect(
            check.unchecked.map(\.message) == [
                "mlm v1.6.0 was checked by the rules of mlm v1.5.2 and what is known to have changed since; its own schema was "
                    + "not at hand"
            ])
        var broken = fields
        broken["mlm:hyperparameters"] = [:]
        broken["mlm:name"] = nil
        let invalid = try DocumentCheck(Self.item(broken, extensions: [Self.laterMLM]) { $0["assets"] = assets })
        #expect(invalid.violationCount == 2, "\(invalid.violations)")
    }

    @Test func whatToWriteInsteadOfCPU() throws {
        let check = try DocumentCheck(
            Self.item(
                [
                    "mlm:name": "unet", "mlm:architecture": "U-Net", "mlm:tasks": [], "mlm:input": [], "mlm:output": [],
                    "mlm:accelerator": "cpu",
                ], extensions: ["https://stac-extensions.github.io/mlm/v1.5.2/schema.json"]
            ) { $0["assets"] = ["model": ["href": "./a", "roles": ["mlm:model"], "mlm:artifact_type": "torch.save"]] })
        #expect(
            check.violations.map(\.message) == [
                "is \"cpu\", which MLM does not take; write \"amd64\", which also says that no accelerator is used"
            ])
    }
}
