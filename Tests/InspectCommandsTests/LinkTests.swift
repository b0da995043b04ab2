import Foundation
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// Links beside and inside an artifact: those that leave its folder are said and not followed.
@Suite struct LinkTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Two shards, of which the index beside them names one that is a link.
    private func shards(in place: String, to target: String) throws -> String {
        let header = Array(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#.utf8)
        let shard = [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [0, 0, 0, 0]
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path(place), withIntermediateDirectories: true)
        let file = folder.path(target)
        try manager.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(shard).write(to: URL(filePath: file))
        let link = folder.path(place + "/model-00001-of-00001.safetensors")
        try manager.createSymbolicLink(atPath: link, withDestinationPath: file)
        let index = folder.path(place + "/model.safetensors.index.json")
        let text = #"{"metadata":{"total_size":4},"weight_map":{"w":"model-00001-of-00001.safetensors"}}"#
        try Data(text.utf8).write(to: URL(filePath: index))
        return index
    }

    private func record(_ arguments: String...) async throws -> (JSONValue, isRefused: Bool) {
        let sandbox = try await FenceParts.hold(FenceParts.all) ? "require" : "auto"
        let run = try await Program.run(Program.path, ["--sandbox", sandbox, "-f", "json"] + arguments)
        let record = try JSONValue.parse(run.output)
        let codes = record["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
        return (record, codes.contains("file.link-outside"))
    }

    @Test func oneThatLeavesTheFolderIsNotFollowed() async throws {
        let index = try shards(in: "model", to: "elsewhere/shard")
        let (_, isRefused) = try await record(index)
        #expect(isRefused)
        let (followed, isStillRefused) = try await record("--follow", index)
        #expect(!isStillRefused)
        #expect(followed["facts"]?["parameters"]?["total"]?.int == 1)
    }

    @Test func oneThatStaysIsFollowed() async throws {
        let (record, isRefused) = try await record(try shards(in: "model", to: "model/stored/shard"))
        #expect(!isRefused)
        #expect(record["facts"]?["parameters"]?["total"]?.int == 1)
    }

    @Test func theBlobsOfAHubCacheAreOfTheSameRepository() async throws {
        let repository = "hub/models--owner--name"
        let snapshot = repository + "/snapshots/0123abcd"
        let (record, isRefused) = try await record(try shards(in: snapshot, to: repository + "/blobs/ffff"))
        #expect(!isRefused)
        #expect(record["facts"]?["parameters"]?["total"]?.int == 1)
        let other = try shards(in: "hub/models--owner--other/snapshots/1", to: repository + "/blobs/eeee")
        #expect(try await self.record(other).isRefused)
    }
}
