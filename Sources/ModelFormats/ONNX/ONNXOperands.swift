import ModelContainers

/// Tells the model's weights from what only says how an operator works.
///
/// No parameters are:
/// - what operators take for shapes, axes, indices, bounds of their work, and for scales and zero points of quantised values;
/// - whole numbers of 16 bits and more, truth values and texts, since no framework learns these. A bias of a quantised operator
///   is one all the same, and so may be what an operator of an unknown library takes.
///
/// Source: the inputs of the operators in onnx/defs, and in docs/ContribOperators.md of onnxruntime.
struct ONNXOperands {
    /// What takes an initializer.
    private struct Uses: OptionSet {
        let rawValue: UInt8
        static let setting = Uses(rawValue: 1)
        static let data = Uses(rawValue: 2)
        static let wholeWeight = Uses(rawValue: 4)
    }

    private var lists: [ProtobufList<ProtobufMessage>] = []
    /// Tensors of Constant nodes that have a dimension.
    private(set) var constants: [ProtobufMessage] = []
    private var namesOfConstants: [String] = []
    private var uses: [String: Uses] = [:]

    /// Adds the initializers of a graph.
    mutating func add(_ tensors: ProtobufList<ProtobufMessage>) {
        lists.append(tensors)
        for tensor in tensors { uses[tensor.string("name") ?? "", default: []].formUnion([]) }
    }

    /// Those of all graphs.
    var initializers: some Sequence<ProtobufMessage> { lists.lazy.joined() }

    mutating func add(constant tensor: ProtobufMessage, of node: ProtobufMessage) {
        let name = node.strings("output").first ?? ""
        constants.append(tensor)
        namesOfConstants.append(name)
        uses[name, default: []].formUnion([])
    }

    /// Initializers of a graph come before its nodes are looked at, and constants before what takes them.
    mutating func add(_ node: ProtobufMessage, _ operation: String, of operators: ONNXOperators) {
        guard !uses.isEmpty else { return }
        let settings = Self.settings[operation] ?? 0
        let whole = Self.wholeWeights[operation] ?? (Self.isUnknown(node, operators) ? .max : 0)
        for (index, input) in node.strings("input").enumerated() {
            guard let known = uses[input] else { continue }
            let bit: UInt32 = 1 << UInt32(min(index, 31))
            var use: Uses = settings & bit == 0 ? .data : .setting
            if whole & bit != 0 { use.insert(.wholeWeight) }
            if !known.isSuperset(of: use) { uses[input] = known.union(use) }
        }
    }

    /// Whether an initializer is a parameter.
    func isParameter(_ tensor: ProtobufMessage) -> Bool { isParameter(tensor, tensor.string("name") ?? "") }

    /// What is left of the tensors in Constant nodes when those that are no parameters are taken out.
    func parametersOfConstants() -> [ProtobufMessage] {
        zip(constants, namesOfConstants).filter { isParameter($0, $1) }.map(\.0)
    }

    private func isParameter(_ tensor: ProtobufMessage, _ name: String) -> Bool {
        let found = uses[name] ?? []
        return Self.isNeverLearned(tensor) ? found.contains(.wholeWeight) : found != .setting
    }

    /// Whether nothing is known of what the operator takes.
    private static func isUnknown(_ node: ProtobufMessage, _ operators: ONNXOperators) -> Bool {
        let domain = node.onnxDomain
        return !domain.hasPrefix("ai.onnx") && !domain.hasPrefix("com.microsoft")
            && !operators.isLocalFunction(node)
    }

    /// Numbers of TensorProto.DataType: UINT16, INT16, INT32, INT64, STRING, BOOL, UINT32, UINT64.
    private static func isNeverLearned(_ tensor: ProtobufMessage) -> Bool {
        [4, 5, 6, 7, 8, 9, 12, 13].contains(tensor.int("data_type") ?? 0)
    }

    private static func bits(_ indices: Int...) -> UInt32 {
        var found: UInt32 = 0
        for index in indices { found |= 1 << UInt32(index) }
        return found
    }

    private static func from(_ index: Int) -> UInt32 { .max << UInt32(index) }

    /// Operators that take whole numbers for weights or for a bias, and at which inputs.
    private static let wholeWeights: [String: UInt32] = [
        "DequantizeLinear": bits(0), "QLinearConv": bits(8), "com.microsoft.DequantizeLinear": bits(0),
        "com.microsoft.QLinearConv": bits(8), "com.microsoft.QGemm": bits(6), "com.microsoft.MatMulNBits": bits(1),
        "com.microsoft.MatMulInteger16": bits(1),
    ]

    /// Which inputs of an operator are settings.
    private static let settings: [String: UInt32] = {
        let ofTwo = bits(1, 2, 4, 5, 6, 7)
        // Y_scale, Y_zero_point, then a value, its scale and its zero point for each input.
        let ofMany = ~(2..<32).filter { $0 % 3 == 2 }.reduce(UInt32(0)) { found, index in found | bits(index) }
        var found: [String: UInt32] = [
            "NonMaxSuppression": from(2), "SequenceInsert": from(2), "Range": from(0), "ConstantOfShape": from(0),
            "ConvInteger": from(2), "MatMulInteger": from(2), "QuantizeLinear": from(1), "DequantizeLinear": from(1),
            "QLinearConv": ofTwo, "QLinearMatMul": ofTwo, "com.microsoft.QuantizeLinear": from(1),
            "com.microsoft.DequantizeLinear": from(1), "com.microsoft.QLinearConv": ofTwo,
            "com.microsoft.QLinearAdd": ofTwo, "com.microsoft.QLinearMul": ofTwo,
            "com.microsoft.QGemm": bits(1, 2, 4, 5, 7, 8), "com.microsoft.QLinearConcat": ofMany,
            "com.microsoft.QLinearSigmoid": from(1), "com.microsoft.QLinearLeakyRelu": from(1),
            "com.microsoft.QLinearSoftmax": from(1), "com.microsoft.QLinearReduceMean": from(1),
            "com.microsoft.QLinearGlobalAveragePool": from(1), "com.microsoft.QLinearAveragePool": from(1),
            "com.microsoft.MatMulIntegerToFloat": bits(2, 3, 4, 5), "com.microsoft.DynamicQuantizeMatMul": bits(2, 3),
            "com.microsoft.DynamicQuantizeLSTM": from(8), "com.microsoft.QAttention": bits(3, 4, 6, 7),
            "com.microsoft.RotaryEmbedding": from(1), "com.microsoft.GroupQueryAttention": bits(7, 8),
        ]
        for operation in [
            "Reshape", "Slice", "Squeeze", "Unsqueeze", "Expand", "Tile", "Pad", "Resize", "Upsample", "Split", "TopK",
            "CumSum", "CenterCropPad", "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1",
            "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare", "SplitToSequence", "OneHot", "Trilu",
            "Col2Im", "AffineGrid", "DFT", "STFT", "Dropout", "SequenceAt", "Gather", "GatherElements", "GatherND",
            "RotaryEmbedding",
        ] { found[operation] = from(1) }
        return found
    }()
}
