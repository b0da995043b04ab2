import ModelBytes
import ModelContainers
import ModelJSON

/// What people said about the model: a FlatBuffer of its own in a buffer of the model.
///
/// Source: tensorflow_lite_support/metadata/metadata_schema.fbs, `file_identifier "M001"`. The runtime does not look at
/// it, so what is wrong with it is a finding.
enum TFLiteMetadata {
    static let entry = "TFLITE_METADATA"

    static func fill(
        _ result: inout ProbeResult, from model: TFLiteModel, _ ports: TFLitePorts
    ) throws(InspectionError) {
        do throws(InspectionError) {
            guard let source = try model.metadata(entry) else { return }
            guard try source.bytes(at: 4, upTo: 4) == Array("M001".utf8) else {
                throw InspectionError(.malformed, "it has not the identifier M001")
            }
            let root = try FlatBuffer(source, limits: model.limits).root()
            try describe(root, &result)
            try tensors(root, model, ports, &result)
        } catch {
            guard error.reason != .limit else { throw error }
            result.report(
                .warning, code: "tflite.metadata", "the metadata of the model cannot be read: \(error.message)",
                at: entry)
        }
    }

    private static func describe(_ root: FlatBufferTable, _ result: inout ProbeResult) throws(InspectionError) {
        func text(_ slot: Int) throws(InspectionError) -> String? {
            guard let text = try root.string(slot), !text.isEmpty, !PrivateText.holdsPath(text) else { return nil }
            return text
        }
        if let name = try text(0) {
            result.facts.name = name
            result.note("name", .read, "\(entry): name")
        }
        if let description = try text(1) {
            result.facts.description = description
            result.note("description", .read, "\(entry): description")
        }
        if let license = try text(5) {
            result.facts.license = license
            result.note("license", .read, "\(entry): license")
        }
        var metadata = result.facts.metadata ?? JSONObject()
        for (key, slot) in [("model_description", 1), ("model_version", 2), ("author", 4)] {
            if let text = try text(slot) { metadata[key] = .string(text) }
        }
        result.facts.metadata = metadata.isEmpty ? nil : metadata
    }

    /// NormalizationOptions: (x - mean) / std, one pair for all channels or one for each.
    private static func scale(_ index: Int, _ described: TFLiteTensorMetadata, _ result: inout ProbeResult) {
        let mean = described.mean
        let deviation = described.deviation
        guard !mean.isEmpty, mean.count == deviation.count, let ports = result.facts.inputs, index < ports.count,
            mean.count == 1 || mean.count == ports[index].shape?.last
        else { return }
        let steps = ValueScaling.zScore(mean, deviation, factor: nil)
        guard !steps.isEmpty else { return }
        result.facts.inputs?[index].valueScaling = steps
        result.note("inputs.value_scaling", .read, "\(entry): NormalizationOptions")
    }

    /// The first graph's, in the order of its inputs and outputs.
    private static func tensors(
        _ root: FlatBufferTable, _ model: TFLiteModel, _ ports: TFLitePorts, _ result: inout ProbeResult
    ) throws(InspectionError) {
        var first: FlatBufferTable?
        try root.forEachTable(3) { table in first = first ?? table }
        guard let graph = first else { return }
        let (inputTensors, outputTensors) = (ports.inputTensors, ports.outputTensors)
        var metadata = result.facts.metadata ?? JSONObject()
        var inputs: [JSONValue] = []
        try graph.forEachTable(2) { table throws(InspectionError) in
            try model.limits.listedValues.check(inputs.count + 1)
            let described = try TFLiteTensorMetadata(table)
            if model.subgraphs[0].inputs.indices.contains(inputs.count) {
                let tensor = model.subgraphs[0].inputs[inputs.count]
                for index in inputTensors.indices where inputTensors[index] == tensor {
                    scale(index, described, &result)
                }
            }
            inputs.append(.object(described.json))
        }
        var outputs: [JSONValue] = []
        var labels = TFLiteLabels(model.source, limits: model.limits)
        try graph.forEachTable(3) { table throws(InspectionError) in
            try model.limits.listedValues.check(outputs.count + 1)
            let described = try TFLiteTensorMetadata(table)
            if model.subgraphs[0].outputs.indices.contains(outputs.count), let file = described.labels {
                let tensor = model.subgraphs[0].outputs[outputs.count]
                for index in outputTensors.indices where outputTensors[index] == tensor {
                    try labels.give(file, to: index, &result)
                }
            }
            outputs.append(.object(described.json))
        }
        // A tensor that nothing is said of is an empty object, which keeps the others at their places.
        if inputs.contains(where: { $0.object?.isEmpty == false }) { metadata["inputs"] = .array(inputs) }
        if outputs.contains(where: { $0.object?.isEmpty == false }) { metadata["outputs"] = .array(outputs) }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, "\(entry): subgraph_metadata[0]")
    }
}
