import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import TestSupport
import Testing

/// Models that carry MLM metadata, as stac-model wrote them.
@Suite struct EmbeddedMetadataTests {
    private static func record(_ name: String) throws -> Record {
        Records.of(try #require(TestArtifact.all.first { $0.description == name }))
    }

    @Test(
        arguments: [
            ("torch-export/mlm_metadata.pt2", []), ("torchscript/mlm_metadata.pt", []), ("onnx/mlm_metadata.onnx", []),
            (
                "torch-export/mlm_wrong_channels.pt2",
                [
                    "shape of input \"rgb\" is declared as [-1,4,16,16], but the artifact has [-1,3,16,16]: bands is 3, "
                        + "not 4"
                ]
            ),
        ] as [(String, [String])])
    func everyContradictionIsAFinding(_ name: String, _ messages: [String]) throws {
        let found = (try Self.record(name).findings ?? []).filter { $0.code == "metadata.contradiction" }
        #expect(found.map(\.message) == messages)
    }

    @Test func whatIsDeclaredIsDrafted() throws {
        let record = try Self.record("torch-export/mlm_metadata.pt2")
        let draft = try #require(record.draft)
        #expect(draft.properties["mlm:name"] == "land-cover-net")
        #expect(draft.properties["mlm:tasks"] == ["classification"])
        #expect(draft.properties["mlm:framework"] == "PyTorch")
        #expect(
            draft.properties["mlm:input"]?[0]?["bands"] == [["name": "B04"], ["name": "B03"], ["name": "B02"]]
                || draft.properties["mlm:input"]?[0]?["bands"] == ["B04", "B03", "B02"])
        #expect(draft.properties["bands"] == [["name": "B04"], ["name": "B03"], ["name": "B02"]])
        #expect(draft.asset["bands"] == draft.properties["bands"])
        #expect(draft.properties["mlm:output"]?[0]?["classification:classes"]?.array?.count == 5)
        #expect(!draft.gaps.contains { $0.pointer.hasPrefix("/properties/mlm:tasks") })
        #expect(
            record.findings?.contains {
                $0.code == "metadata.not-accepted" && $0.message.hasPrefix("accelerator: \"cpu\"")
            } == true)
        let source = try #require(record.itemSource(href: "./a.pt2"))
        let item = Item([source], id: "a", idRule: "a test")
        let evidence = item.evidence.filter { $0.place.description == "/properties/mlm:input" }
        #expect(evidence.map(\.origin) == [.read])
        #expect(evidence.map(\.where) == ["mlm_metadata/extra/mlm-metadata: input"])
    }
}
