import ModelContainers
package import ModelFormats

/// Whether artifacts are of one model: as many inputs and outputs, alike in shape and type wherever both are known.
///
/// Names are not compared, since every exporter makes up its own. The number of parameters only is where there are no
/// inputs and outputs to compare, since exporters fold one layer into another.
package enum OneModel {
    /// What differs between two artifacts, in words; nil when nothing does. What only one of them tells is no difference.
    package static func difference(_ first: ModelFacts, _ second: ModelFacts) -> String? {
        if let difference = difference(first.inputs, second.inputs, "input")
            ?? difference(first.outputs, second.outputs, "output")
        {
            return difference
        }
        guard !areComparable(first.inputs, second.inputs), !areComparable(first.outputs, second.outputs),
            let count = first.parameters?.total, let other = second.parameters?.total, count != other
        else { return nil }
        return "\(count) and \(other) parameters"
    }

    private static func areComparable(_ first: [Port]?, _ second: [Port]?) -> Bool {
        first?.isEmpty == false && second?.isEmpty == false
    }

    private static func difference(_ first: [Port]?, _ second: [Port]?, _ kind: String) -> String? {
        guard let first, let second, !first.isEmpty, !second.isEmpty else { return nil }
        guard first.count == second.count else { return "\(first.count) and \(second.count) \(kind)s" }
        for (left, right) in zip(first, second) where !agree(left, right) {
            return "\(kind) \(described(left)) and \(described(right))"
        }
        return nil
    }

    private static func agree(_ left: Port, _ right: Port) -> Bool {
        if let one = left.dataType, let other = right.dataType, one != other { return false }
        guard let shape = left.shape, let other = right.shape else { return true }
        return shape.count == other.count && zip(shape, other).allSatisfy { $0 == $1 || $0 == -1 || $1 == -1 }
    }

    private static func described(_ port: Port) -> String {
        let shape = port.shape.map { "[\($0.map(String.init).joined(separator: ", "))]" } ?? "of unknown shape"
        return "\"\(port.name)\" \(port.dataType ?? "of unknown type") \(shape)"
    }
}
