import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// The index of a model in several files, the same for all formats that have one.
@Suite struct ShardIndexTests {
    private func index(shards count: Int, _ ending: String) -> [UInt8] {
        let map = (0..<count).map { "\"tensor\($0)\":\"model-\($0)\(ending)\"" }.joined(separator: ",")
        return Array("{\"metadata\":{\"total_size\":1},\"weight_map\":{\(map)}}".utf8)
    }

    @Test(arguments: [
        ("model.safetensors.index.json", ".safetensors"), ("model.weights.json", ".weights.h5"),
    ])
    func moreShardsThanTheLimitAreRefused(_ name: String, _ ending: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(index(shards: 9, ending), to: name)
        var inspector = Inspector()
        let record = inspector.inspect(path)
        #expect(record.error == nil)
        #expect(record.files?.count == 9)
        #expect(record.findings?.count { $0.code == "shards.missing" } == 9)
        inspector.limits.shards.value = 8
        let limited = inspector.inspect(path)
        #expect(limited.error?.reason == .limit)
        #expect(limited.error?.message == "limit: shards 9 > 8")
        #expect(limited.files == nil)
    }

    /// As many files as the limit allows are named in far less than the seconds that comparing each with each would take.
    @Test func aShardIsNamedOnceHoweverManyTensorsItHolds() throws {
        let folder = try TemporaryFolder()
        let map = (0..<50_000).map { "\"t\($0)\":\"model-\($0 % 3).safetensors\"" }.joined(separator: ",")
        let path = try folder.write(
            Array("{\"weight_map\":{\(map)}}".utf8), to: "model.safetensors.index.json")
        let record = Inspector().inspect(path)
        #expect(record.files?.map(\.path) == (0..<3).map { "model-\($0).safetensors" })
        #expect(record.format?.variant == "3 shards")
    }
}
