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
}
