import ModelBytes
import ModelContainers

/// What the operators of ai.onnx.ml at the end of a graph say of its outputs: class labels and the task.
///
/// Source: onnx/defs/traditionalml/defs.cc. Only an output that comes straight from a classifier or a regressor counts:
/// an isolation forest is made of regressors, too.
enum ONNXLearning {
    static func fill(_ outputs: inout [Port], of model: ONNXModel, _ result: inout ProbeResult) throws(InspectionError)
    {
        guard let nodes = model.nodes else { return }
        let makers = ONNXTrace.makers(of: outputs.map(\.name), in: nodes, passing: passing)
        var tasks: Set<String> = []
        for (index, output) in outputs.enumerated() {
            guard let maker = makers[output.name], maker.output == 0 else { continue }
            let operation = maker.node.onnxOperator
            if regressors.contains(operation) { tasks.insert("regression") }
            guard classifiers.contains(operation) else { continue }
            tasks.insert("classification")
            if let labels = try labels(maker.node, of: model) {
                outputs[index].labels = labels
                result.note("outputs.labels", .read, "graph.node: attributes of \(operation)")
            }
        }
        guard !tasks.isEmpty else { return }
        result.facts.tasks = tasks.sorted()
        result.note("tasks", .derived, "graph.node: an output comes from a classifier or regressor of ai.onnx.ml")
    }

    private static let classifiers: Set<String> = [
        "ai.onnx.ml.TreeEnsembleClassifier", "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.SVMClassifier",
    ]
    private static let regressors: Set<String> = [
        "ai.onnx.ml.TreeEnsembleRegressor", "ai.onnx.ml.LinearRegressor", "ai.onnx.ml.SVMRegressor",
    ]
    /// What a converter sets behind them without changing what the values mean.
    private static let passing: Set<String> = ["Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten"]

    /// The classes as texts, or as the integers that stand for them; nil when there are none or too many to list.
    private static func labels(_ node: ProtobufMessage, of model: ONNXModel) throws(InspectionError) -> [String]? {
        let limit = model.limits.listedValues.value
        if let texts = node.onnxAttribute("classlabels_strings")?.strings("strings"), !texts.isEmpty {
            return texts.count > limit ? nil : Array(texts)
        }
        guard let attribute = node.onnxAttribute("classlabels_int64s") ?? node.onnxAttribute("classlabels_ints") else {
            return nil
        }
        return try model.integers(attribute, upTo: limit)?.map(String.init)
    }
}
