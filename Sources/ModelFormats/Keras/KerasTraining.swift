import ModelBytes
import ModelContainers
import ModelJSON

/// What a model was compiled with: loss, metrics, optimizer.
///
/// Source: `get_compile_config` of keras/src/trainers/trainer.py, and `training_config` of
/// keras/src/legacy/saving/saving_utils.py and its predecessors (`optimizer_config`, `sample_weight_mode`).
enum KerasTraining {
    /// `activation` is that of the last layer, when there is one output.
    static func fill(
        _ result: inout ProbeResult, from value: JSONValue?, at place: String, activation: String? = nil, limits: Limits
    ) {
        guard let config = value?.object, !config.isEmpty else { return }
        var found = JSONObject()
        for key in ["loss", "loss_weights", "metrics", "weighted_metrics"] {
            if let value = config[key].flatMap(named), !isEmpty(value) { found[key] = value }
        }
        if let optimizer = config["optimizer"] ?? config["optimizer_config"] { add(optimizer, to: &found) }
        guard !found.isEmpty else { return }
        result.facts.hyperparameters = JSONObject(found.prefix(limits.listedValues.value).map { ($0.key, $0.value) })
        result.note("hyperparameters", .read, place)
        if let loss = found["loss"]?.string { LossTask.fill(&result, loss: loss, at: place, activation: activation) }
    }

    private static func add(_ optimizer: JSONValue, to found: inout JSONObject) {
        if let name = optimizer.string { found["optimizer"] = .string(name) }
        guard let object = KerasObject(optimizer) else { return }
        found["optimizer"] = .string(object.plainClass)
        for (key, value) in object.config.object ?? [:]
        where !["name", "is_legacy_optimizer", "jit_compile"].contains(key) {
            if PlainSetting.isScalar(value) {
                found["optimizer.\(key)"] = value
            } else if let nested = KerasObject(value) {
                // A schedule, or the optimizer inside a loss scale.
                found["optimizer.\(key)"] = .string(nested.plainClass)
                for (name, value) in nested.config.object ?? [:] where PlainSetting.isScalar(value) && name != "name" {
                    found["optimizer.\(key).\(name)"] = value
                }
            }
        }
    }

    /// Losses and metrics by their names: objects become their class, lists and dictionaries keep their form. Nil for what
    /// names nothing.
    private static func named(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .number, .bool: return value
        case .string: return PlainSetting.isScalar(value) ? value : nil
        case .array(let elements):
            let names = elements.compactMap(named)
            return names.count == elements.count || !names.isEmpty ? .array(names) : nil
        case .object(let members):
            if let className = members["class_name"]?.string {
                // A function is an object whose configuration is its name.
                if let function = members["config"]?.string { return .string(function) }
                if className == "MeanMetricWrapper" || className == "SumOverBatchSizeMetricWrapper",
                    let function = members["config"]?["fn"]?.string ?? members["config"]?["name"]?.string
                {
                    return .string(function)
                }
                let plain = className.split(separator: ">").last.map(String.init) ?? className
                return .string(plain)
            }
            let names = members.compactMap { member in named(member.value).map { (member.key, $0) } }
            return names.isEmpty ? nil : .object(JSONObject(names))
        case .null: return nil
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool { value.array?.isEmpty ?? value.object?.isEmpty ?? false }
}
