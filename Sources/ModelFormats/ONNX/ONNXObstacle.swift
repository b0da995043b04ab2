import ModelContainers

/// Why onnxruntime refuses a model as it is, by what stands in it.
///
/// Tried with onnxruntime 1.32: each is an error of `InferenceSession`, whatever the machine.
enum ONNXObstacle {
    /// Says what is in the way of loading; nil when nothing is.
    static func find(in model: ONNXModel, _ census: ONNXCensus) -> (message: String, place: String)? {
        if census.operators.compiled > 0 {
            return (
                "onnxruntime loads it with the execution provider that compiled it, and with no other", "graph.node"
            )
        }
        if census.operators.needsUnknown {
            return ("onnxruntime loads it once a library has registered the operators that it lacks", "graph.node")
        }
        let old = census.operators.olderThanRuntime
        if !old.isEmpty {
            let list = old.sorted().prefix(8).joined(separator: ", ") + (old.count > 8 ? ", …" : "")
            return ("onnxruntime has these operators only of later operator sets: \(list)", "graph.node")
        }
        if census.operators.isOfTraining {
            return ("onnxruntime has no operators of ai.onnx.preview.training", "graph.node")
        }
        guard let graph = model.graph else { return nil }
        var sparse: Set<String> = []
        for input in graph.messages("input") {
            let name = input.string("name") ?? ""
            guard let type = input.message("type") else {
                return ("onnxruntime refuses an input without a type", "graph.input: \(name)")
            }
            if type.message("sparse_tensor_type") != nil { sparse.insert(name) }
        }
        guard !sparse.isEmpty else { return nil }
        for node in graph.messages("node") where node.onnxDomain == "ai.onnx" {
            if let name = node.strings("input").first(where: sparse.contains) {
                return ("no operator of ai.onnx takes a sparse tensor", "graph.node: input \(name)")
            }
        }
        return nil
    }

    /// The first operator set whose form of an operator onnxruntime runs, for those that had another one before: it began with
    /// the forms of operator set 7. A node of each form was tried with 1.32.
    static let first: [String: Int] = Dictionary(
        """
        Abs:6 Add:7 And:7 AveragePool:7 BatchNormalization:7 Cast:6 Ceil:6 Clip:6 Concat:4 Div:7 Dropout:7 Elu:6 \
        Equal:7 Exp:6 Floor:6 GRU:7 Gemm:7 GlobalLpPool:2 Greater:7 HardSigmoid:6 InstanceNormalization:6 LSTM:7 \
        LeakyRelu:6 Less:7 Log:6 LpPool:2 Max:6 Mean:6 Min:6 Mul:7 Neg:6 Or:7 PRelu:7 Pad:2 Pow:7 RNN:7 \
        Reciprocal:6 Relu:6 Selu:6 Sigmoid:6 Split:2 Sqrt:6 Sub:7 Sum:6 Tanh:6 Tile:6 Upsample:7 Xor:7
        """.split(separator: " ").compactMap { word in
            let parts = word.split(separator: ":")
            return parts.last.flatMap { Int($0) }.map { (String(parts[0]), $0) }
        }, uniquingKeysWith: { first, _ in first })
}
