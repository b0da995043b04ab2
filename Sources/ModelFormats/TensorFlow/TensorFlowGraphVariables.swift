import ModelContainers

/// The variables that a graph declares: nodes that hold a value from one run to the next.
///
/// Source: tensorflow/core/ops/state_ops.cc and resource_variable_ops.cc.
struct TensorFlowGraphVariables {
    private var nodes: [(name: String, type: Int, shape: [Int]?)] = []

    private static let operators: Set<String> = ["VarHandleOp", "VariableV2", "Variable"]

    var count: Int { nodes.count }

    mutating func add(_ graph: ProtobufMessage) {
        for node in graph.messages("node") {
            guard Self.operators.contains(node.string("op") ?? "") else { continue }
            let shape = node.tensorFlowAttribute("shape")?.message("shape")?.tensorFlowShape
            let type = node.tensorFlowAttribute("dtype")?.int("type") ?? 0
            nodes.append((node.string("name") ?? "", type, shape))
        }
    }

    /// The facts; nil when there are none, or one whose shape is not known.
    func parameters() -> Parameters? {
        var tally = ElementTally()
        let names = Set(nodes.map(\.name))
        for node in nodes where !TensorFlowTraining.isState(node.name, among: names) {
            tally.add(name: node.name, type: node.type, shape: node.shape)
        }
        return tally.parameters(
            counting: "variables that the graph declares, without slots of optimizers and counters of training")
    }
}
