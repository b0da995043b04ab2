import ModelBytes
import ModelContainers

/// An entry of `operator_codes`.
struct TFLiteOperator {
    /// As `BuiltinOperator` spells it; the own name of a custom one.
    let name: String
    let isCustom: Bool
    /// Younger than the list of operators here.
    let isUnknown: Bool

    /// `BuiltinOperator.CUSTOM`.
    private static let custom = 32

    init(_ table: FlatBufferTable) throws(InspectionError) {
        // Codes beyond 127 stand in a field of their own; in the old one those are 127 (schema.fbs, OperatorCode).
        let old = Int(Int8(truncatingIfNeeded: try table.unsigned(0, width: 1) ?? 0))
        let code = max(old, try table.int32(3) ?? 0)
        isCustom = code == Self.custom
        let builtin = TFLiteOperatorNames.name(code)
        name = isCustom ? try table.string(1) ?? "" : builtin ?? "operator \(code)"
        isUnknown = !isCustom && builtin == nil
    }

    /// An operator of TensorFlow itself, run by the Flex delegate (tensorflow/lite/delegates/flex).
    var isFlex: Bool { isCustom && name.hasPrefix("Flex") }
}

/// Which operators a model is made of, as far as that says what it takes to run it.
struct TFLiteOperators {
    private var custom: [String: Int] = [:]
    private var unknown: Set<String> = []
    /// What the Flex delegate runs, by the names of the operators and by what their options hold.
    private var flex: Set<String> = []

    mutating func add(_ operation: TFLiteOperator) {
        if operation.isCustom { custom[operation.name, default: 0] += 1 }
        if operation.isUnknown { unknown.insert(operation.name) }
    }

    mutating func add(flex operation: TFLiteOperator, _ node: String?) {
        flex.insert(String(operation.name.dropFirst(Self.flexPrefix.count)))
        if let node { flex.insert(node) }
    }

    /// Custom operators that are built into the runtime (tensorflow/lite/kernels/register.cc).
    private static let registered: Set<String> = [
        "NumericVerify", "Mfcc", "AudioSpectrogram", "TFLite_Detection_PostProcess",
    ]
    private static let edgeTPU = "edgetpu-custom-op"
    private static let flexPrefix = "Flex"

    /// Says what is needed beside the runtime.
    func report(into result: inout ProbeResult, limits: Limits) -> TensorFlowOperators.Need {
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
        var operators = TensorFlowOperators(limits: limits)
        if !flex.isEmpty {
            result.report(
                .note, code: "tflite.flex",
                "operators of TensorFlow itself (\(Self.list(flex.sorted()))) need the Flex "
                    + "delegate, which the package tensorflow has and the small runtimes do not have",
                at: "operator_codes")
        }
        for name in flex { operators.add(operator: name) }
        var need = operators.report(into: &result)
        let foreign = others.keys.filter { !$0.hasPrefix(Self.flexPrefix) }.sorted() + unknown.sorted()
        if !foreign.isEmpty {
            result.report(
                .note, code: "tflite.custom-operators",
                "custom operators (\(Self.list(foreign))) need a library that registers them", at: "operator_codes")
        }
        if isCompiled || !foreign.isEmpty { need.verdict = max(need.verdict, .needsCode) }
        return need
    }

    private static func list(_ names: [String]) -> String {
        ShortList.text(names)
    }
}
