import ModelBytes
import ModelContainers
import ModelJSON

/// The parameters of a constructor as JSON, those of steps and members under `step__parameter`, as
/// `get_params(deep=True)` spells them.
struct EstimatorParameters<Value: ObjectValue> {
    private(set) var object = JSONObject()
    /// Whether there were more than are listed.
    private(set) var isCut = false
    private let limits: Limits
    /// Those of steps and members.
    private var nested = 0
    /// An estimator may hold itself; nobody's has more parts than this.
    private var budget = 2_000
    private var values = ParameterValues<Value>()

    init(_ estimator: Estimator<Value>, limits: Limits) {
        self.limits = limits
        add(estimator, prefix: "", depth: 0)
    }

    private mutating func add(_ estimator: Estimator<Value>, prefix: String, depth: Int) {
        for (name, value) in estimator.attributes where Self.isParameter(name, of: estimator) {
            guard budget > 0, hasRoom(at: depth) else { return }
            if let json = values.json(value) {
                set(prefix + name, json, at: depth)
                continue
            }
            budget -= 1
            if let inner = Estimator(value) {
                set(prefix + name, .string(inner.path), at: depth)
                if depth < 4, inner.isScikitLearn { add(inner, prefix: "\(prefix)\(name)__", depth: depth + 1) }
            }
        }
        guard depth < 4 else { return }
        let steps = estimator.steps
        budget -= steps.count
        for (name, step) in steps {
            guard budget > 0, hasRoom(at: depth) else { return }
            set(prefix + name, .string(step.path), at: depth)
            add(step, prefix: "\(prefix)\(name)__", depth: depth + 1)
        }
    }

    private mutating func hasRoom(at depth: Int) -> Bool {
        let hasRoom =
            object.count < limits.listedValues.value
            && (depth == 0 || nested < limits[EstimatorLimits.nestedHyperparameters].value)
        isCut = isCut || !hasRoom
        return hasRoom
    }

    private mutating func set(_ name: String, _ value: JSONValue, at depth: Int) {
        if depth > 0 { nested += 1 }
        object[name] = value
    }

    private static func isParameter(_ name: String, of estimator: Estimator<Value>) -> Bool {
        !name.hasPrefix("_") && !name.hasSuffix("_") && EstimatorKinds.isParameter(name, of: estimator.name)
            && !["steps", "transformers", "transformer_list"].contains(name)
    }

}

/// Numbers, texts, None, and short lists and dicts of them; nil for anything else.
struct ParameterValues<Value: ObjectValue> {
    /// A list may hold one other many times, and that one too.
    private var left = 20_000
    private var leftBytes = 4 << 20

    mutating func json(_ value: Value) -> JSONValue? { json(value, depth: 0) }

    private mutating func json(_ value: Value, depth: Int) -> JSONValue? {
        left -= 1
        guard left > 0, leftBytes > 0 else { return nil }
        if let plain = value.plain {
            guard let text = plain.string else { return plain }
            leftBytes -= text.utf8.count
            return text.utf8.count <= 1_024 && !PrivateText.isPath(text) ? plain : nil
        }
        guard depth < 3 else { return nil }
        if let count = value.itemCount {
            guard count <= 64, let items = value.items else { return nil }
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
