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

    /// Lambda layers inside other layers, as TimeDistributed and nested models hold them; each is named once.
    private static let nested = """
        {"name": "outer", "class_name": "Functional", "config": {"name": "outer", "layers": [
            {"class_name": "TimeDistributed", "config": {"layer": {"class_name": "Lambda", "config": {"name": "in_wrapper"}}}},
            {"class_name": "Sequential", "config": {"name": "inner", "layers": [
                {"class_name": "Dense", "config": {"name": "dense"}},
                {"class_name": "Lambda", "config": {"name": "in_model"}}]}},
            {"class_name": "Lambda", "config": {"name": "own"}}]}}
        """
    private static let lambda = #"{"name": "own", "class_name": "Lambda", "config": {"name": "own"}}"#

    private func lambdas(_ record: Record) -> String? {
        record.findings?.first { $0.code == "keras.lambda" }?.message.split(separator: ": ").last.map(String.init)
    }

    @Test func lambdasInsideOtherLayers() throws {
        let folder = try TemporaryFolder()
        try folder.write(graph, to: "saved_model.pb")
        let metadata = ProtobufBytes { metadata in
            for (path, text) in [("root", Self.nested), ("root.layer-2", Self.lambda)] {
                metadata.message(1) { node in
                    node.string(3, path)
                    node.string(4, "_tf_keras_layer")
                    node.string(5, text)
                }
            }
        }
        try folder.write(metadata.bytes, to: "keras_metadata.pb")
        let record = Inspector().inspect(folder.url.path(percentEncoded: false))
        let names = try #require(lambdas(record)).split(separator: ", ").sorted()
        #expect(names == ["in_model", "in_wrapper", "own"])
    }

    /// TensorFlow before 2.5 keeps the same in the graph of objects.
    @Test func lambdasOfOlderReleases() throws {
        func object(_ graph: inout ProtobufBytes, _ identifier: String, _ metadata: String) {
            graph.message(1) { node in
                node.message(4) { object in
                    object.string(1, identifier)
                    object.string(3, metadata)
                }
            }
        }
        let model = ProtobufBytes { model in
            model.int(1, 1)
            model.message(2) { metaGraph in
                metaGraph.message(1) { $0.string(4, "serve") }
                metaGraph.message(7) { graph in
                    object(&graph, "_tf_keras_network", #"{"name": "net", "class_name": "Functional", "config": {}}"#)
                    object(&graph, "_tf_keras_layer", #"{"class_name": "Dense", "config": {"name": "dense"}}"#)
                    object(&graph, "_tf_keras_layer", Self.lambda)
                    object(&graph, "_tf_keras_layer", Self.nested)
                }
            }
        }
        let folder = try TemporaryFolder()
        try folder.write(model.bytes, to: "saved_model.pb")
        let record = Inspector().inspect(folder.url.path(percentEncoded: false))
        #expect(try #require(lambdas(record)).split(separator: ", ").sorted() == ["in_model", "in_wrapper", "own"])
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
