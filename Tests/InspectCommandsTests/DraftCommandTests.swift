import Checksums
import Foundation
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// `mlm-inspect draft` as its users meet it.
@Suite struct DraftCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func artifact(_ name: String) throws -> String {
        try #require(TestArtifact.all.first { $0.description == name }, "no \(name)").path
    }

    private func unet() throws -> String { try Self.artifact("torch-export/unet.pt2") }
    private func weights() throws -> String { try Self.artifact("keras-v3-weights/unet13_3_15_tensorflow.weights.h5") }
    private func keras() throws -> String { try Self.artifact("keras-v3/unet13_3_15_tensorflow.keras") }
    private func empty() throws -> String { try Self.artifact("hostile/empty.onnx") }
    private func dangerous() throws -> String { try Self.artifact("hostile/torch_system.pt") }
    private func truncated() throws -> String { try Self.artifact("hostile/truncated_torch.pt") }

    /// What a person adds to the draft of a U-Net.
    private static let filled = [
        "--task", "semantic-segmentation", "--geometry", "world", "--start", "2015-06-27T00:00:00Z", "--end",
        "9999-12-31T23:59:59Z", "--license", "Apache-2.0",
    ]

    private func draft(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(Program.path, ["draft"] + arguments)
    }

    private func read(_ name: String) throws -> JSONValue {
        try JSONValue.parse(Array(Data(contentsOf: URL(filePath: folder.path(name)))))
    }

    private func names(_ path: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(path)).sorted()
    }

    // MARK: - One

    @Test func oneModelIsAnItem() async throws {
        let run = try await draft(unet())
        let item = try JSONValue.parse(run.output)
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        #expect(item["id"] == "unet")
        #expect(item["assets"]?["model"]?["href"] == "./unet.pt2")
        #expect(item["properties"]?["mlm_inspect:todo"]?.array?.isEmpty == false)
        #expect(try await Program.run("-f", "item", unet()).output == run.output)
        #expect(try await draft(unet(), "--compact").output.filter { $0 == "\n" }.count == 1)
    }

    /// Four flags fill what no file says; then nothing of ours is left.
    @Test func fourGapsFilledMakeAFinalItem() async throws {
        let path = folder.path("unet.json")
        let run = try await Program.run(Program.path, ["draft", try unet()] + Self.filled + ["--final", "-o", path])
        #expect(run.code == 0)
        #expect(run.output.isEmpty && run.errors.isEmpty)
        let item = try read("unet.json")
        #expect(!item.description.contains("mlm_inspect"))
        #expect(item["bbox"] == [-180, -90, 180, 90])
        #expect(item["properties"]?["mlm:tasks"] == ["semantic-segmentation"])
        // No bands are said to be none, which readers of MLM ask of an input.
        #expect(item["properties"]?["mlm:input"]?[0]?["bands"] == [])
        #expect(item["properties"]?["mlm:output"]?[0]?.object?["bands"] == nil)
    }

    @Test func anOpenGapKeepsAnItemFromBeingFinal() async throws {
        let run = try await draft(unet(), "--final", "--task", "semantic-segmentation", "-o", folder.path("unet.json"))
        #expect(run.code == 1)
        #expect(run.output.isEmpty)
        #expect(try names().isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains("/geometry") && lines[0].contains("--geometry") && lines[0].contains("--bbox"))
        #expect(lines[1].contains("/properties/datetime") && lines[1].contains("--datetime"))
        #expect(lines[2].contains("/properties/license") && lines[2].contains("--license"))
        #expect(try await draft(unet(), "--final").output.isEmpty)
    }

    /// Weights alone do not say what goes in and comes out; somebody has to.
    @Test func withoutInputsAnItemIsNotFinal() async throws {
        let run = try await Program.run(Program.path, ["draft", try weights(), "--final"] + Self.filled)
        #expect(run.code == 1)
        #expect(
            run.errors.contains(
                "/properties/mlm:input is missing: nobody can tell what goes in; give -p mlm:input=JSON"))
        #expect(run.errors.contains("/properties/mlm:output is missing"))
    }

    /// Names that stand for nothing and an architecture that nobody said keep an Item from being final, until a person has
    /// said them: unknown, too.
    @Test func placeholdersAreNotFinal() async throws {
        let model = try Self.artifact("onnx/context_node.onnx")
        let first = try await Program.run(Program.path, ["draft", model, "--final"] + Self.filled)
        #expect(first.code == 1)
        #expect(first.errors.contains("--dim-order"))
        #expect(first.errors.contains("--architecture"))
        let order = ["--dim-order", "x=batch,feature", "--dim-order", "y=batch,class"]
        let run = try await Program.run(
            Program.path, ["draft", model, "--final", "--architecture", "unknown"] + order + Self.filled)
        #expect(run.code == 0, "\(run.errors)")
        let item = try JSONValue.parse(run.output)
        #expect(item["properties"]?["mlm:architecture"] == "unknown")
        #expect(item["properties"]?["mlm:input"]?[0]?["input"]?["dim_order"] == ["batch", "feature"])
        #expect(item["properties"]?["mlm:output"]?[0]?["result"]?["dim_order"] == ["batch", "class"])
    }

    @Test func aDayIsAMoment() async throws {
        let run = try await draft(unet(), "--start", "2015-06-27", "--end", "2016-06-27", "--compact")
        let range = try JSONValue.parse(run.output)["properties"]
        #expect(range?["start_datetime"] == "2015-06-27T00:00:00Z")
        #expect(range?["end_datetime"] == "2016-06-27T23:59:59Z")
        let open = try JSONValue.parse(try await draft(unet(), "--start", "..", "--end", "..").output)["properties"]
        #expect(open?["start_datetime"] == "1900-01-01T00:00:00Z")
        #expect(open?["end_datetime"] == "9999-12-31T23:59:59Z")
        #expect(!(open?["mlm_inspect:todo"]?.array ?? []).contains { $0["pointer"] == "/properties/datetime" })
        #expect(try await draft(unet(), "--datetime", "2017-06-30").code == 0)
        for wrong in ["2017-02-30", "..", "2017"] { #expect(try await draft(unet(), "--datetime", wrong).code == 64) }
    }

    @Test func theOrderOfTheBandsOfASensorIsSaid() async throws {
        let run = try await draft(unet(), "--sensor", "sentinel-2-l1c", "--compact")
        #expect(run.code == 0)
        #expect(run.errors.contains("B07, B08, B8A, B09"))
        let wrong = try await draft(unet(), "--sensor", "sentinel-2-l2a")
        #expect(wrong.code == 64)
        #expect(wrong.errors.contains("12 bands, but \"x\" has 13 channels"))
        let none = try await draft(unet(), "--sensor", "sentinel-9")
        #expect(none.code == 64)
        #expect(none.errors.contains("sentinel-2-l1c"))
    }

    @Test func referencesAreThoseOfThePlaceOfTheItem() async throws {
        let model = folder.path("m/a b.pt2")
        try FileManager.default.createDirectory(atPath: folder.path("m"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder.path("items"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: unet(), toPath: model)
        let place = folder.url.path(percentEncoded: false)
        #expect(try await Program.run("draft", "m/a b.pt2", "-o", "items/a.json", in: place).code == 0)
        #expect(try read("items/a.json")["assets"]?["model"]?["href"] == "../m/a%20b.pt2")
        #expect(try await draft(model, "--href-prefix", "https://example.org/m", "-o", folder.path("b.json")).code == 0)
        #expect(try read("b.json")["assets"]?["model"]?["href"] == "https://example.org/m/a%20b.pt2")
        let run = try await draft(model, "--asset-href", "s3://b/u.pt2", "--asset-key", "weights", "--id", "mine")
        #expect(try JSONValue.parse(run.output)["assets"]?["weights"]?["href"] == "s3://b/u.pt2")
        #expect(try JSONValue.parse(run.output)["id"] == "mine")
    }

    @Test func standardInputHasNoPlace() async throws {
        let run = try await Program.run(["draft", "-"], reading: unet())
        let item = try JSONValue.parse(run.output)
        #expect(run.code == 0)
        #expect(item["id"] == "model")
        #expect(item["properties"]?["mlm:name"] == "model")
        #expect(item["assets"]?["model"]?["title"] == nil)
        let open = item["properties"]?["mlm_inspect:todo"]?.array?.compactMap { $0["pointer"]?.string } ?? []
        #expect(Set(open).isSuperset(of: ["/assets/model/href", "/properties/mlm:name"]))
        let final = try await Program.run(["draft", "-", "--final"] + Self.filled, reading: unet())
        #expect(final.code == 1)
        #expect(final.errors.contains("--asset-href"))
        let named = ["--asset-href", "https://example.org/u.pt2", "--name", "field unet"]
        #expect(try await Program.run(["draft", "-", "--final"] + Self.filled + named, reading: unet()).code == 0)
    }

    @Test func theChecksumIsThatOfTheFile() async throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: unet())))
        let expected = try Multihash.sha256(of: ByteSource(MemoryBytes(bytes)))
        let run = try await draft(unet(), "--checksum")
        let item = try JSONValue.parse(run.output)
        #expect(item["assets"]?["model"]?["file:checksum"]?.string == expected)
        #expect(item["id"]?.string == "unet-" + expected.dropFirst(4).prefix(8))
        #expect(run.errors.isEmpty)
        let record = try JSONValue.parse(try await Program.run("-f", "json", "--checksum", unet()).output)
        #expect(record["draft"]?["asset"]?["file:checksum"]?.string == expected)
        let plain = try JSONValue.parse(try await Program.run("-f", "json", unet()).output)
        #expect(record["bytes_read"] == plain["bytes_read"])
        let piped = try await Program.run(["draft", "-", "--checksum"], piping: bytes)
        #expect(try JSONValue.parse(piped.output)["assets"]?["model"]?["file:checksum"]?.string == expected)
    }

    /// A folder has no checksum of its own, its members have.
    @Test func membersHaveChecksums() async throws {
        let run = try await draft(Self.artifact("safetensors/sharded"), "--checksum")
        let assets = try #require(try JSONValue.parse(run.output)["assets"]?.object)
        #expect(assets["model"]?["file:checksum"] == nil)
        #expect(assets.count == 3)
        #expect(assets.dropFirst().allSatisfy { $0.value["file:checksum"]?.string?.hasPrefix("1220") == true })
    }

    // MARK: - Several

    @Test func severalAreAnItemCollection() async throws {
        let run = try await draft(unet(), empty(), keras())
        let collection = try JSONValue.parse(run.output)
        #expect(run.code == 0)
        #expect(collection["type"] == "FeatureCollection")
        #expect(collection["features"]?.array?.map { $0["id"]?.string } == ["unet", "unet13_3_15_tensorflow"])
        #expect(run.errors.hasPrefix("mlm-inspect: \(try empty()): "))
        #expect(try await draft(unet(), keras(), "--compact").output.filter { $0 == "\n" }.count == 1)
        let lines = try await draft("-f", "ndjson", unet(), keras()).output.split(separator: "\n")
        #expect(try lines.map { try JSONValue.parse(String($0))["type"] } == ["Feature", "Feature"])
    }

    @Test func severalFormatsOfOneModelAreOneItem() async throws {
        let run = try await draft("--one-item", keras(), weights())
        let item = try JSONValue.parse(run.output)
        #expect(run.code == 0)
        #expect(item["assets"]?.object?.keys == ["model", "model-keras-v3-weights"])
        #expect(
            item["assets"]?["model-keras-v3-weights"]?["mlm:artifact_type"] == "tf.keras.Model.save_weights")
        let other = try await draft("--one-item", keras(), unet())
        #expect(other.code == 64)
        #expect(other.output.isEmpty)
        #expect(other.errors.contains("[-1, 64, 64, 13]") && other.errors.contains("[-1, 13, 64, 64]"))
        let missing = try await draft("--one-item", keras(), empty(), "-o", folder.path("a.json"))
        #expect(missing.code == 3)
        #expect(try names().isEmpty)
    }

    @Test func exitCodes() async throws {
        #expect(try await draft(dangerous()).code == 1)
        #expect(try await draft(dangerous(), unet(), "--fail-on", "never").code == 0)
        #expect(try await draft(truncated()).code == 2)
        #expect(try await draft(empty()).code == 3)
        #expect(try await draft(empty()).output.isEmpty)
        #expect(try await draft(empty(), "-o", folder.path("a.json")).code == 3)
        #expect(try names().isEmpty)
        #expect(try await draft(unet(), truncated()).code == 2)
    }

    @Test(arguments: [
        ["--bbox", "0,0,1"], ["--bbox", "0,0,1,91"], ["--geometry", "absent.json"],
        ["--geometry", "world", "--bbox", "0,0,1,1"],
        ["--datetime", "2020-01"], ["--start", "2020-01-01T00:00:00Z"],
        ["--datetime", "2020-01-01T00:00:00Z", "--start", "2020-01-01T00:00:00Z", "--end", "2021-01-01T00:00:00Z"],
        ["--start", "2021-01-01T00:00:00Z", "--end", "2020-01-01T00:00:00Z"], ["--task", "clustering"], ["--task", ""],
        ["--band", "red,green"], ["--band", ","], ["--name", "3d"], ["--license", "see web page"], ["-p", "mlm:foo=1"],
        ["-p", "mlm:artifact_type=x"], ["-p", "x"], ["--title", "a", "-p", "title=b"], ["--id", "a/b"], ["--id", ""],
        ["--asset-href", "a", "--href-prefix", "b"], ["--asset-key", ""], ["--architecture", ""],
        ["--collection", "c", "-o", "x"], ["--collection", "c", "--one-item"], ["--collection", "c", "--id", "a"],
        ["--collection", "c", "--name", "abc"], ["--collection", "c", "-f", "ndjson"],
    ])
    func whatCannotBeGivenIsSaidInOneLine(_ arguments: [String]) async throws {
        let run = try await Program.run(Program.path, ["draft", try unet()] + arguments, in: folder.path(""))
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("mlm-inspect: ") && run.errors.filter { $0 == "\n" }.count == 1, "\(run.errors)")
        #expect(try names().isEmpty)
    }

    @Test func whatIsOfOneItemIsNotOfSeveral() async throws {
        for flag in [["--id", "a"], ["--asset-href", "a"], ["--name", "abc"], ["--title", "a"]] {
            let run = try await Program.run(Program.path, ["draft", try unet(), try keras()] + flag)
            #expect(run.code == 64)
            #expect(run.errors.contains(flag[0]))
        }
    }

    @Test func aGeometryIsReadWithinLimits() async throws {
        let path = try folder.write(Array(#"{"type": "Point", "coordinates": [8.5, 47.4]}"#.utf8), to: "place.json")
        #expect(
            try JSONValue.parse(try await draft(unet(), "--geometry", path).output)["bbox"] == [8.5, 47.4, 8.5, 47.4])
        let limited = try await draft(unet(), "--geometry", path, "--limit", "geometry-bytes=10")
        #expect(limited.code == 64)
        #expect(limited.errors.contains("geometry bytes"))
        let west = try await draft(unet(), "--bbox", "-10,-5,-1,5")
        #expect(try JSONValue.parse(west.output)["bbox"] == [-10, -5, -1, 5])
    }

    // MARK: - A Collection

    private func tree() throws -> String {
        for name in ["a", "a/sub"] {
            try FileManager.default.createDirectory(
                atPath: folder.path("models/" + name), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(atPath: unet(), toPath: folder.path("models/a/unet.pt2"))
        try FileManager.default.copyItem(atPath: keras(), toPath: folder.path("models/a/unet.keras"))
        try FileManager.default.copyItem(atPath: empty(), toPath: folder.path("models/a/sub/empty.onnx"))
        try FileManager.default.copyItem(
            atPath: Self.artifact("safetensors/sharded"), toPath: folder.path("models/a/sub/sharded"))
        try FileManager.default.copyItem(
            atPath: Self.artifact("tf-saved-model/keras_save_2_15"), toPath: folder.path("models/saved"))
        try folder.write(Array("# models".utf8), to: "models/README.md")
        return folder.path("models")
    }

    @Test func aFolderBecomesACollection() async throws {
        let run = try await draft("--collection", folder.path("out"), tree())
        #expect(run.code == 0)
        #expect(run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
        let collection = try read("out/collection.json")
        let ids = ["a-sub-sharded-model-safetensors-index", "a-unet-keras", "a-unet-pt2", "saved"]
        #expect(try names("out") == ["collection.json", "items"])
        #expect(try names("out/items") == ids.map { $0 + ".json" })
        #expect(collection["id"] == "out")
        #expect(collection["license"] == "other")
        #expect(collection["stac_extensions"] == nil)
        let summaries = try #require(collection["summaries"])
        #expect(summaries["mlm:framework"] == ["Keras", "PyTorch", "TensorFlow"])
        let counts = try ids.compactMap { try read("out/items/\($0).json")["properties"]?["mlm:total_parameters"]?.int }
        #expect(counts.count > 1)
        #expect(summaries["mlm:total_parameters"]?["minimum"]?.int == counts.min())
        #expect(summaries["mlm:total_parameters"]?["maximum"]?.int == counts.max())
        for key in ["mlm:input", "mlm:output", "mlm:hyperparameters", "mlm:name"] { #expect(summaries[key] == nil) }
        let items = collection["links"]?.array?.filter { $0["rel"] == "item" }.compactMap { $0["href"]?.string } ?? []
        #expect(items.sorted() == ids.map { "./items/\($0).json" })
        let item = try read("out/items/a-unet-pt2.json")
        #expect(item["collection"] == "out")
        #expect(item["links"]?.array?.map { $0["rel"]?.string } == ["root", "parent", "collection"])
        #expect(item["links"]?.array?.allSatisfy { $0["href"] == "../collection.json" } == true)
        #expect(item["assets"]?["model"]?["href"] == "../../models/a/unet.pt2")
        for (pointer, value) in collection.leaves() where !pointer.description.contains("mlm_inspect") {
            let told = collection["mlm_inspect:evidence"]?.array?.compactMap {
                JSONPointer($0["pointer"]?.string ?? "")
            }
            #expect(told?.contains { pointer.isWithin($0) } == true, "\(pointer) = \(value)")
        }
    }

    @Test func whatIsGivenIsOfAllItems() async throws {
        let run = try await Program.run(
            Program.path,
            ["draft", "--collection", folder.path("out"), try tree(), "--collection-id", "mine", "--title", "Mine"]
                + ["--license", "Apache-2.0", "--description", "All of mine.", "--bbox", "5,45,10,47"]
                + Self.filled.prefix(2)
                + ["--datetime", "2020-01-01T00:00:00Z"])
        #expect(run.code == 0)
        let collection = try read("out/collection.json")
        #expect(collection["id"] == "mine" && collection["title"] == "Mine" && collection["license"] == "Apache-2.0")
        #expect(collection["extent"]?["spatial"]?["bbox"] == [[5, 45, 10, 47]])
        #expect(
            collection["extent"]?["temporal"]?["interval"] == [["2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]])
        #expect(collection["mlm_inspect:todo"] == [])
        #expect(collection["summaries"]?["mlm:tasks"] == ["semantic-segmentation"])
        let item = try read("out/items/saved.json")
        #expect(item["properties"]?["license"] == "Apache-2.0")
        #expect(item["properties"]?["title"] != "Mine")
    }

    /// Whatever goes wrong, nothing is left that was not there.
    @Test func aCollectionIsWrittenWholeOrNotAtAll() async throws {
        let models = try tree()
        #expect(try await draft("--collection", folder.path("out"), models, "--final").code == 1)
        #expect(try await draft("--collection", folder.path("out"), folder.path("models/README.md")).code == 3)
        #expect(try await draft("--collection", folder.path("out"), models, "--band", "a").code == 64)
        #expect(try await draft("--collection", folder.path("out"), folder.path("absent")).code == 2)
        #expect(try await draft("--collection", folder.path("no/out"), models).code == 64)
        #expect(try names() == ["models"])
        #expect(try await draft("--collection", folder.path("out"), models).code == 0)
        let again = try await draft("--collection", folder.path("out"), models)
        #expect(again.code == 64)
        #expect(again.errors.contains("--force"))
        #expect(try await draft("--collection", folder.path("out"), models, "--force").code == 0)
        #expect(try names("out").allSatisfy { !$0.hasPrefix(".") })
        #expect(try await draft("--collection", folder.path("models/README.md"), models).code == 64)
    }
}
