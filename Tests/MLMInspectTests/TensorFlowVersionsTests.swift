import Foundation
import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// Which TensorFlow a graph needs: by the versions that it asks for and by its operators.
@Suite struct TensorFlowVersionsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A graph of one placeholder and one operator that takes it.
    private func inspect(_ operation: String, versions: String = "producer: 27") throws -> Record {
        let text = """
            node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
            node { name: "y" op: "\(operation)" input: "x" }
            versions { \(versions) }
            """
        try folder.write(Array(text.utf8), to: "graph.pbtxt")
        return Inspector().inspect(folder.path("graph.pbtxt"))
    }

    /// core/ops/ops.pbtxt of the releases: BatchMatMulV3 came with 2.6.
    @Test(arguments: [
        ("Relu", "tensorflow>=1.13"), ("BatchMatMulV3", "tensorflow>=2.6"),
    ])
    func operators(_ operation: String, _ requirement: String) throws {
        let record = try inspect(operation)
        #expect(record.loading?.requires == [requirement])
        #expect(record.evidence?.contains { $0.field == "requires" && $0.origin == .derived } == true)
    }

    /// version.h of 2.4 has 561 for TF_GRAPH_DEF_VERSION, that of 2.3 has 440.
    @Test func theLeastConsumer() throws {
        #expect(
            try inspect("Relu", versions: "producer: 561 min_consumer: 12").loading?.requires == ["tensorflow>=1.13"])
        #expect(
            try inspect("Relu", versions: "producer: 561 min_consumer: 441").loading?.requires == ["tensorflow>=2.4"])
        let later = try inspect("Relu", versions: "producer: 999999 min_consumer: 999999")
        #expect(later.findings?.contains { $0.code == "tensorflow.min-consumer" } == true)
    }

    /// Tried: TensorFlow 2.1.4 loads it, 2.3.4 and later refuse it.
    @Test func shapesOfAnOldGradient() {
        let record = Inspector().inspect(TestArtifact.root.appending(path: "tf-saved-model/builder_tags").path)
        #expect(record.loading?.requires == ["tensorflow>=2.0,<2.2"])
    }

    @Test func refusedConsumers() throws {
        let record = try inspect("Relu", versions: "producer: 561 bad_consumers: 440 bad_consumers: 3")
        #expect(
            record.findings?.first { $0.code == "tensorflow.bad-consumers" }?.message.contains("TensorFlow 2.3 ")
                == true)
        #expect(try inspect("Relu").findings?.contains { $0.code == "tensorflow.bad-consumers" } != true)
    }
}
