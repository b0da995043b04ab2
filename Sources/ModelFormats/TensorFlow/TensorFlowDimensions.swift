import ModelContainers

/// Names of the dimensions of inputs and outputs, where an operator's definition proves them: a convolution takes and
/// gives `NHWC` or `NCHW`, as its `data_format` says, and so does what passes a tensor on as it is.
///
/// Source: tensorflow/core/ops/nn_ops.cc and image_ops.cc.
struct TensorFlowDimensions {
    private let graph: ProtobufMessage
    /// The bodies of functions by their names.
    private let functions: [String: ProtobufMessage]
    /// How many nodes may still be looked at; what a signature needs is a few hundred.
    private var budget = 20_000

    init(_ graph: ProtobufMessage) {
        self.graph = graph
        var functions: [String: ProtobufMessage] = [:]
        if let library = graph.message("library") {
            for function in library.messages("function") {
                functions[function.message("signature")?.string("name") ?? ""] = function
            }
        }
        self.functions = functions
    }

    /// The dimensions of the tensor `name` (`node:0`) by what takes it; nil when nothing proves them.
    mutating func taken(_ name: String) -> [String]? {
        takers(of: TensorFlowTensor(name).spelling, in: graph.messages("node"), depth: 0)
    }

    /// The dimensions of the tensor `name` by what makes it.
    mutating func made(_ name: String) -> [String]? {
        made(TensorFlowTensor(name), in: graph.messages("node"), depth: 0)
    }

    // MARK: forwards

    private mutating func takers(
        of tensor: String, in nodes: ProtobufList<ProtobufMessage>, depth: Int
    ) -> [String]? {
        guard depth < 8 else { return nil }
        var waiting: Set<String> = [tensor]
        // Nodes of a function need not be in the order of their execution; a second round finds what the first missed.
        for _ in 0..<3 {
            let before = waiting.count
            for node in nodes {
                budget -= 1
                guard budget > 0 else { return nil }
                let inputs = node.strings("input")
                guard let index = inputs.firstIndex(where: { waiting.contains(TensorFlowTensor($0).spelling) }) else {
                    continue
                }
                if index == 0, let order = Self.order(of: node) { return order }
                if let body = called(by: node), let argument = Self.argument(index, of: body),
                    let order = takers(of: argument, in: body.messages("node_def"), depth: depth + 1)
                {
                    return order
                }
                let operation = node.string("op") ?? ""
                if Self.passing.contains(operation) && index == 0 || Self.arithmetic.contains(operation) {
                    waiting.insert(node.string("name") ?? "")
                }
            }
            if waiting.count == before { break }
        }
        return nil
    }

    // MARK: backwards

    private mutating func made(
        _ tensor: TensorFlowTensor, in nodes: ProtobufList<ProtobufMessage>, depth: Int
    ) -> [String]? {
        guard depth < 8 else { return nil }
        var tensor = tensor
        for _ in 0..<64 {
            guard let node = node(tensor.node, in: nodes) else { return nil }
            if tensor.output == 0, let order = Self.order(of: node) { return order }
            if let body = called(by: node) {
                guard let result = Self.result(tensor.output, of: body) else { return nil }
                return made(TensorFlowTensor(result), in: body.messages("node_def"), depth: depth + 1)
            }
            let operation = node.string("op") ?? ""
            // The other operand of arithmetic may be the one that has the rank, so it proves nothing backwards.
            guard Self.passing.contains(operation), let input = node.strings("input").first else { return nil }
            tensor = TensorFlowTensor(input)
        }
        return nil
    }

    private mutating func node(_ name: String, in nodes: ProtobufList<ProtobufMessage>) -> ProtobufMessage? {
        for node in nodes {
            budget -= 1
            guard budget > 0 else { return nil }
            if node.string("name") == name { return node }
        }
        return nil
    }

    // MARK: functions

    private func called(by node: ProtobufMessage) -> ProtobufMessage? {
        switch node.string("op") ?? "" {
        case "PartitionedCall", "StatefulPartitionedCall":
            return node.tensorFlowAttribute("f")?.message("func")?.string("name").flatMap { functions[$0] }
        case let operation: return functions[operation]
        }
    }

    private static func argument(_ index: Int, of function: ProtobufMessage) -> String? {
        guard let arguments = function.message("signature")?.messages("input_arg"), arguments.indices.contains(index)
        else { return nil }
        return arguments[index].string("name")
    }

    /// What the function returns as its output of this number: the tensor inside it.
    private static func result(_ index: Int, of function: ProtobufMessage) -> String? {
        guard let results = function.message("signature")?.messages("output_arg"), results.indices.contains(index),
            let name = results[index].string("name")
        else { return nil }
        return function.messages("ret").first { $0.string("key") == name }?.string("value")
    }

    // MARK: operators

    /// What the operator says of its first input and its first output.
    private static func order(of node: ProtobufMessage) -> [String]? {
        let operation = node.string("op") ?? ""
        if images.contains(operation) { return names["NHWC"] }
        guard convolutions.contains(operation) else { return nil }
        // A convolution without the attribute has its default.
        let isVolume = operation.contains("3D")
        let format = node.tensorFlowAttribute("data_format")?.string("s") ?? (isVolume ? "NDHWC" : "NHWC")
        return names[format].flatMap { $0.count == (isVolume ? 5 : 4) ? $0 : nil }
    }

    private static let names = [
        "NHWC": ["batch", "height", "width", "channel"], "NCHW": ["batch", "channel", "height", "width"],
        "NDHWC": ["batch", "depth", "height", "width", "channel"],
        "NCDHW": ["batch", "channel", "depth", "height", "width"],
    ]
    private static let convolutions: Set<String> = [
        "Conv2D", "DepthwiseConv2dNative", "MaxPool", "AvgPool", "Conv3D", "MaxPool3D", "AvgPool3D", "SpaceToDepth",
        "DepthToSpace", "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3", "_FusedConv2D",
    ]
    private static let images: Set<String> = ["ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic", "ResizeArea"]
    /// Operators whose first output has the dimensions of their first input in the same order.
    private static let passing: Set<String> = [
        "Identity", "Cast", "Relu", "Relu6", "Elu", "Selu", "LeakyRelu", "Sigmoid", "Tanh", "Softplus", "Softsign",
        "Softmax", "LogSoftmax", "BiasAdd", "Pad", "PadV2", "MirrorPad", "StopGradient", "PreventGradient", "Neg",
        "Abs",
        "Exp", "Log", "Sqrt", "Square", "ClipByValue", "CheckNumerics", "PlaceholderWithDefault", "EnsureShape",
    ]
    /// With a smaller second operand the dimensions of the first stay; a convolution takes no other rank than its own.
    private static let arithmetic: Set<String> = [
        "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "Maximum", "Minimum",
    ]
}

/// The name of a tensor: `node:0` in a graph, `node:output:0` in a function, `argument`, or `node` for its first output.
struct TensorFlowTensor {
    let node: String
    let output: Int

    init(_ name: String) {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        node = parts.first.map(String.init) ?? ""
        output = parts.count > 1 ? Int(parts[parts.count - 1]) ?? 0 : 0
    }

    /// Of first outputs the node's name alone; of others it is never asked for.
    var spelling: String { output == 0 ? node : "\(node):\(output)" }
}
