import Foundation
import MLMInspect
import Testing

/// The articles of the library: their code is compiled here, by the settings of the package itself, and run.
@Suite struct ArticleTests {
    private let unet = Place.root + "/TestArtifacts/torch-export/unet.pt2"

    @Test(arguments: [("Inspecting", "Inspect"), ("Scanning", "Scan"), ("Drafting", "Draft")])
    func theArticleShowsThisCode(_ article: String, _ code: String) throws {
        let text = try Place.text("/Sources/MLMInspect/MLMInspect.docc/\(article).md")
        #expect(text.contains("```swift\n\(try Place.text("/Tests/LibraryTests/Articles/\(code).swift"))```"))
    }

    @Test func inspect() throws {
        let lines = try report(on: unet)
        #expect(
            lines.prefix(4) == [
                "PyTorch ExportedProgram", "data-only: torch.export.load(\"unet.pt2\")", "12397 parameters",
                "takes x float32 [-1, 13, 64, 64]",
            ])
        #expect(
            try report(on: Place.root + "/TestArtifacts/hostile/lfs_pointer.onnx") == ["not a model: git-lfs-pointer"])
    }

    @Test func scan() throws {
        let found = try formats(in: [Place.root + "/TestArtifacts/torch-package"], program: nil)
        #expect(found.count == 2 && found.values.allSatisfy { $0 == "torch-package" })
    }

    @Test func draft() throws {
        let drafted = try #require(item(of: unet, id: "unet", href: "./unet.pt2"))
        #expect(drafted["id"] == "unet" && drafted["properties"]?["mlm:tasks"] == ["semantic-segmentation"])
        #expect(drafted["properties"]?["mlm_inspect:todo"] == nil)
    }

    @Test func jsonIsTheRecord() throws {
        let record = Inspector().inspect(unet)
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(record.json.utf8))
        #expect(value["format"]?["id"] == "torch-export" && value["facts"]?["parameters"]?["total"] == 12397)
    }
}
