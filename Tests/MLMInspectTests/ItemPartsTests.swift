import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import TestSupport
import Testing

/// Ids, references and members: the parts of an Item that are made of names.
@Suite struct ItemPartsTests {
    @Test(arguments: [
        ("unet", "unet"), ("U-Net (v2)", "u-net-v2"), ("sar/été 2020.onnx", "sar-t-2020-onnx"), ("__a__", "__a"),
        ("", "model"), ("中文", "model"), ("a..b", "a-b"), ("-", "model"), ("3d_unet", "3d_unet"), ("İ", "i"),
    ])
    func slugs(_ text: String, _ slug: String) {
        #expect(ItemIdentifier.slug(text) == slug)
    }

    private func ids(_ paths: String...) -> [String] {
        let ids = ItemIdentifiers(paths.map { ItemIdentifiers.Path(short: $0, full: "models/" + $0) })
        return paths.map { ids["models/" + $0] }
    }

    @Test func idsAreAsShortAsTheyCanBe() {
        #expect(ids("unet.pt2", "sar/unet.pt2") == ["unet", "sar-unet"])
        #expect(ids("unet.pt2", "unet.onnx") == ["unet-pt2", "unet-onnx"])
        #expect(ids("a.tar.gz", "a.tar.xz") == ["a-tar-gz", "a-tar-xz"])
        #expect(ids(".hidden", "b.pt") == ["hidden", "b"])
    }

    /// They are the same in whatever order the paths come, and never alike.
    @Test func idsAreUnique() {
        let paths = ["a b.pt", "a-b.pt", "A-B.pt", "a/b.pt", "a-b-pt", "a-b.pt.pt"]
        let one = ItemIdentifiers(paths.map { .init(short: $0, full: $0) })
        let other = ItemIdentifiers(paths.reversed().map { .init(short: $0, full: $0) })
        let ids = paths.map { one[$0] }
        #expect(Set(ids).count == paths.count, "\(ids)")
        #expect(paths.map { other[$0] } == ids)
        #expect(ids.allSatisfy { ItemIdentifier.slug($0) == $0 }, "\(ids)")
    }

    @Test(arguments: [
        ("/m/unet.pt2", "/m", "./unet.pt2"), ("/m/unet.pt2", "/c/unet", "../../m/unet.pt2"),
        ("/m/a/unet.pt2", "/m/b", "../a/unet.pt2"), ("/m/unet.pt2", "/", "./m/unet.pt2"),
        ("/m/./x/../unet.pt2", "/m/y/..", "./unet.pt2"), ("/m/a b#c?d%e.pt", "/m", "./a%20b%23c%3Fd%25e.pt"),
        ("/m/été.pt", "/m", "./été.pt"), ("/m/a\nb\u{202E}.pt", "/m", "./a%0Ab%E2%80%AE.pt"), ("/m", "/m", "../m"),
        ("/m/c:x.pt", "/m", "./c:x.pt"), ("/m/a[1].pt", "/m", "./a%5B1%5D.pt"),
    ])
    func references(_ path: String, _ folder: String, _ href: String) {
        #expect(Href.relative(path, from: folder) == href)
    }

    @Test func referencesBehindAPrefix() {
        #expect(Href.joined("https://example.org/m", "a b/c.pt") == "https://example.org/m/a%20b/c.pt")
        #expect(Href.joined("s3://bucket/", "./c.pt") == "s3://bucket/c.pt")
    }

    private func item(_ name: String) throws -> Item {
        try ItemEvidenceTests.item(try #require(TestArtifact.all.first { $0.description == name }, "no \(name)"))
    }

    /// MLM forbids an artifact type to what is no model of its own.
    @Test func externalDataIsAnAssetOfWeights() throws {
        let asset = try item("onnx/external_one_file.onnx").assets["external_one_file-onnx-data"]
        #expect(asset?["href"] == "./external_one_file.onnx.data")
        #expect(asset?["roles"] == ["mlm:weights", "data"])
        #expect(asset?["file:size"] == 2176)
        #expect(asset?["mlm:artifact_type"] == nil)
    }

    @Test func shardsLieInTheirFolder() throws {
        let assets = try item("safetensors/sharded").assets
        #expect(assets.keys.count == 3)
        #expect(
            assets["model-00001-of-00002-safetensors"]?["href"] == "./sharded/model-00001-of-00002.safetensors")
    }

    /// What lies within an archive is no file that could be fetched.
    @Test(arguments: ["tf-saved-model/hub_archive.tar.gz", "torchserve-mar/scripted.mar"])
    func membersOfAnArchiveAreNoAssets(_ name: String) throws {
        #expect(try item(name).assets.keys == ["model"])
    }

    @Test func aMissingMemberIsAGap() throws {
        let item = try item("onnx/external_missing.onnx")
        #expect(item.assets.keys == ["model"])
        #expect(item.gaps.contains { $0.pointer == "/assets" && $0.hint.contains("external_missing.onnx.data") })
    }

    // MARK: - Several artifacts

    private func facts(_ name: String) throws -> ModelFacts {
        let artifact = try #require(TestArtifact.all.first { $0.description == name }, "no \(name)")
        return try #require(Records.of(artifact).facts)
    }

    @Test func theSameModelInSeveralFormatsAgrees() throws {
        let keras = try facts("keras-v3/unet13_3_15_tensorflow.keras")
        for other in ["keras-h5-model/unet13_3_15_tensorflow.h5", "keras-v3/unet13_2_21.keras"] {
            #expect(OneModel.difference(keras, try facts(other)) == nil)
        }
    }

    @Test func whatDiffersIsNamed() throws {
        let unet = try facts("torch-export/unet.pt2")
        let keras = try facts("keras-v3/unet13_3_15_tensorflow.keras")
        #expect(
            OneModel.difference(unet, keras)
                == "input \"x\" float32 [-1, 13, 64, 64] and \"bands\" float32 [-1, 64, 64, 13]")
        #expect(
            OneModel.difference(unet, try facts("torch-state-dict/cnn_1_13.pt"))
                == "12397 and 565 parameters")
    }

    @Test func oneItemOfSeveralSaysWhichSaysWhat() throws {
        let whole = "keras-v3/unet13_3_15_tensorflow.keras"
        let sources = try ["keras-v3-weights/unet13_3_15_tensorflow.weights.h5", whole].map { name in
            let artifact = try #require(TestArtifact.all.first { $0.description == name }, "no \(name)")
            return try #require(Records.of(artifact).itemSource(href: "./" + artifact.fileName))
        }
        let item = Item(sources, id: "unet", idRule: ItemIdentifiers.rule)
        let document = item.json()
        #expect(item.assets.count == 2)
        #expect(item.properties["mlm:input"] == sources[1].draft.properties["mlm:input"])
        #expect(item.evidence.contains { $0.where.hasPrefix("unet13_3_15_tensorflow.keras: ") })
        for (pointer, value) in document.leaves() where !ItemEvidenceTests.isOurs(pointer) {
            #expect(item.evidence.contains { pointer.isWithin($0.place) }, "\(pointer) = \(value.description)")
        }
        for entry in item.evidence { #expect(document[entry.place] != nil, "\(entry.place)") }
    }
}
