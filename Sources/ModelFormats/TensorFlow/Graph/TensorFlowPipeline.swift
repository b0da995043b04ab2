import ModelContainers

/// The part of a graph that reads examples from files: what feeds it is no input of the model.
struct TensorFlowPipeline {
    /// Nodes by what they take, with their operators.
    private var takers: [String: [(name: String, operation: String)]] = [:]

    init(_ nodes: ProtobufList<ProtobufMessage>) {
        for node in nodes {
            let taker = (node.string("name") ?? "", node.string("op") ?? "")
            for input in node.strings("input") where !input.hasPrefix("^") {
                takers[TensorFlowTensor(input).node, default: []].append(taker)
            }
        }
    }

    /// Operators of tf.data.
    static func isPart(_ operation: String) -> Bool {
        operation.hasSuffix("Dataset") || operation.hasPrefix("DatasetTo") || operation.contains("Iterator")
    }

    /// Whether all that takes the value, as it is or in another shape, is part of the pipeline.
    func isFed(by name: String) -> Bool {
        var waiting = [name]
        var seen: Set<String> = []
        var isPart = false
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted, seen.count <= 256 else { continue }
            for taker in takers[name] ?? [] {
                if Self.isPart(taker.operation) {
                    isPart = true
                } else if ["Reshape", "Identity", "ExpandDims", "Pack"].contains(taker.operation) {
                    waiting.append(taker.name)
                } else {
                    return false
                }
            }
        }
        return isPart
    }
}
