import ModelContainers

/// Names of the dimensions of inputs and outputs, where an operator's definition proves them.
///
/// Source: onnx/defs/nn/defs.cc and tensor/defs.cc: these operators take `(N x C x D1 x …)`, whatever the exporter.
enum ONNXDimensions {
    /// Gives each port its `dim_order` as far as it is proven, and notes how.
    static func name(
        _ ports: inout [Port], as kind: Kind, _ values: [ProtobufMessage], of model: ONNXModel,
        _ result: inout ProbeResult
    ) {
        guard let nodes = model.nodes else { return }
        let names = ports.map(\.name)
        let ranks: [String: (rank: Int, operation: String)] =
            switch kind {
            case .inputs: ONNXTrace.takers(of: names, in: nodes, passing: passing, judge: ranks(taken: true))
            case .outputs:
                ONNXTrace.makers(of: names, in: nodes, passing: passing).compactMapValues { maker in
                    maker.output == 0 ? Self.ranks(taken: false)(maker.node) : nil
                }
            }
        var operations: Set<String> = []
        var isSaid = false
        for (index, port) in ports.enumerated() {
            guard let shape = port.shape else { continue }
            if let proof = ranks[port.name],
                let order = ConvolutionDimensions.names(rank: shape.count, expected: proof.rank)
            {
                ports[index].dimOrder = order
                operations.insert(proof.operation)
            } else if let order = ONNXPorts.dimensionNames(values[index]), order.count == shape.count {
                ports[index].dimOrder = order
                isSaid = true
            }
        }
        if !operations.isEmpty {
            let list = operations.sorted().joined(separator: ", ")
            let what =
                kind == .inputs ? "the input goes straight into \(list)" : "the output comes straight from \(list)"
            result.note("\(kind.rawValue).dim_order", .derived, "graph.node: \(what)")
        }
        if isSaid {
            result.note(
                "\(kind.rawValue).dim_order", .read,
                "graph.\(kind == .inputs ? "input" : "output"): dim_param, denotation")
        }
    }

    enum Kind: String {
        case inputs, outputs
    }

    /// Operators of `(N x C x D1 x …)` in any rank, and those of images alone.
    private static let anyRank: Set<String> = [
        "Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "DeformConv", "MaxPool", "AveragePool", "LpPool",
        "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "com.microsoft.FusedConv",
    ]
    private static let images: Set<String> = ["DepthToSpace", "SpaceToDepth"]
    private static let takenImages: Set<String> = ["RoiAlign", "MaxRoiPool"]

    private static func ranks(taken: Bool) -> (ProtobufMessage) -> (rank: Int, operation: String)? {
        { node in
            let operation = node.onnxOperator
            if anyRank.contains(operation) { return (0, operation) }
            return images.contains(operation) || taken && takenImages.contains(operation) ? (4, operation) : nil
        }
    }

    /// Operators whose first output has the dimensions of their first input in the same order.
    private static let passing: Set<String> = [
        "Identity", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Dropout",
        "Relu",
        "LeakyRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Gelu", "Mish", "Swish", "Sigmoid", "HardSigmoid",
        "HardSwish", "Softplus", "Softsign", "Tanh", "Clip", "Abs", "Neg", "Exp", "Log", "Sqrt", "Reciprocal", "Ceil",
        "Floor", "Round", "Erf", "Softmax", "LogSoftmax", "BatchNormalization", "InstanceNormalization", "Pad",
        "Resize",
        "Upsample",
    ]
}
