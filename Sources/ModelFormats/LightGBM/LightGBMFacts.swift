import ModelBytes
import ModelContainers
import ModelJSON

/// From a LightGBM model text to facts.
struct LightGBMFacts {
    private let model: LightGBMModel

    init(_ model: LightGBMModel) { self.model = model }

    func fill(_ result: inout ProbeResult) {
        var values = JSONObject()
        values["objective"] = model.objective.map(JSONValue.string)
        for (key, value) in model.objectiveParameters { values[key] = value }
        values["trees"] = JSONValue(model.trees)
        if model.treesPerIteration > 1 { values["num_tree_per_iteration"] = JSONValue(model.treesPerIteration) }
        if model.classes > 1 { values["num_class"] = JSONValue(model.classes) }
        if model.averagesOutput { values["average_output"] = true }
        result.note("hyperparameters", .read, "header and trees")
        if !model.parameters.isEmpty {
            for (key, value) in model.parameters where values[key] == nil { values[key] = value }
            result.note("hyperparameters", .read, "parameters")
        }
        result.facts.hyperparameters = values
        if let categories = model.categories {
            var metadata = result.facts.metadata ?? JSONObject()
            metadata["pandas_categorical"] = categories
            result.facts.metadata = metadata
            result.note("metadata", .read, "pandas_categorical")
        }
        if model.averagesOutput {
            result.facts.architecture = "rf"
            result.note("architecture", .read, "average_output")
        } else if let boosting = model.parameters["boosting"]?.string, !boosting.isEmpty {
            result.facts.architecture = boosting
            result.note("architecture", .read, "parameters: boosting")
        }
        input(&result)
        guard let objective = model.objective else { return }
        let kind = Self.kind(of: objective)
        guard kind.isKnown else { return }
        if let task = kind.task {
            result.facts.tasks = [task]
            result.note("tasks", .derived, "objective=\(objective)")
        }
        result.facts.outputs = [
            .answer(
                "prediction", shape: model.classes > 1 ? [-1, model.classes] : [-1], element: "class",
                dataType: "float64")
        ]
        result.note("outputs", .derived, "what Booster.predict gives for \(objective)")
    }

    private func input(_ result: inout ProbeResult) {
        guard model.features > 0 else { return }
        var features: [Feature]?
        if model.columns.count == model.features {
            features = model.columns.listed(into: &result, at: "feature_names")
            if let lists = LightGBMCategories(model)?.byFeature {
                for (index, texts) in lists where features?.indices.contains(index) == true {
                    features?[index].categories = texts
                }
                result.note("inputs.features", .read, "pandas_categorical")
            }
        } else {
            result.report(
                .warning, code: "lightgbm.features",
                "max_feature_idx says \(model.features) features, but \(model.columns.count) are named",
                at: "feature_names")
        }
        result.facts.inputs = [
            .table("data", columns: model.features, dataType: "float64", features: features)
        ]
        result.note("inputs", .read, "max_feature_idx")
        result.note("inputs.data_type", .derived, "LightGBM compares all values as float64")
        if features != nil { result.note("inputs.features", .read, "feature_names, feature_infos") }
    }

    /// The objectives of LightGBM itself, with their task where MLM has one.
    ///
    /// Source: docs/Parameters.rst, `objective`; the names are those of `ObjectiveFunction::GetName`.
    private static func kind(of objective: String) -> (task: String?, isKnown: Bool) {
        switch objective {
        case "regression", "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma", "tweedie":
            ("regression", true)
        case "binary", "multiclass", "multiclassova": ("classification", true)
        // Labels between 0 and 1, and ranks: no task of MLM is certain.
        case "cross_entropy", "cross_entropy_lambda", "lambdarank", "rank_xendcg": (nil, true)
        default: (nil, false)
        }
    }
}
