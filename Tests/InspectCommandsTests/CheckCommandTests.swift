import Foundation
import ModelContainers
import ModelJSON
import TestSupport
import Testing

/// `mlm-inspect check` as its users meet it.
@Suite struct CheckCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let draft = """
        {"type": "Feature", "stac_version": "1.1.0", "id": "unet", "geometry": null, "links": [],
         "stac_extensions": ["https://stac-extensions.github.io/mlm/v1.5.2/schema.json"],
         "properties": {"datetime": "2025-01-01T00:00:00Z", "mlm:name": "unet", "mlm:architecture": "U-Net",
          "mlm:tasks": [], "mlm:input": [], "mlm:output": [],
          "mlm_inspect:todo": [{"pointer": "/properties/mlm:tasks", "reason": "not-in-artifact", "hint": "a task"}]},
         "assets": {"model": {"href": "./unet.pt2", "roles": ["mlm:model"], "mlm:artifact_type": "torch.export.save"}}}
        """
    private static let invalid = draft.replacingOccurrences(of: "\"unet\", \"mlm:arch", with: "\"u\", \"mlm:arch")

    private func file(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
        return folder.path(name)
    }

    private func check(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(Program.path, ["check"] + arguments)
    }

    @Test func validAndInvalid() async throws {
        let good = try await check(try file("good.json", Self.draft))
        #expect(good.code == 0 && good.errors.isEmpty)
        #expect(good.output.contains("valid Item \"unet\""))
        #expect(good.output.contains("missing       /properties/mlm:tasks: a task"))
        let bad = try await check(try file("bad.json", Self.invalid))
        #expect(bad.code == 1)
        #expect(bad.output.contains("invalid       /properties/mlm:name: is \"u\"; must be at least 3"))
    }

    @Test func programsReadJSON() async throws {
        let run = try await check("-f", "ndjson", try file("a.json", Self.draft), try file("b.json", Self.invalid))
        let lines = try run.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(lines.map { $0["verdict"] } == ["valid", "invalid"])
        #expect(lines[0]["gaps"]?[0]?["pointer"] == "/properties/mlm:tasks")
        #expect(lines[1]["violations"]?[0]?["pointer"] == "/properties/mlm:name")
        let one = try await check("-f", "json", try file("c.json", Self.draft))
        #expect(try JSONValue.parse(one.output)["kind"] == "Item")
    }

    @Test func severalDocumentsInOneFile() async throws {
        let line = Self.draft.replacingOccurrences(of: "\n", with: " ")
        let lines = try await check(
            "-f", "ndjson",
            try file("items.ndjson", "\(line)\n\n\(Self.invalid.replacingOccurrences(of: "\n", with: " "))\n"))
        #expect(lines.code == 1)
        #expect(lines.output.contains("items.ndjson:1") && lines.output.contains("items.ndjson:3"))
        let features = try await check(
            "-f", "json", try file("all.json", "{\"type\": \"FeatureCollection\", \"features\": [\(line), \(line)]}"))
        #expect(features.code == 0)
        #expect(try JSONValue.parse(features.output)[1]?["path"]?.string?.hasSuffix("all.json#/features/1") == true)
    }

    @Test func standardInput() async throws {
        let run = try await Program.run(["check", "-"], piping: Array(Self.draft.utf8))
        #expect(run.code == 0)
    }

    @Test(arguments: [
        ("{", "ends"), ("", "ends"), ("{\"type\": \"Feature\", \"type\": \"Feature\"}", "byte"),
        ("{\"a\": NaN}", "NaN"),
        ("[]", "STAC"), ("{\"type\": \"Thing\"}", "STAC"),
        (String(repeating: "[", count: 10_000), "limit: json depth"),
    ])
    func whatCannotBeRead(_ text: String, _ word: String) async throws {
        let run = try await check(try file("x.json", text))
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("mlm-inspect: ") && run.errors.contains(word), "\(run.errors)")
    }

    @Test func hugeAndMissing() async throws {
        let path = try file("huge.json", "")
        try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 500 << 20)
        let huge = try await check(path)
        #expect(huge.code == 2 && huge.errors.contains("limit: stac bytes"))
        let missing = try await check(folder.path("none.json"))
        #expect(missing.code == 2 && missing.errors.contains("no such file"))
        let directory = try await check(folder.path(""))
        #expect(directory.code == 2 && directory.errors.contains("is a directory"))
    }

    @Test func schemasOfAFolder() async throws {
        let item = try file("item.json", Self.draft.replacing("/mlm/v1.5.2/", with: "/weather/v1.0.0/"))
        let without = try await check(item)
        #expect(without.code == 0)
        #expect(without.output.contains("valid as far as checked Item"))
        #expect(without.output.contains("not checked   /stac_extensions/0: weather v1.0.0 was not checked"))
        let folder = self.folder.path("schemas")
        try FileManager.default.createDirectory(atPath: folder + "/extensions", withIntermediateDirectories: true)
        let none = try await check(item, "--schemas", folder)
        #expect(none.code == 64 && none.errors.contains("--schemas \(folder): has no JSON Schema"), "\(none.errors)")
        _ = try file("schemas/broken.json", "{")
        _ = try file("schemas/extensions/weather-v1.0.0.json", "{\"required\": [\"weather\"]}")
        let by = try await check(item, "--schemas", folder, "-f", "json", "--sandbox", "auto")
        #expect(by.code == 1, "\(by.output)")
        #expect(by.errors.contains("\(folder): ") && by.errors.contains("broken.json"), "\(by.errors)")
        let report = try JSONValue.parse(by.output)
        #expect(report["verdict"] == "invalid")
        #expect(report["violations"]?[0]?["message"] == "\"weather\" is missing; add it (weather v1.0.0)")
        let named = try await Program.run("check", item, environment: ["MLM_INSPECT_SCHEMAS": folder])
        #expect(named.code == 1)
        let missing = try await Program.run("check", item, environment: ["MLM_INSPECT_SCHEMAS": folder + "/none"])
        #expect(missing.code == 64 && missing.errors.contains("MLM_INSPECT_SCHEMAS=\(folder)/none: no such file"))
        let one = try await check(item, "--schemas", folder + "/broken.json")
        #expect(one.code == 64 && one.errors.contains("is a file, not a folder"), "\(one.errors)")
    }

    /// 10 MB that match and do not match an expression that explodes.
    @Test func hugeDocumentsEnd() async throws {
        let folder = self.folder.path("schemas")
        try FileManager.default.createDirectory(atPath: folder + "/extensions", withIntermediateDirectories: true)
        _ = try file(
            "schemas/extensions/weather-v1.0.0.json",
            "{\"properties\": {\"properties\": {\"additionalProperties\": {\"pattern\": \"^(a+)+$\"}}}}")
        let text = String(repeating: "a", count: 5_000_000)
        let item = try file(
            "item.json",
            Self.draft.replacing("/mlm/v1.5.2/", with: "/weather/v1.0.0/")
                .replacing("\"mlm:name\"", with: "\"a\": \"\(text)\", \"b\": \"\(text)!\", \"mlm:name\""))
        let run = try await check(item, "--schemas", folder, "-f", "json")
        #expect(run.code == 1)
        #expect(run.output.contains("limit: pattern steps > 1000000"))
    }

    @Test func aBrokenKindIsInvalid() async throws {
        let run = try await check(try file("x.json", Self.draft.replacing("\"Feature\"", with: "\"feature\"")))
        #expect(run.code == 1)
        #expect(run.output.contains("invalid       /type: is \"feature\"; must be \"Feature\" for an Item"))
    }

    @Test func driftOfAnArtifact() async throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" }).path
        let item = folder.path("unet.json")
        _ = try await Program.run("draft", artifact, "--checksum", "-o", item)
        let same = try await check(item, "--artifact", artifact)
        #expect(same.code == 0, "\(same.output)\(same.errors)")
        let text = try String(contentsOfFile: item, encoding: .utf8)
        for (old, new, pointer) in [
            ("\"mlm:total_parameters\": ", "\"mlm:total_parameters\": 9", "/properties/mlm:total_parameters"),
            ("\"file:size\": ", "\"file:size\": 9", "/assets/model/file:size"),
            ("\"file:checksum\": \"1220", "\"file:checksum\": \"12200000", "/assets/model/file:checksum"),
        ] {
            var changed = text.replacingOccurrences(of: old, with: new)
            if old.contains("checksum") {
                // As long as it was.
                let start = try #require(changed.range(of: new)).upperBound
                changed.removeSubrange(start..<changed.index(start, offsetBy: 4))
            }
            let run = try await check(try file("drifted.json", changed), "--artifact", artifact, "-f", "json")
            #expect(run.code == 1, "\(run.output)")
            let found = try JSONValue.parse(run.output)
            #expect(found["verdict"] == "drifted")
            #expect(found["drift"]?[0]?["pointer"] == .string(pointer), "\(run.output)")
        }
    }

    @Test func driftOfACollection() async throws {
        let models = folder.path("models")
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(atPath: "\(models)/\(name)", withIntermediateDirectories: true)
            let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" }).path
            try FileManager.default.copyItem(atPath: artifact, toPath: "\(models)/\(name)/unet.pt2")
        }
        let place = folder.path("catalogue")
        let drafted = try await Program.run("draft", "--collection", place, models, "--task", "semantic-segmentation")
        #expect(drafted.code == 0, "\(drafted.errors)")
        let same = try await check("\(place)/collection.json", "--artifacts", models, "-f", "ndjson")
        #expect(same.code == 0, "\(same.output)\(same.errors)")
        let kinds = try same.output.split(separator: "\n").map { try JSONValue.parse(String($0))["kind"] }
        #expect(kinds == ["Collection", "Item", "Item"])

        // The folders tell the two files of one name apart.
        let changed = try FileHandle(forUpdating: URL(filePath: "\(models)/b/unet.pt2"))
        try changed.seekToEnd()
        try changed.write(contentsOf: [0])
        let drifted = try await check("\(place)/collection.json", "--artifacts", models, "-f", "json")
        #expect(drifted.code == 1, "\(drifted.output)\(drifted.errors)")
        let reports = try #require(try JSONValue.parse(drifted.output).array)
        #expect(reports.map { $0["verdict"] } == ["valid", "valid", "drifted"])
        #expect(reports[2]["drift"]?[0]?["pointer"] == "/assets/model/file:size")

        try FileManager.default.removeItem(atPath: "\(models)/a")
        try FileManager.default.moveItem(atPath: "\(models)/b/unet.pt2", toPath: "\(models)/b/other.pt2")
        let missing = try await check("\(place)/collection.json", "--artifacts", models)
        #expect(missing.code == 2)
        #expect(missing.errors.contains("no model of the folder is asset model ("), "\(missing.errors)")
        let none = try await check("\(place)/collection.json", "--artifacts", folder.path("none"))
        #expect(none.code == 64 && none.errors.contains("no such file"), "\(none.errors)")
        let both = try await check("\(place)/collection.json", "--artifacts", models, "--artifact", models)
        #expect(both.code == 64)
    }

    /// Links of a Collection lead to files below it, and nowhere else.
    @Test func linksOutOfTheFolderAreNotFollowed() async throws {
        let collection = """
            {"type": "Collection", "stac_version": "1.1.0", "id": "c", "description": "d", "license": "other",
             "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[null, null]]}},
             "links": [{"rel": "item", "href": "../x.json"}, {"rel": "item", "href": "a%2F..%2F..%2F..%2Fx.json"},
              {"rel": "item", "href": "https://example.com/x.json"}, {"rel": "item", "href": "/x.json"}]}
            """
        let run = try await check(
            try file("collection.json", collection), "--artifacts", folder.path(""), "-f", "json")
        #expect(run.code == 0, "\(run.errors)")
        #expect(try JSONValue.parse(run.output)[0]?["notes"]?.array?.count == 4, "\(run.output)")
    }

    @Test func theAssetIsNotGuessed() async throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" }).path
        let two = Self.draft.replacingOccurrences(
            of: "\"assets\": {\"model\": {\"href\": \"./unet.pt2\"",
            with: """
                "assets": {"b": {"href": "./b.pt2", "roles": ["mlm:model"], "mlm:artifact_type": "x"},
                "a": {"href": "./a.pt2"
                """)
        let run = try await check(try file("two.json", two), "--artifact", artifact)
        #expect(run.code == 64)
        #expect(run.errors.contains("b (./b.pt2), a (./a.pt2)"), "\(run.errors)")
    }
}
