import ModelBytes
import ModelContainers

/// What one walk over the operators of all graphs finds.
struct TFLiteCensus {
    private(set) var operators = TFLiteOperators()
    private(set) var dimensions: TFLiteDimensions

    init(_ model: TFLiteModel) throws(InspectionError) {
        var operators = TFLiteOperators()
        var dimensions = TFLiteDimensions(model.subgraphs[0])
        for (index, graph) in model.subgraphs.enumerated() {
            try graph.table.forEachTable(3) { table throws(InspectionError) in
                let code = Int(try table.unsigned(0, width: 4) ?? 0)
                guard model.operators.indices.contains(code) else {
                    throw InspectionError(
                        .malformed, "operator code \(code) is named, but there are \(model.operators.count)",
                        entry: model.source.entry, offset: table.position)
                }
                let operation = model.operators[code]
                operators.add(operation)
                if index == 0 { try dimensions.add(operation.name, table) }
            }
        }
        self.operators = operators
        self.dimensions = dimensions
    }
}

/// Names of the dimensions of inputs and outputs, where an operator's definition proves them: the images of TensorFlow Lite
/// are always batch, height, width, channel (tensorflow/lite/kernels/conv.cc and its neighbours).
struct TFLiteDimensions {
    private let inputs: [Int]
    private let outputs: [Int]
    /// Which input a tensor has the dimensions of.
    private var origins: [Int: Int] = [:]
    private var taken: [Int: String] = [:]
    private var made: [Int: String] = [:]

    /// Operators of images, by which of their inputs the image is.
    private static let images = [
        "CONV_2D": 0, "DEPTHWISE_CONV_2D": 0, "AVERAGE_POOL_2D": 0, "MAX_POOL_2D": 0, "L2_POOL_2D": 0,
        "TRANSPOSE_CONV": 2, "RESIZE_BILINEAR": 0, "RESIZE_NEAREST_NEIGHBOR": 0, "SPACE_TO_DEPTH": 0,
        "DEPTH_TO_SPACE": 0, "CONV_3D": 0, "CONV_3D_TRANSPOSE": 2,
    ]
    /// Operators whose output has the dimensions of their first input in the same order.
    private static let passing: Set<String> = [
        "QUANTIZE", "DEQUANTIZE", "CAST", "PAD", "PADV2", "MIRROR_PAD", "RELU", "RELU6", "RELU_N1_TO_1", "LEAKY_RELU",
        "PRELU", "ELU", "GELU", "HARD_SWISH", "LOGISTIC", "TANH", "SOFTMAX", "LOG_SOFTMAX", "ABS", "EXP", "LOG",
        "SQRT", "RSQRT", "SQUARE", "NEG", "FLOOR", "CEIL", "ROUND",
    ]

    init(_ graph: TFLiteSubgraph) {
        inputs = graph.inputs
        outputs = graph.outputs
        for input in inputs { origins[input] = input }
    }

    /// Adds an operator of the first graph; they stand in the order in which they run.
    mutating func add(_ operation: String, _ table: FlatBufferTable) throws(InspectionError) {
        let image = Self.images[operation]
        guard let position = image ?? (Self.passing.contains(operation) ? 0 : nil),
            let input = try Self.tensor(table, 1, position)
        else { return }
        let output = try Self.tensor(table, 2, 0)
        if image != nil {
            if let origin = origins[input] { taken[origin] = taken[origin] ?? operation }
            if let output { made[output] = operation }
        } else if let output {
            if let origin = origins[input] { origins[output] = origin }
            if let maker = made[input] { made[output] = maker }
        }
    }

    private static func tensor(
        _ table: FlatBufferTable, _ slot: Int, _ position: Int
    ) throws(InspectionError) -> Int? {
        var found: Int?
        var index = 0
        try table.forEachInt32(slot) { tensor in
            if index == position { found = tensor }
            index += 1
        }
        return found.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Gives `dim_order` to the ports of `result`, and notes how.
    func name(_ result: inout ProbeResult, _ ports: TFLitePorts) {
        let inputs = Self.name(&result.facts.inputs, ports.inputTensors, taken)
        if !inputs.isEmpty {
            result.note("inputs.dim_order", .derived, "operators: the input goes straight into \(Self.list(inputs))")
        }
        let outputs = Self.name(&result.facts.outputs, ports.outputTensors, made)
        if !outputs.isEmpty {
            result.note(
                "outputs.dim_order", .derived, "operators: the output comes straight from \(Self.list(outputs))")
        }
    }

    private static func name(
        _ ports: inout [Port]?, _ tensors: [Int], _ operations: [Int: String]
    ) -> Set<String> {
        var used: Set<String> = []
        for (index, tensor) in tensors.enumerated() {
            guard let operation = operations[tensor], let rank = ports?[index].shape?.count else { continue }
            let names =
                operation.hasPrefix("CONV_3D")
                ? ["batch", "depth", "height", "width", "channel"] : ["batch", "height", "width", "channel"]
            guard names.count == rank else { continue }
            ports?[index].dimOrder = names
            used.insert(operation)
        }
        return used
    }

    private static func list(_ operations: Set<String>) -> String { operations.sorted().joined(separator: ", ") }
}
