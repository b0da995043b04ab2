import ModelBytes
import ModelContainers

/// From a GraphDef to facts, loading and findings.
struct GraphFacts {
    private let graph: ProtobufMessage
    private let source: ByteSource
    private let limits: Limits

    init(_ graph: ProtobufMessage, from source: ByteSource, limits: Limits) {
        self.graph = graph
        self.source = source
        self.limits = limits
    }

    func fill(_ result: inout ProbeResult, call: String) {
        let producer = graph.message("versions")?.int("producer") ?? graph.int("version") ?? 0
        if producer > 0 { result.version = String(producer) }
        let ports = GraphPorts(graph, version: producer, upTo: limits.listedValues.value)
        ports.reportCut(into: &result)
        result.facts.inputs = ports.inputs
        if !ports.inputs.isEmpty {
            result.note("inputs", .read, "node: op Placeholder, PlaceholderWithDefault: dtype, shape")
        }
        if ports.inputs.contains(where: { $0.dimOrder != nil }) {
            result.note("inputs.dim_order", .derived, "node: data_format of what takes the input")
        }
        if let listing = TensorFlowListing(result.listing) {
            listing.nodes(graph)
            listing.constants(graph)
        }
        var variables = TensorFlowGraphVariables()
        variables.add(graph)
        if variables.count > 0 {
            unfrozen(variables, &result)
        } else {
            outputs(ports, &result)
            constants(&result)
        }
        var operators = TensorFlowOperators(limits: limits)
        operators.add(graph, from: source)
        var need = operators.report(into: &result)
        if variables.count > 0 { need.verdict = max(.incomplete, need.verdict) }
        need.releases.need(
            "tensorflow", .atLeast("1.13"), .derived, because: "tf.compat.v1, which 1.12 does not have")
        need.releases.note(into: &result)
        result.loading = need.loading(call: call)
    }

    private func outputs(_ ports: GraphPorts, _ result: inout ProbeResult) {
        guard !ports.outputs.isEmpty else { return }
        result.facts.outputs = ports.outputs
        result.note("outputs", .derived, "node: those that no other node takes as its input")
        if ports.outputs.contains(where: { $0.dimOrder != nil }) {
            result.note("outputs.dim_order", .derived, "node: data_format of what makes the output")
        }
    }

    private func unfrozen(_ variables: TensorFlowGraphVariables, _ result: inout ProbeResult) {
        result.markNotAModel(because: "architecture-only")
        result.report(
            .warning, code: "tensorflow.not-frozen",
            "the graph has \(variables.count) variables and none of their values; those are in a checkpoint",
            at: "node: VariableV2, VarHandleOp")
        result.facts.parameters = variables.parameters()
        if result.facts.parameters != nil { result.note("parameters", .read, "node: shape, dtype of its variables") }
    }

    /// What freezing has made of the variables. The graph does not tell them from other constants; what is no weight is
    /// a number, an axis or a shape: without a dimension, or of integers.
    private func constants(_ result: inout ProbeResult) {
        var tally = ElementTally()
        var hasDefaults = false
        func add(_ nodes: ProtobufList<ProtobufMessage>) {
            let defaults = Self.defaults(nodes)
            for node in nodes where node.string("op") == "Const" {
                if !defaults.isEmpty, defaults.contains(node.string("name") ?? "") {
                    hasDefaults = true
                    continue
                }
                guard let tensor = node.tensorFlowAttribute("value")?.message("tensor"),
                    let type = TensorFlowDataType(tensor.int("dtype") ?? 0), Self.mayBeWeight(type)
                else { continue }
                let shape = tensor.message("tensor_shape")?.tensorFlowShape ?? []
                if !shape.isEmpty {
                    tally.add(name: node.string("name") ?? "", type: tensor.int("dtype") ?? 0, shape: shape)
                }
            }
        }
        add(graph.messages("node"))
        if let library = graph.message("library") {
            for function in library.messages("function") { add(function.messages("node_def")) }
        }
        result.facts.parameters = tally.parameters(
            counting:
                "constants of floating-point or quantised types that have at least one dimension; a graph does not tell "
                + "weights from other constants" + (hasDefaults ? "; defaults of inputs are none" : ""))
        if result.facts.parameters != nil {
            result.note("parameters", .derived, "node: op Const: value: dtype, tensor_shape")
        } else if tally.uncountable != nil {
            result.report(
                .warning, code: "tensorflow.uncountable",
                "constant \"\(tally.uncountable ?? "")\" has a shape that cannot be counted, so no parameters are counted"
            )
        }
    }

    /// Constants that only stand for an input when it is not given.
    private static func defaults(_ nodes: ProtobufList<ProtobufMessage>) -> Set<String> {
        var found: Set<String> = []
        for node in nodes where node.string("op") == "PlaceholderWithDefault" {
            if let value = node.strings("input").first { found.insert(TensorFlowTensor(value).node) }
        }
        guard !found.isEmpty else { return [] }
        for node in nodes where node.string("op") != "PlaceholderWithDefault" {
            for input in node.strings("input") where !input.hasPrefix("^") {
                found.remove(TensorFlowTensor(input).node)
            }
        }
        return found
    }

    private static func mayBeWeight(_ type: TensorFlowDataType) -> Bool {
        let name = type.name
        return name.hasPrefix("float") || name.hasPrefix("bfloat") || name.hasPrefix("complex") || name.hasPrefix("q")
            || name == "int8" || name == "int4"
    }
}
