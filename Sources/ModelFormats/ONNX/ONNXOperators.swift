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

    /// Operators of onnx's own domains that the declared operator set has not.
    private var unknown: Set<String> = []
    private var python: Set<String> = []
    /// Operators in a form that onnxruntime never had, with their operator set.
    private(set) var olderThanRuntime: Set<String> = []
    private(set) var isOfTraining = false
    /// Versions of the operator sets, by domain.
    private let opsets: [String: Int]

    init(localFunctions: ProtobufList<ProtobufMessage>, opsets: ProtobufList<ProtobufMessage>) {
        self.opsets = Dictionary(
            opsets.map { ($0.onnxDomain, $0.int("version") ?? 0) }, uniquingKeysWith: { first, _ in first })
        functions = Set(localFunctions.map { "\($0.onnxDomain).\($0.string("name") ?? "")" })
    }

    mutating func add(_ node: ProtobufMessage, _ operation: String) {
        if Self.isQuantized(operation) { quantized[operation, default: 0] += 1 }
        let domain = node.onnxDomain
        if operation == Self.context { compiled += 1 }
        if domain == "ai.onnx", let opset = opsets[domain], let first = ONNXObstacle.first[operation], opset < first {
            olderThanRuntime.insert("\(operation) of \(opset)")
        }
        if domain == "ai.onnx.preview.training" { isOfTraining = true }
        guard !isLocalFunction(node), !has(operation, in: domain) else { return }
        if domain.hasPrefix("com.microsoft"), operation.contains(".PythonOp") {
            python.insert(operation)
        } else if domain == "ai.onnx" || domain.hasPrefix("ai.onnx.ml") {
            unknown.insert("\(operation) of \(domain) \(opsets[domain].map(String.init) ?? "")")
        } else {
            custom[domain, default: []].insert(node.string("op_type") ?? "")
        }
    }

    /// Whether the node calls a function of the model, which has the name of its domain, ai.onnx too, before its own.
    func isLocalFunction(_ node: ProtobufMessage) -> Bool {
        functions.contains("\(node.onnxDomain).\(node.string("op_type") ?? "")")
    }

    /// Whether the operator is built into onnxruntime, in the operator set that the model declares.
    private func has(_ operation: String, in domain: String) -> Bool {
        if ONNXRegistry.runtime.contains(operation) { return true }
        guard let (since, withdrawn) = Self.standard[operation] else { return false }
        guard let opset = opsets[domain] else { return true }
        return since <= opset && (withdrawn == 0 || opset < withdrawn || since > withdrawn)
    }

    /// The operator sets that brought and withdrew each operator; 0 for one that is still there.
    private static let standard: [String: (since: Int, withdrawn: Int)] = Dictionary(
        ONNXRegistry.standard.map { word in
            let parts = word.utf8.split { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") }.map { Substring($0) }
            let versions = parts.dropFirst().map { Int($0) ?? 0 }
            return (String(parts[0]), (versions.first ?? 0, versions.count > 1 ? versions[1] : 0))
        }, uniquingKeysWith: { first, _ in first })

    /// Whether nothing that is known here brings an operator of the model.
    var needsUnknown: Bool {
        !unknown.isEmpty || !python.isEmpty || custom.keys.contains { Self.packages[$0] == nil }
    }

    /// Says what else is needed beside onnxruntime; returns the packages that bring it, nil when there is no such need.
    func reportCustom(into result: inout ProbeResult) -> [String]? {
        guard !custom.isEmpty || !unknown.isEmpty || !python.isEmpty else { return nil }
        var packages: Set<String> = []
        if !python.isEmpty {
            result.report(
                .warning, code: "onnx.python-operator",
                "runs Python functions of the program that loads it (\(Self.list(python))); only training builds of "
                    + "onnxruntime have these operators", at: "graph.node")
        }
        if !unknown.isEmpty {
            result.report(
                .warning, code: "onnx.unknown-operators",
                "operators that are not in the operator set the model declares need a library that provides them: "
                    + Self.list(unknown), at: "graph.node")
        }
        for (domain, operations) in custom.sorted(by: { $0.key < $1.key }) {
            let list = Self.list(operations)
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

    private static func list(_ names: Set<String>) -> String {
        ShortList.text(names.sorted())
    }

    /// The call for a model whose operators come from these packages, each with a library to register with the session.
    static func call(with packages: [String], _ path: String) -> String {
        let registrations = packages.map { package in
            let module = String(package.map { $0 == "-" ? "_" : $0 })
            return "options.register_custom_ops_library(\(module).get_library_path()); "
        }
        return "options = onnxruntime.SessionOptions(); \(registrations.joined())"
            + "loaded = onnxruntime.InferenceSession(\(path), options)"
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
