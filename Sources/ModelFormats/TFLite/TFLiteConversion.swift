import ModelBytes
import ModelContainers
import ModelJSON

/// What the converter says of itself and of the runtime it needs.
///
/// Source: tensorflow/compiler/mlir/lite/schema/conversion_metadata.fbs; the names are those of
/// tensorflow/lite/python/convert.py and util.py.
enum TFLiteConversion {
    /// The converter looks up which runtime has all operators in their versions (tensorflow/lite/tools/versioning): 2.15.1
    /// refuses what says 2.17.0. Of 1.x nothing is said, since its releases before 1.13 have no `tf.lite.Interpreter`.
    static func require(_ needs: inout Requirements, by metadata: JSONObject?) {
        guard let version = metadata?["min_runtime_version"]?.string,
            version.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let major = version.split(separator: ".").first.flatMap({ Int($0) }), major >= 2
        else { return }
        needs.need("tensorflow", .atLeast(version), .read, because: "min_runtime_version, which the converter wrote")
    }

    static func fill(_ result: inout ProbeResult, from model: TFLiteModel) throws(InspectionError) {
        var metadata = result.facts.metadata ?? JSONObject()
        if let description = try model.table.string(3), !description.isEmpty,
            !PrivateText.holdsPath(description)
        {
            metadata["description"] = .string(description)
        }
        if let version = try model.metadata("min_runtime_version") {
            let bytes = try version.bytes(at: 0, upTo: 32).prefix { $0 != 0 }
            if !bytes.isEmpty { metadata["min_runtime_version"] = .string(String(decoding: bytes, as: UTF8.self)) }
        }
        do throws(InspectionError) {
            try conversion(model, &metadata, &result)
        } catch {
            guard error.reason != .limit else { throw error }
            // The runtime does not look at it, and runs the model.
            result.report(
                .warning, code: "tflite.metadata", "the converter's metadata cannot be read: \(error.message)",
                at: "CONVERSION_METADATA")
        }
        result.facts.metadata = metadata.isEmpty ? nil : metadata
        if !metadata.isEmpty { result.note("metadata", .read, "description, metadata") }
    }

    private static func conversion(
        _ model: TFLiteModel, _ metadata: inout JSONObject, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let source = try model.metadata("CONVERSION_METADATA") else { return }
        let root = try FlatBuffer(source, limits: model.limits).root()
        if let environment = try root.table(0) {
            if let version = try environment.string(0), !version.isEmpty {
                result.facts.frameworkVersion = version
                result.note("framework_version", .read, "CONVERSION_METADATA: environment.tensorflow_version")
            }
            let kinds = [
                "TensorFlow SavedModel", "Keras model", "TensorFlow concrete functions", "TensorFlow GraphDef",
                "TensorFlow session", "JAX", "PyTorch",
            ]
            let kind = (try environment.int32(2) ?? 0) - 1
            if kinds.indices.contains(kind) { metadata["converted_from"] = .string(kinds[kind]) }
        }
        guard let options = try root.table(1) else { return }
        let names = [
            1001: "float16 after training", 1002: "dynamic range after training", 1003: "integers after training",
            1004: "int16 activations after training", 2000: "quantisation-aware training", 3001: "random sparsity",
            3002: "block sparsity", 3003: "structured sparsity",
        ]
        var modes: [JSONValue] = []
        try options.forEachInt32(0) { mode in
            if modes.count < names.count { modes.append(.string(names[mode] ?? "mode \(mode)")) }
        }
        if !modes.isEmpty { metadata["optimization"] = .array(modes) }
    }
}
