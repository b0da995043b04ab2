import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// One file under many names costs as much as under one, and so do pieces of a file that lie over each other.
@Suite struct RepeatedFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, _ name: String) throws { try folder.write(Array(text.utf8), to: "net/" + name) }

    /// Another name of a file.
    private func link(_ name: String, to file: String) throws {
        try FileManager.default.linkItem(atPath: folder.path("net/" + file), toPath: folder.path("net/" + name))
    }

    private func inspect(_ name: String = "net", limits: Limits = Limits()) -> Record {
        Inspector(limits: limits).inspect(folder.path(name))
    }

    private func index(of files: [String]) throws {
        let map = files.enumerated().map { #""w\#($0)": "\#($1)""# }.joined(separator: ",")
        try write(#"{"weight_map": {\#(map)}}"#, "model.safetensors.index.json")
    }

    /// Shards with endings that are the loader's and others.
    @Test(arguments: [true, false], ["safetensors", "st"])
    func shardsThatAreOneFile(_ isHuggingFace: Bool, _ ending: String) throws {
        if isHuggingFace { try write(#"{"model_type": "bert"}"#, "config.json") }
        let names = (0..<40).map { "model-\($0).\(ending)" }
        try folder.write(SafetensorsFile.oneFloat, to: "net/" + names[0])
        for name in names.dropFirst() { try link(name, to: names[0]) }
        try index(of: Array(names.prefix(3)))
        let few = inspect()
        try index(of: names)
        let many = inspect()
        #expect(many.verdict == .model)
        #expect(many.facts?.parameters?.total == 1)
        #expect(many.findings?.count { $0.code == "shards.repeated" } == 1)
        // The index itself is longer.
        #expect(try #require(many.bytesRead) - #require(few.bytesRead) < 2_000)
    }

    @Test(arguments: [true, false]) func headersOfAllShardsHaveOneLimit(_ isHuggingFace: Bool) throws {
        if isHuggingFace { try write(#"{"model_type": "bert"}"#, "config.json") }
        for name in ["a", "b"] {
            let header = #"{"\#(name)":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
            try folder.write(SafetensorsFile.of(header, data: [0, 0, 0, 0]), to: "net/\(name).safetensors")
        }
        try index(of: ["a.safetensors", "b.safetensors"])
        #expect(inspect().facts?.parameters?.total == 2)
        var limits = Limits()
        limits[SafetensorsLimits.shardHeaderBytes].value = 100
        let record = inspect(limits: limits)
        #expect(record.error?.message.hasPrefix("limit: shard header bytes 108 > 100") == true, "\(record)")
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.facts?.parameters == nil)
    }

    /// A single file may have a larger header.
    @Test func oneFileHasNoLimitOfShards() throws {
        var limits = Limits()
        limits[SafetensorsLimits.shardHeaderBytes].value = 1
        let path = try folder.write(SafetensorsFile.oneFloat, to: "a.safetensors")
        #expect(Inspector(limits: limits).inspect(path).verdict == .model)
    }

    private static let imports = "cevilmod\nRun\n(tR."

    @Test func picklesThatAreOneFile() throws {
        try write(#"{"model_type": "bert"}"#, "config.json")
        try folder.write(SafetensorsFile.oneFloat, to: "net/model.safetensors")
        try write("(lNa.", "a.bin")
        for index in 0..<8 { try link("b\(index).bin", to: "a.bin") }
        var limits = Limits()
        limits.folderMembers.value = 2
        #expect(inspect(limits: limits).loading?.verdict == .dataOnly)
        try write(Self.imports, "c.bin")
        #expect(inspect(limits: limits).loading?.verdict == .needsCode)
    }

    /// A name that no loader reads does not hide the same file under one that a loader does.
    @Test func theWorseNameCounts() throws {
        try write(#"{"model_type": "bert"}"#, "config.json")
        try folder.write(SafetensorsFile.oneFloat, to: "net/model.safetensors")
        try write(Self.imports, "optimizer.pt")
        #expect(inspect().loading?.verdict == .dataOnly)
        try link("pytorch_model.bin", to: "optimizer.pt")
        #expect(inspect().loading?.verdict == .needsCode)
    }

    @Test func partsOfGGUFThatAreOneFile() throws {
        let name = { (part: Int) in "split-0000\(part)-of-00003.gguf" }
        for part in 1...2 {
            let bytes = try Data(contentsOf: TestArtifact.root.appending(path: "gguf/" + name(part)))
            try folder.write(bytes, to: "net/" + name(part))
        }
        try link(name(3), to: name(2))
        let record = inspect("net/" + name(1))
        #expect(record.error?.message == "is the same file as another part")
    }

    /// Items of a distributed checkpoint: one behind the other, over each other, and in another name of the same file.
    @Test func itemsOverEachOther() throws {
        let home = "torch.distributed.checkpoint.metadata"
        func object(_ pickle: PickleBuilder, _ name: String, _ state: [(String, PickleBuilder)]) -> PickleBuilder {
            let filled = state.reduce(pickle.global(home, name).emptyTuple().newobj().emptyDict().mark()) {
                $0.binunicode($1.0).then($1.1)
            }
            return filled.setitems().build()
        }
        func unseen(_ places: [(file: String, offset: UInt8)]) throws -> String? {
            var stored = PickleBuilder().emptyDict().mark()
            for (index, place) in places.enumerated() {
                stored = object(stored, "MetadataIndex", [("fqn", PickleBuilder().binunicode("item\(index)"))])
                stored = object(
                    stored, "_StorageInfo",
                    [
                        ("relative_path", PickleBuilder().binunicode(place.file)),
                        ("offset", PickleBuilder().binint1(place.offset)), ("length", PickleBuilder().binint1(50)),
                    ])
            }
            let metadata = object(
                PickleBuilder().proto(2), "Metadata",
                [("state_dict_metadata", PickleBuilder().emptyDict()), ("storage_data", stored.setitems())])
            try folder.write(metadata.stop().bytes, to: "net/.metadata")
            var limits = Limits()
            limits.overlappingBytes.value = 60
            return inspect(limits: limits).findings?.first { $0.code == "torch.checkpoint-items-unseen" }?.message
        }
        try write(String(repeating: "N.", count: 100), "a.distcp")
        try link("b.distcp", to: "a.distcp")
        #expect(try unseen([("a.distcp", 0), ("a.distcp", 50), ("a.distcp", 100)]) == nil)
        #expect(try unseen([("a.distcp", 0), ("a.distcp", 2), ("a.distcp", 100)]) == nil)
        let beyond = "1 of its items were not looked at: limit: overlapping bytes > 60"
        #expect(try unseen([("a.distcp", 0), ("a.distcp", 2), ("a.distcp", 4)]) == beyond)
        #expect(try unseen([("a.distcp", 0), ("b.distcp", 50), ("b.distcp", 100)]) == beyond)
    }
}
