import ModelBytes
import ModelContainers
import ModelJSON

/// What the writer added: `metadata_props` of the model. Those of the graph and its nodes are an exporter's notes to
/// itself, stack traces among them, and stay where they are.
enum ONNXMetadata {
    static func fill(_ result: inout ProbeResult, from model: ProtobufMessage, limits: Limits) {
        EmbeddedMetadata.read(
            model.onnxEntries("metadata_props"), at: "metadata_props", limits: limits, into: &result)
        var metadata = JSONObject()
        var withheld = 0
        for (key, value) in model.onnxEntries("metadata_props").prefix(limits.listedValues.value) {
            if PrivateText.holdsPath(value) || PrivateText.holdsPath(key) {
                withheld += 1
                continue
            }
            metadata[key] = .string(value)
            if result.facts.license == nil, ["license", "licence"].contains(key.lowercased()), !value.isEmpty {
                result.facts.license = value
                result.note("license", .read, "metadata_props: \(key)")
            }
        }
        if withheld > 0 {
            result.report(
                .note, code: "onnx.metadata-withheld",
                "\(withheld) entries of the metadata hold paths of the machine that wrote them, and were not copied",
                at: "metadata_props")
        }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, "metadata_props")
    }
}
