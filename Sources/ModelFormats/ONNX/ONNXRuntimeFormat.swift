import ModelBytes
import ModelContainers

/// The format of onnxruntime itself, `.ort`: a FlatBuffer with the optimized graph.
///
/// Source: onnxruntime/core/flatbuffers/schema/ort.fbs.
enum ONNXRuntimeFormat: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "onnx-ort", "ONNX Runtime format", artifactType: "onnxruntime.tools.convert_onnx_models_to_ort",
            framework: "ONNX",
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=onnx; profile=ort",
            extensions: ["ort"],
            reads: "version of the format, producer, operator sets, inputs and outputs, parameters, metadata")
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.begins(with: Array("ORTM".utf8), at: 4) else { return nil }
        return SniffMatch(.signature, "FlatBuffer identifier ORTM at byte 4")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let session = try FlatBuffer(source, limits: subject.limits).root()
        result.version = try session.string(0)
        guard let table = try session.table(1) else {
            guard try session.has(0) else {
                throw InspectionError(.malformed, "has neither a version nor a model", offset: 0)
            }
            result.markNotAModel(because: "data")
            result.report(.warning, code: "not-a-model.data", "an ORT file without a model in it")
            return
        }
        // A table may be named a million times; what names share in the file takes no more than this beyond its size.
        var limits = subject.limits
        let most = (subject.source?.count ?? 0) + (8 << 20)
        limits.protobufSkeletonBytes.value = min(limits.protobufSkeletonBytes.value, most)
        var graph = ONNXRuntimeGraph(limits: limits)
        try graph.model(table)
        let model = try ONNXModel(graph.builder.source, limits: subject.limits)
        if let version = model.message.int("ir_version") { result.variant = "ONNX IR version \(version)" }
        let name = PythonText.quoted(subject.artifact.name)
        try ONNXFacts(model, of: subject.artifact)
            .fill(&result, call: "onnxruntime.InferenceSession(\(name))", package: "onnxruntime")
        result.confidence = .parsed
    }
}
