import ModelBytes

/// A part of an ONNX model on its own: a tensor, as in test data, or a graph. No runtime loads it as a model.
enum ONNXFragment: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "not-a-model", "part of an ONNX model", extensions: ["pb", "onnx"],
            reads: "a TensorProto or GraphProto is named as what it is")
    ]

    static func sniff(_ subject: Subject) -> Evidence? {
        kind(subject).map { Evidence(.structure, "an ONNX \($0) without a model around it") }
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        guard let kind = kind(subject) else { return }
        reading.isNoModel("data")
        reading.find(.warning, "not-a-model.data", "it is an ONNX \(kind); a model is a ModelProto")
        reading.confidence = .structure
    }

    private static func kind(_ subject: Subject) -> String? {
        guard let source = subject.source else { return nil }
        if ONNXOutline.isTensor(source, head: subject.head) { return "TensorProto" }
        return ONNXOutline.isGraph(source, head: subject.head) ? "GraphProto" : nil
    }
}
