/// What a loss says of what a model is for.
///
/// A categorical loss over a vector of scores, or over a grid of one cell, is classification; over a larger grid it is
/// semantic segmentation. The binary one says so only behind a sigmoid, and of a grid only when that is no copy of the
/// input: it trains autoencoders, too. No other loss is certain.
enum LossTask {
    static func fill(_ result: inout ProbeResult, loss: String, at place: String, activation: String? = nil) {
        guard result.facts.tasks == nil, let outputs = result.facts.outputs, outputs.count == 1,
            let shape = outputs[0].shape, shape.count >= 2
        else { return }
        if categorical.contains(loss) {
            guard shape.last ?? 0 > 1 || cells(shape, of: outputs[0].dimOrder) == 1 else { return }
        } else if binary.contains(loss), activation == "sigmoid" {
            guard shape.count == 2 || shape.last == 1 && result.facts.inputs?.first?.shape?.last ?? 1 != 1 else {
                return
            }
        } else {
            return
        }
        switch shape.count {
        case 2: result.facts.tasks = ["classification"]
        case 4 where outputs[0].dimOrder?.contains("height") == true:
            result.facts.tasks = [
                cells(shape, of: outputs[0].dimOrder) == 1 ? "classification" : "semantic-segmentation"
            ]
        default: return
        }
        result.note("tasks", .derived, "\(place): loss \(loss) over an output of shape \(shape)")
    }

    /// How many places of an image there are scores for; nil when that varies or is not known.
    private static func cells(_ shape: [Int], of order: [String]?) -> Int? {
        guard let order, order.count == shape.count, let height = order.firstIndex(of: "height"),
            let width = order.firstIndex(of: "width"), shape[height] > 0, shape[width] > 0
        else { return nil }
        return shape[height].multipliedReportingOverflow(by: shape[width]).partialValue
    }

    private static let categorical: Set<String> = [
        "categorical_crossentropy", "sparse_categorical_crossentropy", "CategoricalCrossentropy",
        "SparseCategoricalCrossentropy", "categorical_focal_crossentropy", "CategoricalFocalCrossentropy",
    ]
    private static let binary: Set<String> = [
        "binary_crossentropy", "BinaryCrossentropy", "binary_focal_crossentropy", "BinaryFocalCrossentropy",
    ]
}
