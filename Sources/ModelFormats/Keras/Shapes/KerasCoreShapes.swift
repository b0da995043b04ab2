import ModelContainers
import ModelJSON

/// Dense, Embedding, and the layers that rearrange.
///
/// Source: keras/src/layers/core and keras/src/layers/reshaping, `compute_output_shape` of each class.
enum KerasCoreShapes {
    static let rules: [String: KerasRule] = [
        "Dense": KerasRule { call in
            guard let shape = call.shape(rank: 2), let units = call.size("units", "output_dim") else { return nil }
            return shape.dropLast() + [units]
        },
        "MaxoutDense": KerasRule { call in
            guard let shape = call.shape(rank: 2), let units = call.size("output_dim") else { return nil }
            return [shape[0], units]
        },
        "Embedding": KerasRule { call in
            guard let shape = call.shape(), let size = call.size("output_dim") else { return nil }
            return shape + [size]
        },
        "CategoryEncoding": KerasRule { call in
            guard let shape = call.shape(), shape.count == 2, let count = call.size("num_tokens", "max_tokens") else {
                return nil
            }
            switch call.value("output_mode")?.string {
            case "multi_hot", "binary", "count": return [shape[0], count]
            case "one_hot" where shape[1] > 0: return shape[1] == 1 ? [shape[0], count] : shape + [count]
            default: return nil
            }
        },
        "Flatten": KerasRule(.moved) { call in
            guard let shape = call.shape(),
                let rest = KerasTensor.product(shape.dropFirst())
            else { return nil }
            return [shape[0], rest]
        },
        "Reshape": KerasRule(.moved) { call in
            guard let shape = call.shape(), let target = call.value("target_shape")?.kerasShape else { return nil }
            return resolve(target, of: shape).map { [shape[0]] + $0 }
        },
        "Permute": KerasRule(.moved) { call in
            guard let shape = call.shape(), let order = call.value("dims")?.kerasShape,
                order.count == shape.count - 1, Set(order) == Set(1..<shape.count)
            else { return nil }
            return [shape[0]] + order.map { shape[$0] }
        },
        "RepeatVector": KerasRule(.moved) { call in
            guard let shape = call.shape(rank: 2), shape.count == 2, let count = call.size("n") else { return nil }
            return [shape[0], count, shape[1]]
        },
    ]

    /// The one size that a target leaves open is what is left of the elements.
    ///
    /// Source: keras/src/ops/operation_utils.py, `compute_reshape_output_shape`.
    private static func resolve(_ target: [Int], of shape: [Int]) -> [Int]? {
        guard target.count(where: { $0 < 0 }) <= 1, let elements = KerasTensor.product(shape.dropFirst()),
            let known = KerasTensor.product(target.filter { $0 >= 0 })
        else { return nil }
        guard let open = target.firstIndex(where: { $0 < 0 }) else {
            return elements == known || elements < 0 ? target : nil
        }
        var resolved = target
        if elements >= 0 {
            guard known > 0, elements % known == 0 else { return nil }
            resolved[open] = elements / known
        }
        return resolved
    }
}
