import ModelBytes

/// A part of an ONNX model on its own: a tensor, as in test data, or a graph. No runtime loads it as a model.
enum ONNXFragment: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            FormatIdentity.notAModel, "part of an ONNX model", extensions: ["pb", "onnx"],
            reads: "a TensorProto or GraphProto is named as what it is")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        kind(subject).map { SniffMatch(.structure, "an ONNX \($0) without a model around it") }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let kind = kind(subject) else { return }
        result.markNotAModel(because: "data")
        result.report(.warning, code: "not-a-model.data", "it is an ONNX \(kind); a model is a ModelProto")
        result.confidence = .structure
    }

    private static func kind(_ subject: InspectedArtifact) -> String? {
        guard let source = subject.source else { return nil }
        if ONNXSniffer.isTensor(source, head: subject.head) { return "TensorProto" }
        return ONNXSniffer.isGraph(source, head: subject.head) ? "GraphProto" : nil
    }
}
