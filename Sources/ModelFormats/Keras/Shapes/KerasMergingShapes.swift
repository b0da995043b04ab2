import ModelContainers
import ModelJSON

/// Layers that make one tensor of several.
///
/// Source: keras/src/layers/merging/base_merge.py, concatenate.py and dot.py; `Merge` of Keras 1: keras/engine/topology.py.
enum KerasMergingShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"] {
            rules[name] = KerasRule(.moved, keepsDimensions: true) { broadcast($0) }
        }
        rules["Concatenate"] = KerasRule(.moved, keepsDimensions: true) {
            concatenated($0, axis: $0.value("axis")?.int ?? -1)
        }
        rules["Dot"] = KerasRule { dot($0) }
        rules["Merge"] = KerasRule(.moved, keepsDimensions: true) { call in
            switch call.value("mode")?.string {
            case "sum", "mul", "ave", "max": broadcast(call)
            case "concat": concatenated(call, axis: call.value("concat_axis")?.int ?? -1)
            default: nil
            }
        }
        return rules
    }()

    /// numpy's rule. Of a size that varies beside one that does not, tf.keras 2 takes the latter, as TensorFlow infers it,
    /// and Keras 3 says that it varies; only of batches it takes the known one.
    private static func broadcast(_ call: KerasCall) -> [Int]? {
        guard var result = call.inputs.first?.shape else { return nil }
        for input in call.inputs.dropFirst() {
            guard let shape = input.shape, shape.count == result.count else { return nil }
            for (index, size) in shape.enumerated() where result[index] != size {
                if result[index] == 1 || size == 1 {
                    result[index] = result[index] == 1 ? size : result[index]
                } else if result[index] == -1 || size == -1 {
                    let known = max(result[index], size)
                    guard index > 0, call.version?.isTensorFlow != true else {
                        result[index] = known
                        continue
                    }
                    guard call.version?.major == 3 else { return nil }
                    result[index] = -1
                } else {
                    return nil
                }
            }
        }
        return result
    }

    private static func concatenated(_ call: KerasCall, axis: Int) -> [Int]? {
        guard var result = call.inputs.first?.shape, (-result.count..<result.count).contains(axis) else { return nil }
        let place = axis < 0 ? result.count + axis : axis
        for input in call.inputs.dropFirst() {
            guard let shape = input.shape, shape.count == result.count else { return nil }
            for (index, size) in shape.enumerated() where index != place {
                // What one of them knows, all of them have.
                if result[index] < 0 { result[index] = size }
                guard size < 0 || result[index] == size else { return nil }
            }
            let sum = result[place] + shape[place]
            result[place] = result[place] < 0 || shape[place] < 0 ? -1 : sum
            guard result[place] <= KerasTensor.largestSize else { return nil }
        }
        return result
    }

    private static func dot(_ call: KerasCall) -> [Int]? {
        guard call.inputs.count == 2, var left = call.inputs[0].shape, var right = call.inputs[1].shape,
            let axes = call.sizes("axes", count: 2, from: -KerasTensor.highestRank)
        else { return nil }
        let first = axes[0] < 0 ? left.count + axes[0] : axes[0]
        let second = axes[1] < 0 ? right.count + axes[1] : axes[1]
        guard left.indices.contains(first), right.indices.contains(second), first > 0, second > 0 else { return nil }
        left.remove(at: first)
        right.remove(at: second)
        right.removeFirst()
        let shape = left + right
        return shape.count == 1 ? shape + [1] : shape
    }
}
