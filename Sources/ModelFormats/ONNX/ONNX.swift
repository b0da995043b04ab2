import ModelBytes
import ModelContainers

/// ONNX: one protobuf message, ModelProto, with the graph and its weights, or with the names of the files they lie in.
///
/// Source: onnx.proto of onnx 1.23, IR version 14.
enum ONNX: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "onnx", "ONNX", artifactType: "onnx.save_model", framework: "ONNX", roles: ["mlm:compiled"],
            mediaType: "application/octet-stream; framework=onnx", extensions: ["onnx"],
            writerFamily: "onnx.save_model",
            versionName: "IR version",
            reads:
                "producer, IR version, operator sets, inputs and outputs with symbols of their dimensions, parameters of all graphs, "
                + "external data, metadata, class labels, trees, quantisation, custom operators")
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source else { return nil }
        return ONNXSniffer.model(source, head: subject.head)
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let model = try ONNXModel(source, limits: subject.limits)
        let name = PythonText.quoted(subject.artifact.name)
        try ONNXFacts(model, of: subject.artifact)
            .fill(&result, call: "onnxruntime.InferenceSession(\(name))", package: "onnxruntime")
        result.confidence = .parsed
    }
}
