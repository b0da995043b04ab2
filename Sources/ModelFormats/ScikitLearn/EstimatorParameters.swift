import ModelBytes
import ModelContainers

/// The parameters of a constructor as JSON, those of steps and members under `step__parameter`, as
/// `get_params(deep=True)` spells them.
struct EstimatorParameters<Value: ObjectValue> {
    private(set) var object = JSONObject()
    private let limit: Int

    init(_ estimator: Estimator<Value>, limits: Limits) {
        limit = limits.listedValues.value
        add(estimator, prefix: "", depth: 0)
    }

    private mutating func add(_ estimator: Estimator<Value>, prefix: String, depth: Int) {
        for (name, value) in estimator.attributes where object.count < limit {
            guard Self.isParameter(name, of: estimator) else { continue }
            if let json = Self.json(value) {
                object[prefix + name] = json
            } else if let inner = Estimator(value) {
                object[prefix + name] = .string(inner.path)
                if depth < 4, inner.isScikitLearn { add(inner, prefix: "\(prefix)\(name)__", depth: depth + 1) }
            }
        }
        guard depth < 4 else { return }
        for (name, step) in estimator.steps where object.count < limit {
            object[prefix + name] = .string(step.path)
            add(step, prefix: "\(prefix)\(name)__", depth: depth + 1)
        }
    }

    private static func isParameter(_ name: String, of estimator: Estimator<Value>) -> Bool {
        !name.hasPrefix("_") && !name.hasSuffix("_") && EstimatorKinds.isParameter(name, of: estimator.name)
            && !["steps", "transformers", "transformer_list"].contains(name)
    }

    /// Numbers, texts, None, and short lists and dicts of them; nil for anything else.
    static func json(_ value: Value, depth: Int = 0) -> JSONValue? {
        if let plain = value.plain {
            guard let text = plain.string else { return plain }
            return text.utf8.count <= 1_024 && !PrivateText.isPath(text) ? plain : nil
        }
        guard depth < 3 else { return nil }
        if let items = value.items {
            guard items.count <= 64 else { return nil }
            var list: [JSONValue] = []
            for item in items {
                guard let json = json(item, depth: depth + 1) else { return nil }
                list.append(json)
            }
            return .array(list)
        }
        if value.classPath == nil, let entries = value.entries {
            guard entries.count <= 64 else { return nil }
            var members = JSONObject()
            for (name, item) in entries {
                guard let json = json(item, depth: depth + 1) else { return nil }
                members[name] = json
            }
            return .object(members)
        }
        return value.imported.map { .string($0) }
    }
}
