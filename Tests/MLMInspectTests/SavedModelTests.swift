import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// What the small SavedModels do not show: how little of a large one is read.
@Suite struct SavedModelTests {
    @Test func ofTwoGigabytesOfVariablesNoneIsRead() throws {
        let size = 2 << 30
        let folder = try TemporaryFolder()
        try folder.write(graph, to: "saved_model.pb")
        let variables = folder.url.appending(path: "variables", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: variables, withIntermediateDirectories: false)
        try folder.write(index(size), to: "variables/variables.index")
        let shard = "variables/variables.data-00000-of-00001"
        let hole = try FileHandle(forWritingTo: URL(filePath: try folder.write([], to: shard)))
        try hole.truncate(atOffset: UInt64(size))
        try hole.close()

        var recorders: [String: RecordingBytes] = [:]
        let artifact = try Artifact.open(folder.url.path(percentEncoded: false), limits: Limits()) { file, companion in
            let recorder = RecordingBytes(file)
            recorders[companion ?? ""] = recorder
            return recorder
        }
        let record = Inspector().inspect(artifact)
        #expect(record.format?.id == "tf-saved-model")
        #expect(record.facts?.parameters?.total == size / 4)
        #expect(record.size ?? 0 > size)
        #expect(recorders[shard]?.reads ?? [] == [])
        #expect(recorders.keys.contains("variables/variables.index"))
        #expect(record.bytesRead ?? .max <= 16 << 10)
    }

    private var graph: [UInt8] {
        ProtobufBytes { model in
            model.int(1, 1)
            model.message(2) { metaGraph in
                metaGraph.message(1) { info in
                    info.string(4, "serve")
                    info.string(5, "1.15.5")
                }
                metaGraph.message(2) { graph in graph.message(4) { $0.int(1, 134) } }
            }
        }.bytes
    }

    /// A bundle's header and one variable, as tensor_bundle.proto has them.
    private func index(_ size: Int) -> [UInt8] {
        let header = ProtobufBytes { header in
            header.int(1, 1)
            header.message(3) { $0.int(1, 1) }
        }
        let entry = ProtobufBytes { entry in
            entry.int(1, 1)
            entry.message(2) { shape in
                for side in [size >> 12, 1_024] { shape.message(2) { $0.int(1, side) } }
            }
            entry.int(5, size)
        }
        return TableBuilder([[(key: "", value: header.bytes), (key: "dense/kernel", value: entry.bytes)]]).bytes
    }
}
