import ModelContainers
import ModelJSON

/// Attention.
///
/// Source: keras/src/layers/attention/{multi_head_attention,grouped_query_attention,attention}.py.
enum KerasAttentionShapes {
    static let rules: [String: KerasRule] = [
        "MultiHeadAttention": KerasRule { call in
            guard let query = call.shape(rank: 2), !call.flag("return_attention_scores") else { return nil }
            guard let value = call.value("output_shape") else { return query }
            guard let shape = value.int.map({ [$0] }) ?? value.kerasShape, shape.allSatisfy({ $0 > 0 }) else {
                return nil
            }
            return query.dropLast() + shape
        },
        "GroupQueryAttention": KerasRule { call in call.shape(rank: 3) },
        "Attention": KerasRule { attention($0) },
        "AdditiveAttention": KerasRule { attention($0) },
    ]

    /// One row of values for each row of the query.
    private static func attention(_ call: KerasCall) -> [Int]? {
        guard call.inputs.count >= 2, let query = call.inputs[0].shape, let value = call.inputs[1].shape,
            query.count >= 2, let width = value.last
        else { return nil }
        return query.dropLast() + [width]
    }
}
