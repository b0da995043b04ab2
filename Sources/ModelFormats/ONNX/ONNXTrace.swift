import ModelContainers

/// Follows values of the main graph through nodes that only pass them on, to the nodes that say what they are.
///
/// Nodes stand in the order of their execution (onnx.proto), so one walk over them is enough in either direction.
enum ONNXTrace {
    /// What made a value.
    struct Maker {
        let node: ProtobufMessage
        /// Which of the node's outputs it is.
        let output: Int
        /// Transpose nodes between it and the value, the last one first.
        var moves: [ProtobufMessage] = []
    }

    /// Between a value and what makes it there are one or two; of what has more nothing is said.
    private static let mostMoves = 16

    /// For each of `names`, the node that makes it; nodes in `passing`, which hand on their first input, are left out.
    static func makers(
        of names: [String], in nodes: ProtobufList<ProtobufMessage>, passing: Set<String>
    ) -> [String: Maker] {
        var found: [String: Maker] = [:]
        // What is looked for now, and which of `names` it stands for.
        var wanted: [String: [String]] = [:]
        for name in Set(names) { wanted[name] = [name] }
        var moves: [String: [ProtobufMessage]] = [:]
        for node in nodes.reversed() {
            if wanted.isEmpty { break }
            for (index, output) in node.strings("output").enumerated() {
                guard let origins = wanted.removeValue(forKey: output) else { continue }
                let operation = node.onnxOperator
                if index == 0, passing.contains(operation), let input = node.strings("input").first {
                    let isMoved = operation == "Transpose"
                    if isMoved { for origin in origins { moves[origin, default: []].append(node) } }
                    let left = isMoved ? origins.filter { moves[$0, default: []].count <= mostMoves } : origins
                    wanted[input] = joined(wanted.removeValue(forKey: input) ?? [], left)
                } else {
                    for origin in origins {
                        found[origin] = Maker(node: node, output: index, moves: moves[origin] ?? [])
                    }
                }
            }
        }
        return found
    }

    /// Both, the smaller of which is copied: a million nodes may hand on a value that stands for many.
    private static func joined(_ first: [String], _ second: [String]) -> [String] {
        first.count < second.count ? second + first : first + second
    }
}
