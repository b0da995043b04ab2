import ModelJSON

/// Batch normalisations that transformers replaces by ones whose weight and bias are buffers: in the backbones of detectors.
///
/// Source: `replace_batch_norm` in transformers/models/detr/modeling_detr.py and in the models that have it from there. What
/// is not replaced keeps its `num_batches_tracked`.
enum FrozenNorms {
    private static let models: Set<String> = [
        "detr", "conditional_detr", "deformable_detr", "dab-detr", "table-transformer", "rt_detr", "rt_detr_v2",
        "d_fine", "deimv2", "grounding-dino", "mm-grounding-dino", "pp_doclayout_v2", "pp_doclayout_v3",
        "pp_doclayout_v4",
    ]

    /// Names of the weights and biases that are buffers.
    static func buffers(among names: Set<String>, of config: JSONValue) -> Set<String> {
        guard let type = config["model_type"]?.string, models.contains(type) else { return [] }
        let statistic = "running_mean"
        var buffers: Set<String> = []
        for name in names where name.hasSuffix(".\(statistic)") {
            let norm = name.dropLast(statistic.utf8.count)
            guard !names.contains(norm + "num_batches_tracked") else { continue }
            buffers.formUnion([norm + "weight", norm + "bias"])
        }
        return buffers
    }

    /// The rule, for `counting`.
    static let rule = "weight and bias of a frozen normalisation too"
}
