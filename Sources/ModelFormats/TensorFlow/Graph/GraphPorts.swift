import ModelContainers

/// The inputs and outputs of a graph that has no signature.
struct GraphPorts {
    private(set) var inputs: [Port] = []
    private(set) var outputs: [Port] = []
    /// How many there are beyond what is listed.
    private var (moreInputs, moreOutputs) = (0, 0)

    /// `version` is the graph's own, which says how shapes of placeholders are meant. A port takes many times what it does
    /// in the file: `most` of either kind are made.
    init(_ graph: ProtobufMessage, version: Int, upTo most: Int) {
        let nodes = graph.messages("node")
        var dimensions = TensorFlowDimensions(graph)
        var consumed: Set<String> = []
        var hasPipeline = false
        for node in nodes {
            for input in node.strings("input") where !input.hasPrefix("^") {
                consumed.insert(TensorFlowTensor(input).node)
            }
            hasPipeline = hasPipeline || node.string("op")?.hasSuffix("Dataset") == true
        }
        let pipeline = hasPipeline ? TensorFlowPipeline(nodes) : nil
        for node in nodes {
            let name = node.string("name") ?? ""
            let operation = node.string("op") ?? ""
            if Self.isInput(operation) {
                if pipeline?.isFed(by: name) == true || Self.isFileName(node) { continue }
                guard inputs.count < most else {
                    moreInputs += 1
                    continue
                }
                var port = Self.placeholder(node, version: version)
                port.dimOrder = Self.fitting(dimensions.taken(name), port)
                inputs.append(port)
            } else if !consumed.contains(name), !Self.isNoOutput(operation), !TensorFlowPipeline.isPart(operation) {
                guard outputs.count < most else {
                    moreOutputs += 1
                    continue
                }
                var port = Port(name: name)
                port.shape = Self.outputShape(node)
                port.dataType = Self.outputType(node)
                port.dimOrder = Self.fitting(dimensions.made(name), port)
                outputs.append(port)
            }
        }
    }

    /// Tells of what is not listed.
    func reportCut(into result: inout ProbeResult) {
        if moreInputs > 0 { result.report(.listCut(inputs.count + moreInputs, "inputs", to: inputs.count)) }
        if moreOutputs > 0 { result.report(.listCut(outputs.count + moreOutputs, "outputs", to: outputs.count)) }
    }

    /// What can be fed; one with a default need not be.
    private static func isInput(_ operation: String) -> Bool {
        placeholders.contains(operation)
    }
    private static let placeholders: Set<String> = ["Placeholder", "PlaceholderV2", "PlaceholderWithDefault"]

    /// The path of a checkpoint, which tf.train.Saver lets its caller replace.
    private static func isFileName(_ node: ProtobufMessage) -> Bool {
        node.string("op") == "PlaceholderWithDefault" && node.tensorFlowAttribute("dtype")?.int("type") == 7
            && node.tensorFlowAttribute("shape")?.message("shape")?.tensorFlowShape?.isEmpty ?? true
    }

    private static func fitting(_ order: [String]?, _ port: Port) -> [String]? {
        order.flatMap { $0.count == port.shape?.count ? $0 : nil }
    }

    /// array_ops.cc, Placeholder: up to version 21 an empty shape meant that it is not known.
    private static func placeholder(_ node: ProtobufMessage, version: Int) -> Port {
        var port = Port(name: node.string("name") ?? "")
        port.dataType = node.tensorFlowAttribute("dtype")?.int("type").flatMap { TensorFlowDataType($0)?.name }
        let shape = node.tensorFlowAttribute("shape")?.message("shape")?.tensorFlowShape
        if let shape, !shape.isEmpty || version > 21 { port.shape = shape }
        if port.shape == nil { port.shape = outputShape(node) }
        return port
    }

    /// What `as_graph_def(add_shapes=True)` has written.
    private static func outputShape(_ node: ProtobufMessage) -> [Int]? {
        node.tensorFlowAttribute("_output_shapes")?.message("list")?.messages("shape").first?.tensorFlowShape
    }

    /// The type of the first output, for operators whose definition says which attribute that is.
    private static func outputType(_ node: ProtobufMessage) -> String? {
        let operation = node.string("op") ?? ""
        let attribute: String
        switch operation {
        case "ArgMax", "ArgMin":
            guard let type = node.tensorFlowAttribute("output_type") else { return "int64" }
            return type.int("type").flatMap { TensorFlowDataType($0)?.name }
        case "Cast": attribute = "DstT"
        case "ResizeBilinear", "ResizeBicubic": return "float32"
        case _ where typed.contains(operation): attribute = "T"
        default: return nil
        }
        return node.tensorFlowAttribute(attribute)?.int("type").flatMap { TensorFlowDataType($0)?.name }
    }

    /// math_ops.cc, nn_ops.cc, array_ops.cc: `output: T`.
    private static let typed: Set<String> = [
        "Identity", "Softmax", "LogSoftmax", "Sigmoid", "Tanh", "Relu", "Relu6", "Elu", "Selu", "LeakyRelu", "Softplus",
        "BiasAdd", "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "Maximum", "Minimum", "MatMul", "BatchMatMul",
        "BatchMatMulV2", "Conv2D", "Conv3D", "Conv2DBackpropInput", "DepthwiseConv2dNative", "Reshape", "Squeeze",
        "ExpandDims", "Transpose", "ConcatV2", "Concat", "Pack", "Mean", "Sum", "Max", "Min", "MaxPool", "AvgPool",
        "StridedSlice", "Slice", "Pad", "ResizeNearestNeighbor", "DepthToSpace", "SpaceToDepth", "Neg", "Exp", "Sqrt",
        "ClipByValue",
    ]

    /// What has no value, or none that a user of the graph asks for.
    private static func isNoOutput(_ operation: String) -> Bool {
        if operation.hasSuffix("Summary") || operation.hasSuffix("SummaryV2") || operation.hasPrefix("Assign") {
            return true
        }
        return silent.contains(operation)
    }
    private static let silent: Set<String> = [
        "NoOp", "Assert", "Const", "Print", "PrintV2", "SaveV2", "Save", "RestoreV2", "VarIsInitializedOp",
        "MergeV2Checkpoints", "IsVariableInitialized", "CheckNumerics",
    ]
}
