import ModelBytes
import ModelContainers

/// Which functions of a graph write or read a file by a path that they are given, and whether the graph itself gives one.
///
/// Saving is a function of its own in what TensorFlow 2 writes: whoever loads the model gives it the path. A graph that calls it
/// with a constant has said the path itself.
struct TensorFlowCalls {
    private struct Call {
        let callee: String
        /// Nil outside of functions.
        let caller: String?
        let node: ProtobufMessage
        /// Which of the lists of nodes it stands in.
        let list: Int
    }

    private var calls: [Call] = []
    private var lists: [(nodes: ProtobufList<ProtobufMessage>, source: ByteSource)] = []
    /// The operator that takes its path from what the function is given.
    private var takers: [String: String] = [:]
    private(set) var isCut = false

    private static let mostCalls = 65_536
    private static let longestPath = 1_024

    /// Begins the nodes of a graph, or of a function.
    mutating func begin(_ nodes: ProtobufList<ProtobufMessage>, _ source: ByteSource) { lists.append((nodes, source)) }

    /// An operator of `function` is given its path.
    mutating func note(_ operation: String, in function: String?) {
        if let function, takers[function] == nil { takers[function] = operation }
    }

    /// A node of the list that was begun last; `isOwn` when its operator is one of TensorFlow's own.
    mutating func add(_ node: ProtobufMessage, _ operation: String, isOwn: Bool, in function: String?) {
        let callee = isOwn ? node.tensorFlowAttribute("f")?.message("func")?.string("name") : operation
        guard let callee else { return }
        guard calls.count < Self.mostCalls else {
            isCut = true
            return
        }
        calls.append(Call(callee: callee, caller: function, node: node, list: lists.count - 1))
    }

    /// The operators whose path the graph gives to a function, and whether there were more than could be followed.
    func given(_ limits: Limits) -> (operations: Set<String>, isCut: Bool) {
        guard !takers.isEmpty else { return ([], false) }
        let takers = withCallers()
        var found: Set<String> = []
        var strings: [Int: TensorFlowStrings] = [:]
        var steps = 100_000
        for call in calls {
            guard let operation = takers[call.callee] else { continue }
            let (nodes, source) = lists[call.list]
            let known = strings[call.list] ?? TensorFlowStrings(nodes, in: source, limits: limits)
            strings[call.list] = known
            for input in call.node.strings("input") where !input.hasPrefix("^") {
                guard steps > 0 else { return (found, true) }
                guard case .constants(let texts) = known.constants(reaching: input, &steps) else { continue }
                if texts.contains(where: Self.isPath) { found.insert(operation) }
            }
        }
        return (found, isCut)
    }

    /// With the functions that call them, and those that call these.
    private func withCallers() -> [String: String] {
        var callers: [String: [String]] = [:]
        for call in calls { if let caller = call.caller { callers[call.callee, default: []].append(caller) } }
        var all = takers
        var waiting = Array(takers.keys)
        while let function = waiting.popLast() {
            for caller in callers[function] ?? [] where all[caller] == nil {
                all[caller] = all[function]
                waiting.append(caller)
            }
        }
        return all
    }

    /// What else functions of saving are given are graphs of objects, in binary.
    private static func isPath(_ text: String) -> Bool {
        text.utf8.count <= longestPath && text.utf8.allSatisfy { $0 >= 0x20 } && TensorFlowOperators.leaves(text)
    }
}
