import ModelBytes
import ModelContainers
import ModelJSON

/// A checkpoint of the first format: one table whose first entry describes all tensors, and whose others hold them.
///
/// Source: tensorflow/core/util/tensor_slice_writer.cc, saved_tensor_slice.proto.
struct CheckpointV1 {
    private let artifact: Artifact
    private let message: ProtobufMessage

    init(_ subject: InspectedArtifact) throws(InspectionError) {
        artifact = subject.artifact
        guard let source = subject.source, let first = try SSTable(source, limits: subject.limits).first() else {
            throw InspectionError(.malformed, "the table has no entry")
        }
        message = try ProtobufMessage.read(
            ByteSource(MemoryBytes(first.value), entry: source.entry), as: .savedTensorSlices, limits: subject.limits)
    }

    func fill(_ result: inout ProbeResult) throws(InspectionError) {
        result.version = "1"
        result.variant = "variables by their names"
        result.facts.artifactType = "tf.train.Saver.save"
        result.note("artifact_type", .derived, "SavedTensorSlices: variables by their names")
        let tensors =
            message.message("meta")?.messages("tensor").map { tensor in
                (
                    name: tensor.string("name") ?? "", shape: tensor.message("shape")?.tensorFlowShape ?? [],
                    type: tensor.int("type").flatMap(TensorFlowDataType.init)
                )
            } ?? []
        let scalars = Set(tensors.lazy.filter(\.shape.isEmpty).map(\.name))
        let names = CheckpointNames(tensors.map(\.name), isScalar: scalars.contains)
        if names.training.isEmpty { CheckpointFacts.noteNoTrainingState(&result) }
        var tally = ElementTally()
        for tensor in tensors {
            let bytes = TensorSize.elements(tensor.shape).flatMap { tensor.type?.bytes($0) }
            result.listing?.add(
                StoredTensor(name: tensor.name, shape: tensor.shape, dataType: tensor.type?.name, bytes: bytes))
            guard !names.training.contains(tensor.name), let type = tensor.type, type.isNumeric else { continue }
            tally.add(tensor.name, shape: tensor.shape, dataType: type.name, bytes: bytes)
        }
        result.facts.parameters = tally.parameters(
            counting: "variables without those that optimizers and averages keep for them, and without counters")
        if tally.tensors > 0 { result.note("parameters", .read, "SavedTensorSlices: meta.tensor: shape, type") }
        if let number = CheckpointFiles.number(artifact.name), tensors.contains(where: { $0.name == "global_step" }) {
            result.facts.metadata = ["global_step": JSONValue(number)]
            result.note("metadata", .derived, "name of the file: \(artifact.name)")
        }
        result.loading = Loading(
            .dataOnly, call: "tf.train.load_checkpoint(\(PythonText.quoted(artifact.name)))", requires: ["tensorflow"])
        result.confidence = .parsed
    }
}
