import ModelContainers

/// Weights that onnxruntime's own operators take packed: the operator says how many there are, and of how many bits.
///
/// Source: docs/ContribOperators.md of onnxruntime: MatMulNBits, MatMulBnb4.
struct ONNXPackedWeights {
    /// Nil beyond any memory.
    private(set) var total: Int? = 0
    /// Elements of the tensors that hold them, scales and zero points among these.
    private(set) var stored = 0
    private(set) var bits: Set<Int> = []
    private(set) var schemes: Set<String> = []
    /// By the name of the tensor that holds the packed weights: how many they are.
    private var weights: [String: Int] = [:]
    private var helpers: Set<String> = []

    var isEmpty: Bool { total == 0 }

    mutating func add(_ node: ProtobufMessage, _ operation: String) {
        guard operation == "com.microsoft.MatMulNBits" || operation == "com.microsoft.MatMulBnb4" else { return }
        let inputs = Array(node.strings("input"))
        guard inputs.count > 2, let rows = node.onnxAttribute("K")?.int("i"), rows > 0,
            let columns = node.onnxAttribute("N")?.int("i"), columns > 0
        else { return }
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        let width = operation.hasSuffix("Bnb4") ? 4 : node.onnxAttribute("bits")?.int("i") ?? 4
        guard !overflow, (1...8).contains(width) else { return }
        bits.insert(width)
        schemes.insert(String(operation.dropFirst(14)))
        weights[inputs[1]] = count
        // A, B, scales, zero points, indices of groups; what follows is a bias, and a parameter.
        helpers.formUnion(inputs.dropFirst(2).prefix(operation.hasSuffix("Bnb4") ? 1 : 3).filter { !$0.isEmpty })
    }

    /// Takes note of a tensor that is part of packed weights.
    mutating func add(_ tensor: ProtobufMessage) {
        let name = tensor.string("name") ?? ""
        let count = weights[name]
        guard count != nil || helpers.contains(name), let elements = ONNXTensor.elements(tensor) else { return }
        total = total.flatMap { known in
            let (sum, overflow) = known.addingReportingOverflow(count ?? 0)
            return overflow ? nil : sum
        }
        // Where this is too much, so is the tally of all tensors.
        stored = stored.addingReportingOverflow(elements).partialValue
    }
}
