import ModelBytes
import ModelContainers
import ModelJSON

/// From a CatBoost model to facts.
struct CatBoostFacts {
    private let model: CatBoostModel

    init(_ model: CatBoostModel) { self.model = model }

    func fill(_ result: inout ProbeResult) {
        if let version = model.information["catboost_version_info"]?.string.flatMap(Self.version) {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "catboost_version_info")
        }
        let parameters = model.information["params"]
        hyperparameters(parameters, &result)
        metadata(&result)
        let loss = parameters?["loss_function"]?["type"]?.string
        if let loss, let task = Self.task(loss) {
            result.facts.tasks = [task]
            result.note("tasks", .derived, "params.loss_function = \(loss)")
        }
        input(&result)
        output(&result)
    }

    /// `Branch: tags/v1.2.10` among a page of text about the build.
    private static func version(_ text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == "Branch:", words[1].hasPrefix("tags/v") else { continue }
            let version = words[1].dropFirst(6)
            return version.first?.isNumber == true ? String(version) : nil
        }
        return nil
    }

    private func hyperparameters(_ parameters: JSONValue?, _ result: inout ProbeResult) {
        var values = JSONObject()
        if let loss = parameters?["loss_function"], let text = Self.function(loss) {
            values["loss_function"] = .string(text)
        }
        values["trees"] = model.trees.map { JSONValue($0) }
        result.note("hyperparameters", .read, "params")
        // Named as CatBoost.get_all_params names them.
        for section in ["flat_params", "boosting_options", "tree_learner_options", "data_processing_options"] {
            for (key, value) in parameters?[section]?.object?.prefix(256) ?? JSONObject().prefix(0)
            where values[key] == nil && !Self.ofTheRun.contains(key) && !key.hasPrefix("dev_") {
                values[key] = Self.plain(value)
            }
        }
        for key in ["random_seed", "task_type"] {
            if let value = parameters?[key], values[key] == nil { values[key] = Self.plain(value) }
        }
        if let metric = parameters?["metrics"]?["eval_metric"], values["eval_metric"] == nil {
            values["eval_metric"] = Self.function(metric).map(JSONValue.string)
        }
        result.facts.hyperparameters = values
    }

    /// What says how the training ran, not what it made.
    private static let ofTheRun: Set<String> = [
        "verbose", "logging_level", "silent", "allow_writing_files", "train_dir", "thread_count", "metric_period",
        "save_snapshot", "snapshot_file", "snapshot_interval", "used_ram_limit", "name", "class_names",
    ]

    /// A number, text, true or false, or a short list of them.
    private static func plain(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .bool, .number: value
        case .string(let text): text.isEmpty || PrivateText.holdsPath(text) ? nil : value
        case .array(let values):
            values.isEmpty || values.count > 64 || values.contains(where: { plain($0) == nil || $0.array != nil })
                ? nil : value
        default: nil
        }
    }

    /// `Quantile:alpha=0.9`, as CatBoost spells it.
    private static func function(_ value: JSONValue) -> String? {
        guard let type = value["type"]?.string else { return nil }
        // CatBoost keeps their order beside them under a name of its own.
        let parameters = value["params"]?.object?.filter { !$0.key.hasPrefix("__") }
            .map { "\($0.key)=\($0.value.string ?? $0.value.write(pretty: false))" }
        return parameters.map { $0.isEmpty ? type : "\(type):\($0.joined(separator: ";"))" } ?? type
    }

    private func metadata(_ result: inout ProbeResult) {
        var metadata = result.facts.metadata ?? JSONObject()
        // What CatBoost writes itself, apart from what the user put beside it.
        let own: Set<String> = ["params", "class_params", "training", "output_options", "catboost_version_info"]
        for (key, value) in model.information where !own.contains(key) {
            guard let text = value.string, !text.isEmpty, !PrivateText.holdsPath(text) else { continue }
            metadata[key] = value
        }
        for (key, value) in model.information["params"]?["metadata"]?.object ?? JSONObject() {
            guard metadata[key] == nil, let text = value.string, !PrivateText.holdsPath(text) else { continue }
            metadata[key] = value
        }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, "information of the model")
    }

    /// Source: catboost.ai/docs, "Objectives and metrics". Ranking has no task of MLM; CrossEntropy takes probabilities.
    private static func task(_ loss: String) -> String? {
        switch loss {
        case "Logloss", "MultiClass", "MultiClassOneVsAll", "Focal": "classification"
        case "RMSE", "MAE", "Quantile", "MultiQuantile", "MAPE", "Poisson", "LogLinQuantile", "Lq", "Huber",
            "Expectile",
            "Tweedie", "LogCosh", "RMSEWithUncertainty", "MultiRMSE", "MultiRMSEWithMissingValues", "GroupQuantile",
            "SurvivalAft", "Cox":
            "regression"
        default: nil
        }
    }

    private func input(_ result: inout ProbeResult) {
        guard let features = model.features else { return }
        let types = Set(features.map(\.dataType))
        result.facts.inputs = [
            .table(
                "data", columns: features.count, dataType: types == ["float32"] ? "float32" : nil, features: features)
        ]
        result.note("inputs", .read, "features of the model")
    }

    private func output(_ result: inout ProbeResult) {
        guard let dimension = model.dimension, dimension > 0 else { return }
        let classes = model.information["class_params"]?["class_names"]?.array ?? []
        let labels = classes.compactMap { $0.string ?? $0.number?.text }
        let areLabels =
            labels.count == classes.count && labels.count > 1 && labels.count <= model.limits.listedValues.value
            && (dimension == labels.count || dimension == 1 && labels.count == 2)
        var port = Port.answer(
            "RawFormulaVal", shape: dimension > 1 ? [-1, dimension] : [-1], element: areLabels ? "class" : nil,
            dataType: "float64")
        if areLabels {
            port.labels = labels
            result.note("outputs.labels", .read, "class_params.class_names")
        }
        result.facts.outputs = [port]
        result.note("outputs", .derived, "what CatBoost.predict gives; dimension of the trees")
    }
}
