import ModelContainers

/// Which operators a model is made of, as far as that says what it takes to run it.
struct ONNXOperators {
    static let context = "com.microsoft.EPContext"

    private let functions: Set<String>
    /// Operators of domains that onnxruntime does not bring, by domain.
    private var custom: [String: Set<String>] = [:]
    private var quantized: [String: Int] = [:]
    /// How many nodes hold a graph that was compiled for a processor: onnxruntime's EPContext.
    private(set) var compiled = 0

    init(localFunctions: ProtobufList<ProtobufMessage>) {
        functions = Set(localFunctions.map { "\($0.onnxDomain).\($0.string("name") ?? "")" })
    }

    mutating func add(_ node: ProtobufMessage, _ operation: String) {
        if Self.isQuantized(operation) { quantized[operation, default: 0] += 1 }
        let domain = node.onnxDomain
        guard domain != "ai.onnx" else { return }
        if operation == Self.context { compiled += 1 }
        if !Self.known(domain), !functions.contains(operation) {
            custom[domain, default: []].insert(node.string("op_type") ?? "")
        }
    }

    /// Says what else is needed beside onnxruntime; returns the packages that bring it, nil when there is no such need.
    func reportCustom(into result: inout ProbeResult) -> [String]? {
        guard !custom.isEmpty else { return nil }
        var packages: Set<String> = []
        for (domain, operations) in custom.sorted(by: { $0.key < $1.key }) {
            let list = operations.sorted().prefix(8).joined(separator: ", ") + (operations.count > 8 ? " …" : "")
            let package = Self.packages[domain]
            if let package { packages.insert(package) }
            let need = package.map { "the package \($0)" } ?? "a library of custom operators"
            result.report(
                .note, code: "onnx.custom-operators", "operators of the domain \"\(domain)\" (\(list)) need \(need)",
                at: "graph.node")
        }
        return packages.sorted()
    }

    func reportQuantized(into result: inout ProbeResult) {
        guard !quantized.isEmpty else { return }
        let list = quantized.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        result.report(.note, code: "onnx.quantized", "the model is quantised: \(list)", at: "graph.node")
    }

    /// Domains whose operators every build of onnxruntime has: onnx itself, and what onnxruntime's own optimizers insert.
    private static func known(_ domain: String) -> Bool {
        ["ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview", "ai.onnx.preview.training", "com.microsoft"].contains(
            domain)
            || domain == "com.microsoft.nchwc" || domain == "com.microsoft.experimental"
            || domain == "com.ms.internal.nhwc"
    }

    private static let packages = [
        "ai.onnx.contrib": "onnxruntime-extensions", "com.microsoft.extensions": "onnxruntime-extensions",
    ]

    private static func isQuantized(_ operation: String) -> Bool {
        let name = operation.hasPrefix("com.microsoft.") ? operation.dropFirst(14) : operation[...]
        return name.hasPrefix("QLinear") || quantizing.contains(name)
    }

    private static let quantizing: Set<Substring> = [
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger",
        "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM", "MatMulNBits", "MatMulBnb4", "QGemm",
        "QAttention", "QEmbedLayerNormalization", "QOrderedMatMul", "GatherBlockQuantized",
    ]
}
