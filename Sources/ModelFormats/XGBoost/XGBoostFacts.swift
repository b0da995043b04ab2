import ModelBytes
import ModelContainers
import ModelJSON

/// From a Booster to facts.
struct XGBoostFacts {
    private let model: XGBoostModel

    init(_ model: XGBoostModel) { self.model = model }

    func fill(_ result: inout ProbeResult) {
        if let version = model.version {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "version")
        } else if let release = model.release {
            result.report(
                .note, code: "xgboost.release",
                "written by xgboost \(release); which patch release it was is not stored",
                at: "parameters of the learner")
        }
        if let booster = model.booster {
            result.facts.architecture = booster
            result.note("architecture", .read, "learner.gradient_booster.name")
        }
        let estimator = XGBoostEstimator(model.attributes["scikit_learn"]?.string, limits: model.limits)
        hyperparameters(estimator, &result)
        metadata(&result)
        task(estimator, &result)
        input(&result)
        output(estimator, &result)
        if let trees = model.trees, let seen = model.treesSeen, trees != seen {
            result.report(
                .warning, code: "xgboost.trees", "num_trees is \(trees), but \(seen) trees are there",
                at: "learner.gradient_booster.model")
        }
    }

    private func hyperparameters(_ estimator: XGBoostEstimator?, _ result: inout ProbeResult) {
        var values = JSONObject()
        values["booster"] = model.booster.map(JSONValue.string)
        values["objective"] = model.objective.map(JSONValue.string)
        for (key, value) in model.objectiveParameters where values[key] == nil { values[key] = value }
        values["trees"] = model.trees.map { JSONValue($0) }
        values["num_parallel_tree"] = model.parallelTrees.map { JSONValue($0) }
        values["num_boosted_rounds"] = rounds.map { JSONValue($0) }
        if let classes = model.classes, classes > 0 { values["num_class"] = JSONValue(classes) }
        if let targets = model.targets, targets > 1 { values["num_target"] = JSONValue(targets) }
        values["base_score"] = model.baseScore
        values["base_margin"] = model.baseMargin
        if !values.isEmpty { result.note("hyperparameters", .read, "learner") }
        if rounds != nil, model.rounds == nil {
            result.note(
                "hyperparameters.num_boosted_rounds", .derived, "trees by classes, targets and num_parallel_tree"
            )
        }
        if !model.settings.isEmpty {
            for (key, value) in model.settings where values[key] == nil { values[key] = value }
            result.note("hyperparameters", .read, "configuration of the booster")
        }
        if let estimator, !estimator.settings.isEmpty {
            for (key, value) in estimator.settings where values[key] == nil { values[key] = value }
            result.note("hyperparameters", .read, "learner.attributes.scikit_learn")
        }
        result.facts.hyperparameters = values.isEmpty ? nil : values
    }

    /// Rounds of boosting: as the file says, else by how many trees a round has, where that goes without a remainder.
    private var rounds: Int? {
        if let rounds = model.rounds { return rounds }
        guard model.version ?? model.release != nil, let trees = model.trees, let parallel = model.parallelTrees,
            parallel > 0
        else {
            return nil
        }
        let (groups, overflow) = max(model.classes ?? 1, 1).multipliedReportingOverflow(by: max(model.targets ?? 1, 1))
        let (round, carry) = groups.multipliedReportingOverflow(by: parallel)
        return overflow || carry || trees % round != 0 ? nil : trees / round
    }

    private func metadata(_ result: inout ProbeResult) {
        var metadata = result.facts.metadata ?? JSONObject()
        var isFilled = false
        for (key, value) in model.attributes {
            guard let text = value.string, !PrivateText.holdsPath(text) else { continue }
            metadata[key] = value
            isFilled = true
        }
        guard isFilled else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, "learner.attributes")
    }

    private func task(_ estimator: XGBoostEstimator?, _ result: inout ProbeResult) {
        guard let name = model.objective, let task = XGBoostObjective(name: name).task else { return }
        if let said = estimator?.task, said != task {
            // An objective of the user's own leaves the default name in the file.
            result.report(
                .warning, code: "xgboost.task", "the objective is \(name), but the estimator was for \(said)",
                at: "learner.attributes.scikit_learn")
            return
        }
        result.facts.tasks = [task]
        result.note("tasks", .derived, "learner.objective.name = \(name)")
    }

    private func input(_ result: inout ProbeResult) {
        guard let count = model.features, count > 0 else { return }
        let names = model.featureNames
        var features: [Feature]?
        if names.count == count {
            var typed = names
            for (index, type) in model.featureTypes.enumerated() {
                typed.change(index) { $0.dataType = XGBoostFeatureType.name(type) }
            }
            for (index, categories) in model.categories.enumerated() {
                guard let categories else { continue }
                typed.change(index) { $0.categories = categories.values }
            }
            features = typed.listed(into: &result, at: "learner.feature_names")
        } else if names.count > 0 {
            result.report(
                .warning, code: "xgboost.features", "num_feature is \(count), but \(names.count) features are named",
                at: "learner.feature_names")
        }
        result.facts.inputs = [.table("data", columns: count, dataType: "float32", features: features)]
        result.note("inputs", .read, "learner.learner_model_param.num_feature")
        result.note("inputs.data_type", .derived, "XGBoost keeps all values as float32")
        if features != nil { result.note("inputs.features", .read, "learner.feature_names, feature_types") }
        if features?.contains(where: { $0.categories != nil }) == true {
            result.note("inputs.features", .read, "learner.gradient_booster.model.cats.enc")
        }
        if features != nil, model.categories.contains(where: { $0?.mayBeCut == true }) {
            result.report(
                .warning, code: "xgboost.categories",
                "categories beyond ASCII are listed as xgboost takes them from the file; up to 3.2 it counts the "
                    + "characters of pandas' texts for bytes, so that they may end in the wrong places",
                at: "learner.gradient_booster.model.cats.enc")
        }
    }

    private func output(_ estimator: XGBoostEstimator?, _ result: inout ProbeResult) {
        guard let name = model.objective,
            let shape = XGBoostObjective(name: name).outputShape(classes: model.classes, targets: model.targets)
        else { return }
        let element = (model.targets ?? 1) > 1 ? "target" : "class"
        var port = Port.answer("prediction", shape: shape, element: element, dataType: "float32")
        if let labels = estimator?.labels, labels.count == max(model.classes ?? 0, 2), result.facts.tasks != nil {
            port.labels = labels
            result.note("outputs.labels", .read, "learner.attributes.scikit_learn: classes_")
        }
        result.facts.outputs = [port]
        result.note("outputs", .derived, "what Booster.predict gives for \(name)")
    }
}

/// What scikit-learn's wrapper leaves in the attribute `scikit_learn`: all of its parameters up to 2.0, later its kind alone.
///
/// Source: python-package/xgboost/sklearn.py, `save_model`.
struct XGBoostEstimator {
    var task: String?
    var settings = JSONObject()
    var labels: [String]?

    init?(_ text: String?, limits: Limits) {
        // An attribute is a text like any other: when it is no JSON, it says nothing.
        guard let text, let value = try? JSONValue.parse(text, limits: limits, dialect: .python),
            let object = value.object
        else { return nil }
        switch object["_estimator_type"]?.string ?? object["type"]?.string {
        case "classifier", "XGBClassifier", "XGBRFClassifier": task = "classification"
        case "regressor", "XGBRegressor", "XGBRFRegressor": task = "regression"
        default: break
        }
        let classes = object["classes_"]?.array ?? []
        if !classes.isEmpty, classes.count <= limits.listedValues.value {
            let texts = classes.compactMap { $0.string ?? $0.number?.text }
            if texts.count == classes.count { labels = texts }
        }
        for (key, value) in object.prefix(256) where !key.hasPrefix("_") && !key.hasSuffix("_") {
            switch value {
            case .bool: settings[key] = value
            case .number(let number) where number.double?.isFinite == true: settings[key] = value
            case .string(let text) where !text.isEmpty && !PrivateText.holdsPath(text) && key != "type":
                settings[key] = value
            default: break
            }
        }
    }
}

/// Source: doc of `xgboost.DMatrix`, `feature_types`.
enum XGBoostFeatureType {
    static func name(_ type: String) -> String? {
        switch type {
        case "c": "categorical"
        case "i": "indicator"
        case "q": "quantitative"
        case "": nil
        default: type
        }
    }
}
