import ModelContainers
import ModelJSON

/// An object that follows scikit-learn's conventions: parameters of the constructor are attributes of the same name,
/// what `fit` learned ends with an underscore (scikit-learn, "Developing scikit-learn estimators").
struct Estimator<Value: ObjectValue> {
    let module: String
    let name: String
    let attributes: [(name: String, value: Value)]
    private let byName: [String: Value]

    /// Nil for a value that is no object with attributes.
    init?(_ value: Value) {
        guard let (module, name) = value.classPath, let attributes = value.attributes else { return nil }
        self.module = module
        self.name = name.split(separator: ".").last.map(String.init) ?? name
        self.attributes = attributes
        byName = Dictionary(attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    subscript(name: String) -> Value? { byName[name] }

    /// `module.Class`
    var path: String { module.isEmpty ? name : "\(module).\(name)" }

    /// The version that `BaseEstimator.__getstate__` adds to the state of scikit-learn's own classes (sklearn/base.py).
    var version: String? { byName["_sklearn_version"]?.plain?.string }

    /// Whether `fit` has left something (sklearn/utils/validation.py, `_is_fitted`).
    var isFitted: Bool { attributes.contains { $0.name.hasSuffix("_") && !$0.name.hasPrefix("__") } }

    /// One of scikit-learn's own, and no data set, splitter or kernel: those have no version in their state. Before 0.18
    /// nothing had, so that only what was learned tells.
    var isScikitLearn: Bool {
        (module == "sklearn" || module.hasPrefix("sklearn.")) && (version != nil || (isFitted && !isHelper))
    }

    private var isHelper: Bool {
        module.hasPrefix("sklearn.utils") || module.hasPrefix("sklearn.datasets")
            || module.hasPrefix("sklearn.externals")
    }

    /// Whether its last step, its best candidate or its members stand for it. A subclass of Pipeline, of whatever package,
    /// keeps its steps as Pipeline does.
    var isPipeline: Bool {
        guard let first = self["steps"]?.firstItem?.items else { return false }
        return first.count == 2 && first[0].plain?.string != nil
    }
    var isSearch: Bool { name.hasSuffix("SearchCV") && self["estimator"] != nil }

    /// Named estimators of a composite, in order; `passthrough` and `drop` are texts and are left out.
    var steps: [(name: String, estimator: Estimator)] {
        named("steps") + named("transformer_list") + columns + (isVote ? named("estimators") : [])
    }

    private var isVote: Bool { name.hasPrefix("Voting") || name.hasPrefix("Stacking") }

    /// A list of `(name, estimator)`.
    private func named(_ attribute: String) -> [(name: String, estimator: Estimator)] {
        (self[attribute]?.items ?? []).prefix(1_000).compactMap { item in
            guard let pair = item.items, pair.count >= 2, let name = pair[0].plain?.string,
                let estimator = Estimator(pair[1])
            else { return nil }
            return (name, estimator)
        }
    }

    /// The fitted transformers of a ColumnTransformer, `(name, transformer, columns)`.
    private var columns: [(name: String, estimator: Estimator)] {
        self["transformers"] == nil ? [] : named("transformers")
    }

    /// What it only wraps, as far as `predict` goes: sklearn.frozen's FrozenEstimator and TransformedTargetRegressor.
    private var wrapped: Estimator? {
        let attribute: Value? =
            switch name {
            case "FrozenEstimator": self["estimator"]
            case "TransformedTargetRegressor": self["regressor_"] ?? self["regressor"]
            default: nil
            }
        return attribute.flatMap { Estimator($0) }
    }

    /// The first of the fitted members of an ensemble whose members all see the same input.
    private var member: Estimator? {
        if isVote || name.hasPrefix("MultiOutput") || name.hasPrefix("OneVs") {
            return self["estimators_"]?.firstItem.flatMap { Estimator($0) }
        }
        if name == "CalibratedClassifierCV" {
            let inner = self["calibrated_classifiers_"]?.firstItem.flatMap { Estimator($0) }
            return (inner?["estimator"] ?? inner?["base_estimator"]).flatMap { Estimator($0) }
        }
        if name == "FeatureUnion", let pair = self["transformer_list"]?.firstItem?.items, pair.count >= 2 {
            return Estimator(pair[1])
        }
        return nil
    }

    /// The estimator whose `predict` this one calls.
    func final(depth: Int = 0) -> Estimator {
        guard depth < 8 else { return self }
        if isPipeline, let last = self["steps"]?.items?.last?.items, last.count == 2, let inner = Estimator(last[1]) {
            return inner.final(depth: depth + 1)
        }
        if isSearch, let inner = (self["best_estimator_"] ?? self["estimator"]).flatMap(Estimator.init) {
            return inner.final(depth: depth + 1)
        }
        return wrapped?.final(depth: depth + 1) ?? self
    }

    /// The estimator that sees the input first (sklearn/pipeline.py and model_selection/_search.py, `n_features_in_`).
    func first(depth: Int = 0) -> Estimator {
        guard depth < 8 else { return self }
        if isPipeline, let step = self["steps"]?.items?.first?.items, step.count == 2, let inner = Estimator(step[1]) {
            return inner.first(depth: depth + 1)
        }
        if isSearch, let inner = self["best_estimator_"].flatMap(Estimator.init) {
            return inner.first(depth: depth + 1)
        }
        // sklearn/ensemble/_voting.py and _stacking.py: `n_features_in_` is that of the first member.
        return (wrapped ?? member)?.first(depth: depth + 1) ?? self
    }

    /// What a person calls it: `Pipeline(StandardScaler, SVC)`, `GridSearchCV(SVC)`, `RandomForestClassifier`.
    func title(depth: Int = 0) -> String {
        guard depth < 2 else { return name }
        if isSearch, let inner = (self["best_estimator_"] ?? self["estimator"]).flatMap(Estimator.init) {
            return "\(name)(\(inner.title(depth: depth + 1)))"
        }
        if let inner = wrapped ?? (name == "CalibratedClassifierCV" ? member : nil) {
            return "\(name)(\(inner.title(depth: depth + 1)))"
        }
        guard isPipeline else { return name }
        let titles = (self["steps"]?.items ?? []).prefix(16).map { step in
            guard let pair = step.items, pair.count == 2 else { return "?" }
            return Estimator(pair[1])?.title(depth: depth + 1) ?? pair[1].plain?.string ?? "None"
        }
        return "\(name)(\(titles.joined(separator: ", ")))"
    }
}
