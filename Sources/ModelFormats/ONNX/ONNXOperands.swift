import ModelContainers

/// Initializers that are no parameters: whole numbers that tell an operator a shape, axes, or where to cut.
///
/// Source: onnx/defs/tensor/defs.cc and reduction/defs.cc.
struct ONNXOperands {
    private(set) var initializers: [ProtobufMessage] = []
    /// Names of those that could be such a list.
    private var candidates: Set<String> = []
    /// Those of a single number.
    private var numbers: Set<String> = []
    private var used: Set<String> = []
    /// Names of those that some operator also takes as data.
    private var data: Set<String> = []

    /// Whether no initializer is one.
    var isEmpty: Bool { used.isSubset(of: data) }

    mutating func add(_ tensor: ProtobufMessage) {
        initializers.append(tensor)
        guard Self.isInteger(tensor), let shape = ONNXTensor.shape(tensor), shape.count <= 1 else { return }
        candidates.insert(tensor.string("name") ?? "")
        if shape.allSatisfy({ $0 == 1 }) { numbers.insert(tensor.string("name") ?? "") }
    }

    /// Initializers of a graph come before its nodes are looked at.
    mutating func add(_ node: ProtobufMessage, _ operation: String) {
        guard !candidates.isEmpty else { return }
        let first = Self.first[operation]
        for (index, input) in node.strings("input").enumerated() where candidates.contains(input) {
            let isOperand = first.map { index >= $0 } ?? (Self.ofShapes.contains(operation) && numbers.contains(input))
            if isOperand { used.insert(input) } else { data.insert(input) }
        }
    }

    func isOperand(_ tensor: ProtobufMessage) -> Bool {
        let name = tensor.string("name") ?? ""
        return used.contains(name) && !data.contains(name)
    }

    static func isInteger(_ tensor: ProtobufMessage) -> Bool { [6, 7, 12, 13].contains(tensor.int("data_type") ?? 0) }

    /// From which input on an operator takes such operands.
    private static let first: [String: Int] = [
        "Reshape": 1, "Slice": 1, "Squeeze": 1, "Unsqueeze": 1, "Expand": 1, "Tile": 1, "Pad": 1, "Resize": 1,
        "Upsample": 1, "Split": 1, "TopK": 1, "CumSum": 1, "ConstantOfShape": 0, "Range": 0, "CenterCropPad": 1,
        "ReduceSum": 1, "ReduceMean": 1, "ReduceMax": 1, "ReduceMin": 1, "ReduceProd": 1, "ReduceL1": 1, "ReduceL2": 1,
        "ReduceLogSum": 1, "ReduceLogSumExp": 1, "ReduceSumSquare": 1, "SplitToSequence": 1, "OneHot": 1, "Trilu": 1,
        "Col2Im": 1, "AffineGrid": 1, "DFT": 1, "STFT": 1, "Dropout": 1, "SequenceAt": 1, "SequenceInsert": 2,
        "Gather": 1, "GatherElements": 1, "GatherND": 1,
    ]

    /// What shapes are computed and put together with: no layer has a single whole number for its weight.
    private static let ofShapes: Set<String> = [
        "Concat", "Add", "Sub", "Mul", "Div", "Mod", "Neg", "Min", "Max", "Equal", "Greater", "Less", "GreaterOrEqual",
        "LessOrEqual", "Where",
    ]
}
