import ModelContainers

/// Follows values of the main graph through nodes that only pass them on, to the nodes that say what they are.
///
/// Nodes stand in the order of their execution (onnx.proto), so one walk over them is enough in either direction.
enum ONNXTrace {
    /// So many values are followed at most; a real model has a handful before its first convolution.
    private static let mostValues = 65_536

    /// What made a value.
    struct Maker {
        let node: ProtobufMessage
        /// Which of the node's outputs it is.
        let output: Int
    }

    /// For each of `names`, the node that makes it; nodes in `passing`, which hand on their first input, are left out.
    static func makers(
        of names: [String], in nodes: ProtobufList<ProtobufMessage>, passing: Set<String>
    ) -> [String: Maker] {
        var found: [String: Maker] = [:]
        // What is looked for now, and which of `names` it stands for.
        var wanted: [String: [String]] = [:]
        for name in Set(names) { wanted[name] = [name] }
        for node in nodes.reversed() {
            if wanted.isEmpty { break }
            for (index, output) in node.strings("output").enumerated() {
                guard let origins = wanted.removeValue(forKey: output) else { continue }
                if index == 0, passing.contains(node.onnxOperator), let input = node.strings("input").first {
                    wanted[input, default: []] += origins
                } else {
                    for origin in origins { found[origin] = Maker(node: node, output: index) }
                }
            }
        }
        return found
    }

    /// For each of `names`, the first node that takes it as its first input and that `judge` has a word for; nodes in
    /// `passing` are followed.
    static func takers<Word>(
        of names: [String], in nodes: ProtobufList<ProtobufMessage>, passing: Set<String>,
        judge: (ProtobufMessage) -> Word?
    ) -> [String: Word] {
        var found: [String: Word] = [:]
        var origins: [String: String] = [:]
        for name in names { origins[name] = name }
        var left = Set(names)
        for node in nodes {
            if left.isEmpty { break }
            guard let input = node.strings("input").first, let origin = origins[input] else { continue }
            if passing.contains(node.onnxOperator), let output = node.strings("output").first {
                if origins.count < mostValues { origins[output] = origin }
            } else if left.contains(origin), let word = judge(node) {
                found[origin] = word
                left.remove(origin)
            }
        }
        return found
    }
}
