import ModelBytes
import ModelContainers

/// Follows each input forwards through nodes that keep its dimensions, or move them, to the first that says what they are;
/// on the way it sees how values are scaled.
///
/// Nodes stand in the order of their execution (onnx.proto), so one walk over them is enough.
struct ONNXFlow {
    /// What was found of an input.
    struct Finding {
        /// The operator that names its dimensions, and its rank, 0 for any.
        var operation: String?
        var rank = 0
        /// Which dimension of the input each dimension of what the operator takes is; nil for the same order.
        var axes: [Int]?
        /// The constants that values are scaled by, if every way through the graph has the same ones.
        var scaling: ONNXScaling?
        fileprivate var isAmbiguous = false
    }

    /// A value that still is an input.
    private struct Value {
        let origin: String
        var axes: [Int]?
        /// Nil once its values are no longer a scaled input.
        var scaling: ONNXScaling?
    }

    private(set) var findings: [String: Finding] = [:]

    /// So many values are followed at most, and so many nodes looked at once every input has its operator.
    private static let mostValues = 4_096
    private static let furtherNodes = 256

    init(
        _ names: [String], in model: ONNXModel, judge: (ProtobufMessage) -> (rank: Int, operation: String)?
    ) throws(InspectionError) {
        guard let nodes = model.nodes else { return }
        var values: [String: Value] = [:]
        for name in names { values[name] = Value(origin: name, scaling: ONNXScaling()) }
        var constants = ONNXConstants(model)
        var left = Set(names)
        var further = Self.furtherNodes
        for node in nodes {
            if left.isEmpty {
                further -= 1
                if further < 0 { break }
            }
            let operation = node.onnxOperator
            if operation == "Constant" { constants.add(node) }
            let inputs = Array(node.strings("input").prefix(2))
            guard let position = inputs.firstIndex(where: { values[$0] != nil }), let value = values[inputs[position]]
            else { continue }
            if operation == "Shape" || operation == "Size" { continue }
            if position == 0, let word = judge(node), left.remove(value.origin) != nil {
                findings[value.origin, default: Finding()].operation = word.operation
                findings[value.origin]?.rank = word.rank
                findings[value.origin]?.axes = value.axes
            }
            let other = inputs.count > 1 ? inputs[1 - position] : nil
            guard let next = try Self.passed(value, by: node, operation, at: position, other, constants, model) else {
                end(value)
                continue
            }
            if next.scaling == nil, value.scaling != nil { end(value) }
            if let output = node.strings("output").first, values.count < Self.mostValues { values[output] = next }
        }
    }

    /// A value comes to an operator that does more than scale it.
    private mutating func end(_ value: Value) {
        guard let scaling = value.scaling else { return }
        var finding = findings[value.origin] ?? Finding()
        if let known = finding.scaling, known != scaling { finding.isAmbiguous = true }
        finding.scaling = scaling
        findings[value.origin] = finding
    }

    /// How the values of an input are scaled, in MLM's words.
    func scaling(of name: String) -> ONNXScaling? {
        guard let finding = findings[name], !finding.isAmbiguous else { return nil }
        return finding.scaling
    }

    /// What comes out of a node that passes a value on; nil when it does not.
    private static func passed(
        _ value: Value, by node: ProtobufMessage, _ operation: String, at position: Int, _ other: String?,
        _ constants: ONNXConstants, _ model: ONNXModel
    ) throws(InspectionError) -> Value? {
        var next = value
        if position == 0, ONNXDimensions.passing.contains(operation) {
            if !keepingValues.contains(operation) { next.scaling = nil }
            return next
        }
        if operation == "Transpose" {
            guard let order = try model.order(of: node) else { return nil }
            if let axes = value.axes {
                guard axes.count == order.count else { return nil }
                next.axes = order.map { axes[$0] }
            } else {
                next.axes = order
            }
            return next
        }
        guard arithmetic.contains(operation), let other, let rank = constants.rank(other), rank <= 5 else { return nil }
        if let numbers = try constants.values(other) {
            next.scaling = value.scaling.flatMap { $0.then(operation, numbers, isFirst: position == 0) }
        } else {
            next.scaling = nil
        }
        return next
    }

    /// Of those that keep dimensions, the ones that keep what values mean.
    private static let keepingValues: Set<String> = [
        "Identity", "Cast", "CastLike", "Pad", "Resize", "Upsample", "Dropout",
    ]
    private static let arithmetic: Set<String> = ["Add", "Sub", "Mul", "Div"]
}

/// x · scale + offset, for all channels or for each.
struct ONNXScaling: Hashable {
    private(set) var scale: [Double] = [1]
    private(set) var offset: [Double] = [0]

    /// With one more operation by a constant; nil for what is no scaling. `isFirst` says that the value is the first operand.
    func then(_ operation: String, _ numbers: [Double], isFirst: Bool) -> ONNXScaling? {
        var next = self
        let count = max(numbers.count, scale.count, offset.count)
        guard [1, count].contains(numbers.count), [1, count].contains(scale.count), [1, count].contains(offset.count)
        else { return nil }
        func spread(_ list: [Double]) -> [Double] {
            list.count == count ? list : Array(repeating: list[0], count: count)
        }
        let (factors, shifts, constants) = (spread(scale), spread(offset), spread(numbers))
        switch (operation, isFirst) {
        case ("Add", _): next.offset = zip(shifts, constants).map { $0 + $1 }
        case ("Sub", true): next.offset = zip(shifts, constants).map { $0 - $1 }
        case ("Mul", _):
            next.scale = zip(factors, constants).map { $0 * $1 }
            next.offset = zip(shifts, constants).map { $0 * $1 }
        case ("Div", true):
            guard constants.allSatisfy({ $0 != 0 }) else { return nil }
            next.scale = zip(factors, constants).map { $0 / $1 }
            next.offset = zip(shifts, constants).map { $0 / $1 }
        default: return nil
        }
        return next
    }
}
