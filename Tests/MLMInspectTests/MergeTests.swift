import Foundation
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC
import TestSupport
import Testing

/// A merge puts in what is missing, and nothing else.
@Suite struct MergeTests {
    private static func merge(_ text: String, _ item: Item) throws -> String {
        let merge = try ItemMerge(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        return String(decoding: merge.filled(from: item), as: UTF8.self)
    }

    private static func item(_ artifact: TestArtifact) -> Item? {
        Records.of(artifact).itemSource(href: "./" + artifact.fileName)
            .map { Item([$0], id: "drafted", idRule: "a test") }
    }

    private static let written = #"""
        {
            "type": "Feature", "stac_version" : "1.1.0",
            "id": "mine",   "x:unknown": [1.50, 1e2, "\u00e9\/"],
            "geometry": null,
            "properties": {
                "datetime": "2020-01-01T00:00:00Z",
                "mlm:tasks": ["regression"], "mlm:architecture": "unknown",
                "mlm:input": []
            },
            "links": [],
            "assets": {}
        }


        """#

    /// Everything that was written is still there, in its place: the result is the text with additions.
    @Test(arguments: TestArtifact.all)
    func mergingTwiceChangesNothing(_ artifact: TestArtifact) throws {
        guard let item = Self.item(artifact) else { return }
        for text in [
            Self.written, #"{"type":"Feature"}"#, "{\r\n\t\"type\": \"Feature\",\r\n\t\"assets\": {\r\n\t}\r\n}\r\n",
        ] {
            let once = try Self.merge(text, item)
            #expect(try Self.merge(once, item) == once)
            let before = try JSONValue.parse(text)
            let after = try JSONValue.parse(once)
            for (pointer, value) in before.leaves() where !Self.placeholders.contains(pointer.description) {
                if value != [] && value != [:] { #expect(after[pointer] == value) }
            }
        }
        // An Item of its own draft lacks nothing.
        let own = item.json().write(pretty: true)
        #expect(try Self.merge(own, item) == own)
    }

    private static let placeholders: Set = ["/properties/mlm:architecture"]

    @Test func whatWasWrittenStaysToTheByte() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        let item = try #require(Self.item(artifact))
        let merged = try Self.merge(Self.written, item)
        for line in [
            "    \"type\": \"Feature\", \"stac_version\" : \"1.1.0\",\n",
            #"    "id": "mine",   "x:unknown": [1.50, 1e2, "\u00e9\/"],"# + "\n    \"geometry\": null,\n",
            "        \"datetime\": \"2020-01-01T00:00:00Z\",\n        \"mlm:tasks\": [\"regression\"], \"mlm:architecture\": \"UNet\",\n",
            "\n}\n\n",
        ] {
            #expect(merged.contains(line), "\(line) of \(merged.prefix(900))")
        }
        let document = try JSONValue.parse(merged)
        #expect(document["properties"]?["mlm:input"]?[0]?["name"] == "x")
        #expect(document["properties"]?["start_datetime"] == nil)
        #expect(document["properties"]?["mlm:name"] == "unet")
        #expect(document["assets"]?["model"]?["href"] == "./unet.pt2")
        let open = (document["properties"]?["mlm_inspect:todo"]?.array ?? []).compactMap { $0["pointer"]?.string }
        #expect(!open.contains("/properties/mlm:tasks") && !open.contains("/properties/datetime"))
        #expect(open.contains("/geometry"))
    }

    /// STAC 1.0.0 has bands in the eo extension, and what is known of their values in the raster extension.
    @Test func anItemOfSTAC100StaysOne() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        var item = try #require(Self.item(artifact))
        let text = #"""
            {"type": "Feature", "stac_version": "1.0.0", "id": "mine", "geometry": null,
             "stac_extensions": ["https://stac-extensions.github.io/mlm/v1.5.2/schema.json"],
             "properties": {"datetime": "2020-01-01T00:00:00Z"}, "links": [], "assets": {}}
            """#
        let open = try JSONValue.parse(Self.merge(text, item))
        let todo = (open["properties"]?["mlm_inspect:todo"]?.array ?? []).compactMap { $0["pointer"]?.string }
        #expect(todo.contains("/assets/model/eo:bands") && !todo.contains("/properties/bands"))

        var values = GivenValues()
        values.sensor = Sensor.named("sentinel-2-l1c")
        try values.apply(to: &item)
        let once = try Self.merge(text, item)
        #expect(try Self.merge(once, item) == once)
        let merged = try JSONValue.parse(once)
        #expect(merged["stac_version"] == "1.0.0")
        #expect(merged["properties"]?["bands"] == nil && merged["assets"]?["model"]?["bands"] == nil)
        let bands = merged["assets"]?["model"]?["eo:bands"]
        #expect(bands?.array?.count == 13)
        #expect(
            bands?[4] == [
                "name": "B05", "common_name": "rededge", "center_wavelength": 0.704, "full_width_half_max": 0.019,
                "gsd": 20,
            ], "\(bands?[4]?.description ?? "")")
        #expect(merged["assets"]?["model"]?["raster:bands"] == nil)
        let extensions = merged["stac_extensions"]?.array?.compactMap(\.string) ?? []
        let eo = extensions.filter { $0.contains("/eo/") }
        #expect(eo == ["https://stac-extensions.github.io/eo/v1.1.0/schema.json"])
        #expect(try DocumentCheck(merged).violations == [])
        let merge = try ItemMerge(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        #expect(merge.kept(besides: item).isEmpty)
        let evidence = merged["properties"]?["mlm_inspect:evidence"]?.array ?? []
        #expect(evidence.contains { $0["pointer"] == "/assets/model/eo:bands" && $0["origin"] == "given" })

        let model = #"{"model": {"href": "unet.pt2", "eo:bands": [{"name": "a"}]}}"#
        let own = text.replacing("\"assets\": {}", with: "\"assets\": \(model)")
        #expect(try JSONValue.parse(Self.merge(own, item))["assets"]?["model"]?["eo:bands"] == [["name": "a"]])

        let known = try #require(item.assets["model"]?["bands"]?.array?.first?.object)
        var described = known
        described["data_type"] = "uint16"
        item.assets["model"] = item.assets["model"]?.object.map { asset in
            var asset = asset
            asset["bands"] = [.object(described)]
            return .object(asset)
        }
        let raster = try JSONValue.parse(Self.merge(text, item))["assets"]?["model"]
        #expect(raster?["raster:bands"] == [["name": "B01", "data_type": "uint16"]])
        #expect(raster?["eo:bands"]?[0]?["data_type"] == nil)
    }

    @Test func assetsAreFoundByReferenceKeyOrFile() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        let item = try #require(Self.item(artifact))
        for (assets, key) in [
            (#"{"weights": {"href": "unet.pt2"}}"#, "weights"), (#"{"model": {"href": "https://a/b.pt2"}}"#, "model"),
            (#"{"other": {"href": "./thumbnail.png", "roles": ["thumbnail"]}}"#, "model"),
        ] {
            let merged = try JSONValue.parse(Self.merge(#"{"type": "Feature", "assets": \#(assets)}"#, item))
            #expect(merged["assets"]?[key]?["mlm:artifact_type"] == "torch.export.save")
            #expect(merged["assets"]?.object?.count == (key == "model" && assets.contains("other") ? 2 : 1))
        }
    }

    @Test func aContradictedValueIsKept() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        let item = try #require(Self.item(artifact))
        let facts = try #require(Records.of(artifact).facts)
        let text =
            #"{"type": "Feature", "properties": {"mlm:total_parameters": 3}, "assets": {"model": {"file:size": 4}}}"#
        let merge = try ItemMerge(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        let found = merge.contradictions(Agreement(facts, size: Records.of(artifact).size), item: item)
        #expect(found.map(\.pointer) == ["/properties/mlm:total_parameters", "/assets/model/file:size"])
        let merged = try JSONValue.parse(merge.filled(from: item))
        #expect(merged["properties"]?["mlm:total_parameters"] == 3)
        #expect(merged["assets"]?["model"]?["file:size"] == 4)
    }

    @Test(
        arguments: [
            ("no json", "expected a value, found 'n'"), ("[]", "not a STAC Item: the JSON is not an object"),
            ("{}", "not a STAC Item: it has no type, and the type of an Item is \"Feature\""),
            (
                #"{"type": "Collection"}"#,
                "not a STAC Item: its type is \"Collection\", and the type of an Item is \"Feature\""
            ),
            (#"{"type": "Feature", "id": 1, "id": 2}"#, "the key \"id\" occurs twice in one object"),
            (#"{"type": "Feature", "properties": null}"#, "not a STAC Item: its properties are not an object"),
            (#"{"type": "Feature", "assets": []}"#, "not a STAC Item: its assets are not an object"),
            (#"{"type": "Feature""#, "the JSON ends too early"),
        ])
    func whatIsNoItemIsRefused(_ text: String, _ message: String) {
        let error = #expect(throws: InspectionError.self) {
            try ItemMerge(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        }
        if text != "no json" { #expect(error?.message == message) }
    }

    @Test func aHugeItemIsRefusedByItsLimit() {
        var limits = Limits()
        limits.stacBytes.value = 100
        let text = Array((#"{"type": "Feature"}"# + String(repeating: " ", count: 100)).utf8)
        let error = #expect(throws: InspectionError.self) {
            try ItemMerge(ByteSource(MemoryBytes(text)), limits: limits)
        }
        #expect(error?.message == "limit: stac bytes 119 > 100")
    }
}
