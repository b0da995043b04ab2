import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import TestSupport
import Testing

/// Models of TensorFlow.js as its other writers have them: TensorFlow.js itself, and converters before 2.0.
@Suite struct TensorFlowJSTests {
    private static func record(_ json: JSONValue) throws -> Record {
        let bytes = Array(json.write(pretty: false).utf8)
        return Inspector().inspect(try Artifact(path: "model.json", source: ByteSource(MemoryBytes(bytes))))
    }

    private static let weights: JSONValue = [
        ["paths": ["weights.bin"], "weights": [["name": "w", "shape": [2, 3], "dtype": "float32"]]]
    ]

    /// tfjs-layers/src/engine/training.ts, LayersModel.save: the topology comes first, and is the model itself.
    @Test func writtenByTensorFlowJSItself() throws {
        let layer: JSONValue = [
            "class_name": "InputLayer", "name": "in", "inbound_nodes": [],
            "config": ["name": "in", "batch_input_shape": [nil, 4], "dtype": "float32"],
        ]
        let record = try Self.record([
            "modelTopology": [
                "class_name": "Model",
                "config": [
                    "name": "m", "layers": [layer], "input_layers": [["in", 0, 0]], "output_layers": [["in", 0, 0]],
                ],
                "keras_version": "tfjs-layers 4.22.0", "backend": "tensor_flow.js",
            ],
            "format": "layers-model", "generatedBy": "TensorFlow.js tfjs-layers v4.22.0", "convertedBy": nil,
            "weightsManifest": Self.weights,
        ])
        #expect(record.format?.id == "tfjs")
        #expect(record.facts?.artifactType == "tf.LayersModel.save")
        #expect(record.facts?.frameworkVersion == "4.22.0")
        #expect(record.facts?.inputs?.first?.shape == [-1, 4])
        #expect(record.facts?.parameters?.total == 6)
        #expect(record.loading?.call == "tf.loadLayersModel(\"model.json\")")
    }

    @Test func placeholdersWhereThereIsNoSignature() throws {
        let placeholder: JSONValue = [
            "name": "x", "op": "Placeholder",
            "attr": [
                "dtype": ["type": "DT_INT32"], "shape": ["shape": ["dim": [["size": "-1"], ["size": "7"], [:]]]],
            ],
        ]
        let record = try Self.record([
            "format": "graph-model", "generatedBy": "1.15.0", "convertedBy": "TensorFlow.js Converter v1.7.4",
            "modelTopology": ["node": [placeholder]], "weightsManifest": Self.weights,
        ])
        let input = record.facts?.inputs?.first
        #expect(input?.name == "x" && input?.shape == [-1, 7, 0] && input?.dataType == "int32")
        #expect(record.facts?.outputs == nil)
        #expect(record.facts?.frameworkVersion == "1.7.4")
    }

    @Test func signatureOfOlderConverters() throws {
        let info: JSONValue = ["name": "y:0", "dtype": "DT_FLOAT", "tensorShape": ["unknownRank": true]]
        let table: JSONValue = ["name": "t:0", "dtype": "DT_RESOURCE", "tensorShape": [:], "resourceId": "5"]
        let record = try Self.record([
            "format": "graph-model", "modelTopology": ["node": []], "weightsManifest": Self.weights,
            "userDefinedMetadata": ["signature": ["inputs": ["t": table], "outputs": ["y": info]]],
        ])
        #expect(record.facts?.outputs?.first?.name == "y" && record.facts?.outputs?.first?.shape == nil)
        #expect(record.facts?.inputs?.isEmpty == true)
        #expect(record.facts?.artifactType == nil)
    }

    @Test func otherJSONIsNotClaimed() throws {
        for json in [["weights": [1]], ["format": "coco"], ["a": ["format": "graph-model"]]] as [JSONValue] {
            #expect(try Self.record(json).format?.id != "tfjs")
        }
    }

    @Test func aTopologyAloneIsAnArchitecture() throws {
        let record = try Self.record(["format": "layers-model", "modelTopology": ["model_config": [:]]])
        #expect(record.verdict == .notAModel && record.cause == "architecture-only")
    }
}
