import ModelBytes
import ModelContainers

/// Names of the dimensions of inputs and outputs: as an operator's definition proves them, and as the model itself calls
/// them, dimension by dimension. The model's own word is never overruled.
///
/// Source: onnx/defs/nn/defs.cc and tensor/defs.cc: these operators take `(N x C x D1 x …)`, whatever the exporter.
enum ONNXDimensions {
    /// Gives each input its names and the scaling that the graph begins with, and notes how they are known.
    static func name(
        inputs ports: inout [Port], _ values: [ProtobufMessage], of model: ONNXModel, _ result: inout ProbeResult
    ) throws(InspectionError) {
        let flow = try ONNXFlow(ports.map(\.name), in: model, judge: ranks(taken: true))
        var proof = Proof(kind: "inputs", field: "input")
        for index in ports.indices {
            guard let rank = ports[index].shape?.count else { continue }
            var proven: [String]?
            if let finding = flow.findings[ports[index].name], let operation = finding.operation,
                let order = ConvolutionDimensions.names(rank: rank, expected: finding.rank)
            {
                proven = Self.moved(order, finding.axes)
                if proven != nil { proof.operations.insert(operation) }
            }
            proof.settle(&ports[index], values[index], proven)
            scaling(flow, &ports[index], &result)
        }
        proof.note("the input goes into", &result)
    }

    static func name(
        outputs ports: inout [Port], _ values: [ProtobufMessage], of model: ONNXModel, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let nodes = model.nodes else { return }
        let makers = ONNXTrace.makers(of: ports.map(\.name), in: nodes, passing: passing.union(["Transpose"]))
        var proof = Proof(kind: "outputs", field: "output")
        for index in ports.indices {
            guard let rank = ports[index].shape?.count else { continue }
            var proven: [String]?
            if let maker = makers[ports[index].name], maker.output == 0, let made = ranks(taken: false)(maker.node),
                let order = ConvolutionDimensions.names(rank: rank, expected: made.rank)
            {
                proven = try backwards(order, maker.moves, model)
                if proven != nil { proof.operations.insert(made.operation) }
            }
            proof.settle(&ports[index], values[index], proven)
        }
        proof.note("the output comes from", &result)
    }

    /// The names of an input's dimensions, of what an operator takes when they were moved on the way.
    private static func moved(_ order: [String], _ axes: [Int]?) -> [String]? {
        guard let axes else { return order }
        guard axes.count == order.count else { return nil }
        var names = order
        for (index, axis) in axes.enumerated() { names[axis] = order[index] }
        return names
    }

    /// The names of an output behind Transpose nodes, the last of them first.
    private static func backwards(
        _ order: [String], _ moves: [ProtobufMessage], _ model: ONNXModel
    ) throws(InspectionError) -> [String]? {
        var names = order
        for node in moves.reversed() {
            guard let axes = try model.order(of: node), axes.count == names.count else { return nil }
            names = axes.map { names[$0] }
        }
        return names
    }

    private static func scaling(_ flow: ONNXFlow, _ port: inout Port, _ result: inout ProbeResult) {
        guard let scaling = flow.scaling(of: port.name) else { return }
        let count = max(scaling.scale.count, scaling.offset.count)
        // Several are those of the channels, where a dimension is as long.
        let channels = port.dimOrder?.firstIndex(of: "channel").flatMap { port.shape?[$0] }
        guard count == 1 || count == channels else { return }
        let steps = ValueScaling.linear(scaling.scale, scaling.offset)
        guard !steps.isEmpty else { return }
        port.valueScaling = steps
        result.note("inputs.value_scaling", .derived, "graph.node: arithmetic with constants at its beginning")
        result.reportScaling(of: port.name, at: "graph.node")
    }

    /// What is known of the names of one kind of ports, and how.
    private struct Proof {
        let kind: String
        let field: String
        var operations: Set<String> = []
        private var isSaid = false

        init(kind: String, field: String) {
            self.kind = kind
            self.field = field
        }

        mutating func settle(_ port: inout Port, _ value: ProtobufMessage, _ proven: [String]?) {
            guard let rank = port.shape?.count else { return }
            let said = ONNXPorts.dimensionNames(value, rank: rank)
            if said.contains(where: { $0 != nil }) { isSaid = true }
            var names: [String?] = proven ?? Array(repeating: nil, count: rank)
            let spatial = ["height", "width", "depth", "length"]
            // A dimension of an image that is called otherwise makes it no image.
            let isNoImage = zip(names, said).contains { name, word in
                name.map(spatial.contains) == true && word != nil && word != name
            }
            for index in names.indices {
                if isNoImage, names[index].map(spatial.contains) == true { names[index] = nil }
                if let word = said[index] { names[index] = word }
            }
            // What a dimension before is called already is no name of another one.
            var taken: Set<String> = []
            for index in names.indices {
                if let name = names[index], !taken.insert(name).inserted { names[index] = nil }
            }
            port.dimOrder = DimensionOrder.filled(names)
        }

        func note(_ words: String, _ result: inout ProbeResult) {
            if !operations.isEmpty {
                let list = operations.sorted().joined(separator: ", ")
                result.note("\(kind).dim_order", .derived, "graph.node: \(words) \(list)")
            }
            if isSaid { result.note("\(kind).dim_order", .read, "graph.\(field): dim_param, denotation") }
        }
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
    static let passing: Set<String> = [
        "Identity", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Dropout",
        "Relu", "LeakyRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Gelu", "Mish", "Swish", "Sigmoid",
        "HardSigmoid", "HardSwish", "Softplus", "Softsign", "Tanh", "Clip", "Abs", "Neg", "Exp", "Log", "Sqrt",
        "Reciprocal", "Ceil", "Floor", "Round", "Erf", "Softmax", "LogSoftmax", "BatchNormalization",
        "InstanceNormalization", "LpNormalization", "MeanVarianceNormalization", "Pad", "Resize", "Upsample",
    ]
}
