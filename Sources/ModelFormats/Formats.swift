/// The formats: one line each. The order breaks ties and is the order of `mlm-inspect formats`.
public enum Formats {
    public static let all: [any Format.Type] = [
        Safetensors.self,
        ONNX.self,
        ONNXText.self,
        ONNXRuntimeFormat.self,
        ONNXFragment.self,
        TFLite.self,
        SavedModel.self,
        SavedModelTar.self,
        SessionBundle.self,
        TensorFlowMetaGraph.self,
        TensorFlowGraph.self,
        TensorFlowCompanions.self,
        Checkpoint.self,
        TFJS.self,
        KerasArchive.self,
        KerasHDF5.self,
        KerasConfiguration.self,
        TorchExport.self,
        TorchScript.self,
        TorchPackage.self,
        TorchServe.self,
        TorchDistributed.self,
        TorchSave.self,
        TorchLegacy.self,
        TorchTar.self,
        PMML.self,
        XGBoostJSON.self,
        XGBoostUBJSON.self,
        XGBoostLegacy.self,
        XGBoostDump.self,
        LightGBMText.self,
        LightGBMDump.self,
        CatBoost.self,
        CatBoostJSON.self,
        RFile.self,
        LookAlikes.self,
        Skops.self,
        PickledObject.self,
        CompressedFile.self,
    ]

    /// Asks every format, and puts those that recognise the artifact in order.
    public static func recognise(_ subject: InspectedArtifact) -> Recognition {
        Recognition.resolve(
            all.compactMap { format in
                format.sniff(subject).map { Recognition.Candidate(format: format, evidence: $0) }
            })
    }

    /// The identity with this id; nil when there is none.
    public static func identity(_ id: String) -> FormatIdentity? { byID[id] }

    private static let byID: [String: FormatIdentity] = Dictionary(
        all.flatMap { $0.identities }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
