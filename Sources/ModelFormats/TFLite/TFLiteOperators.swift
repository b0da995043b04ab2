import ModelBytes
import ModelContainers

/// An entry of `operator_codes`.
struct TFLiteOperator {
    /// As `BuiltinOperator` spells it; the own name of a custom one.
    let name: String
    let isCustom: Bool

    /// `BuiltinOperator.CUSTOM`.
    private static let custom = 32

    init(_ table: FlatBufferTable) throws(InspectionError) {
        // Codes beyond 127 stand in a field of their own; in the old one those are 127 (schema.fbs, OperatorCode).
        let old = Int(Int8(truncatingIfNeeded: try table.unsigned(0, width: 1) ?? 0))
        let code = max(old, try table.int32(3) ?? 0)
        isCustom = code == Self.custom
        name = isCustom ? try table.string(1) ?? "" : TFLiteOperatorNames.name(code) ?? "operator \(code)"
    }
}

/// Which operators a model is made of, as far as that says what it takes to run it.
struct TFLiteOperators {
    private var custom: [String: Int] = [:]

    mutating func add(_ operation: TFLiteOperator) {
        if operation.isCustom { custom[operation.name, default: 0] += 1 }
    }

    /// Custom operators that the runtime registers by itself (tensorflow/lite/kernels/register.cc).
    private static let registered: Set<String> = [
        "NumericVerify", "Mfcc", "AudioSpectrogram", "TFLite_Detection_PostProcess",
    ]
    private static let edgeTPU = "edgetpu-custom-op"
    /// Operators of TensorFlow itself, run by the Flex delegate (tensorflow/lite/delegates/flex).
    private static let flex = "Flex"

    /// Says what is needed beside the runtime.
    func report(into result: inout ProbeResult) -> (packages: [String], needsCode: Bool) {
        var others = custom.filter { !Self.registered.contains($0.key) }
        if let count = others.removeValue(forKey: Self.edgeTPU) {
            result.facts.compileMethod = "aot"
            result.note("compile_method", .derived, "operator_codes: \(Self.edgeTPU)")
            result.report(
                .note, code: "tflite.edge-tpu",
                "\(count) of its operators were compiled for a Coral Edge TPU; it runs only there, by the delegate of "
                    + "libedgetpu", at: "operator_codes: \(Self.edgeTPU)")
        }
        let isCompiled = custom[Self.edgeTPU] != nil
        let flex = others.keys.filter { $0.hasPrefix(Self.flex) }.sorted()
        if !flex.isEmpty {
            result.report(
                .note, code: "tflite.flex",
                "operators of TensorFlow itself (\(Self.list(flex.map { String($0.dropFirst(4)) }))) need the Flex "
                    + "delegate, which the package tensorflow has and the small runtimes have not",
                at: "operator_codes")
        }
        let unknown = others.keys.filter { !$0.hasPrefix(Self.flex) }.sorted()
        if !unknown.isEmpty {
            result.report(
                .note, code: "tflite.custom-operators",
                "custom operators (\(Self.list(unknown))) need a library that registers them", at: "operator_codes")
        }
        return (["tensorflow"], isCompiled || !unknown.isEmpty)
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " …" : "")
    }
}
