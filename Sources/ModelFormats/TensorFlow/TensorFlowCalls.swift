import ModelBytes
import ModelContainers

/// Which functions of a graph write or read a file by a path that they are given, and whether the graph itself gives one.
///
/// Saving is a function of its own in what TensorFlow 2 writes: whoever loads the model gives it the path. A graph that calls it
/// with a constant has said the path itself.
struct TensorFlowCalls {
    private struct Call {
        let callee: String
        let node: ProtobufMessage
        /// The input that is the first argument; nil where that is not known, and each may be any.
        let firstInput: Int?
        /// Which of the lists of nodes it stands in.
        let list: Int
    }

    /// Nodes of a graph, or of a function.
    private struct List {
        let nodes: ProtobufList<ProtobufMessage>
        let source: ByteSource
        let function: String?
        let arguments: [String: Int]
    }

    /// An argument of a function; nil for the position of one that its signature does not have.
    private struct Argument: Hashable {
        let function: String
        let position: Int?
    }

    private var calls: [Call] = []
    private var lists: [List] = []
    /// The operators that take their paths from an argument.
    private var takers: [Argument: Set<String>] = [:]
    private(set) var isCut = false

    private static let mostCalls = 65_536
    private static let longestPath = 1_024

    /// Begins the nodes of a graph, or of a function with its arguments.
    mutating func begin(
        _ nodes: ProtobufList<ProtobufMessage>, _ source: ByteSource, of function: String?, _ arguments: [String]
    ) {
        let positions = Dictionary(zip(arguments, 0...), uniquingKeysWith: { first, _ in first })
        lists.append(List(nodes: nodes, source: source, function: function, arguments: positions))
    }

    /// An operator of `function`, whose nodes were begun last, is given its path by these arguments.
    mutating func note(_ operation: String, in function: String?, by arguments: Set<String>) {
        guard let function, let list = lists.last else { return }
        for argument in arguments {
            takers[Argument(function: function, position: list.arguments[argument]), default: []].insert(operation)
        }
    }

    /// A node of the list that was begun last; `isOwn` when its operator is one of TensorFlow's own.
    mutating func add(_ node: ProtobufMessage, _ operation: String, isOwn: Bool) {
        guard isOwn else { return add(node, callee: operation, firstInput: 0) }
        for attribute in node.messages("attr") {
            guard let value = attribute.message("value") else { continue }
            let first = Self.firstInput[operation]
            if let name = value.message("func")?.string("name") { add(node, callee: name, firstInput: first) }
            for function in value.message("list")?.messages("func") ?? ProtobufList() {
                add(node, callee: function.string("name") ?? "", firstInput: first)
            }
        }
    }

    private mutating func add(_ node: ProtobufMessage, callee: String, firstInput: Int?) {
        guard calls.count < Self.mostCalls else {
            isCut = true
            return
        }
        calls.append(Call(callee: callee, node: node, firstInput: firstInput, list: lists.count - 1))
    }

    /// Operators that hand their inputs to a function as they are, and the first that they hand on (functional_ops.cc).
    private static let firstInput = [
        "PartitionedCall": 0, "StatefulPartitionedCall": 0, "While": 0, "StatelessWhile": 0, "If": 1, "StatelessIf": 1,
        "Case": 1, "StatelessCase": 1, "RemoteCall": 1,
    ]

    /// What the graph gives its functions.
    struct Given {
        /// The operators whose path it gives.
        var operations: Set<String> = []
        /// Whether a path is made in a way that is not followed.
        var isUnseen = false
        /// Whether there is more than could be followed.
        var isCut = false
    }

    func given(_ limits: Limits) -> Given {
        var given = Given()
        guard !takers.isEmpty else { return given }
        given.isCut = isCut
        var takers = takers
        var waiting = Array(takers.keys)
        var callsOf: [String: [Int]] = [:]
        for (index, call) in calls.enumerated() { callsOf[call.callee, default: []].append(index) }
        var strings: [Int: TensorFlowStrings] = [:]
        var steps = 100_000
        while let argument = waiting.popLast() {
            let operations = takers[argument] ?? []
            for index in callsOf[argument.function] ?? [] {
                let call = calls[index]
                // To find an input takes the longer the further back it stands.
                steps -= 1 + (argument.position ?? 0) / 16
                guard steps > 0 else {
                    given.isCut = true
                    return given
                }
                let list = lists[call.list]
                let known = strings[call.list] ?? TensorFlowStrings(list.nodes, in: list.source, limits: limits)
                strings[call.list] = known
                for input in inputs(of: call, argument) {
                    let texts: [String]
                    switch known.constants(reaching: input, &steps) {
                    case .constants(let found): texts = found
                    case .unseen:
                        given.isUnseen = given.isUnseen || call.firstInput != nil
                        continue
                    case .given(let names, let found):
                        texts = found
                        guard let function = list.function else { break }
                        for name in names {
                            let outer = Argument(function: function, position: list.arguments[name])
                            let before = takers[outer] ?? []
                            if !before.isSuperset(of: operations) {
                                takers[outer] = before.union(operations)
                                waiting.append(outer)
                            }
                        }
                    }
                    if texts.contains(where: Self.isPath) { given.operations.formUnion(operations) }
                }
            }
        }
        return given
    }

    /// The inputs of a call that may be this argument.
    private func inputs(of call: Call, _ argument: Argument) -> [String] {
        let given = call.node.strings("input").lazy.filter { !$0.hasPrefix("^") }
        guard let first = call.firstInput, let position = argument.position else {
            return Array(given.prefix(Self.mostInputs))
        }
        return Array(given.dropFirst(first + position).prefix(1))
    }

    private static let mostInputs = 4_096

    /// What else functions of saving are given are graphs of objects, in binary.
    private static func isPath(_ text: String) -> Bool {
        text.utf8.count <= longestPath && text.utf8.allSatisfy { $0 >= 0x20 } && TensorFlowOperators.leaves(text)
    }
}
