import ModelBytes
import ModelContainers
import ModelJSON

/// The trees inside a pickled wrapper of XGBoost, LightGBM or CatBoost: the bytes that their own formats are made of.
///
/// Source: `Booster.__getstate__` of xgboost/core.py and lightgbm/basic.py, `__getstate__` of catboost/core.py.
struct PickledBooster {
    private let estimator: Estimator<PickledValue>
    private let package: ModelPackage
    private let limits: Limits
    /// It is the last step of something of another package, which says the rest itself.
    private let isPart: Bool

    init(_ estimator: Estimator<PickledValue>, in package: ModelPackage, limits: Limits, isPart: Bool = false) {
        self.isPart = isPart
        self.estimator = estimator
        self.package = package
        self.limits = limits
    }

    /// Whether the object is the booster itself and no wrapper that follows scikit-learn.
    private var isBooster: Bool { estimator.name == "Booster" || estimator.name == "CatBoost" }

    /// Adds what the booster says to what its wrapper has said; the version of the library that trained it.
    @discardableResult
    func fill(_ result: inout ProbeResult, at place: String) -> String? {
        guard let (value, name) = handle else { return nil }
        let place = place.isEmpty ? name : "\(place): \(name)"
        var inner = ProbeResult(result.identity)
        do throws(InspectionError) {
            guard let source = try Self.source(value) else { return nil }
            switch package.module {
            case "xgboost": XGBoostFacts(try XGBoostModel.read(source, limits: limits)).fill(&inner)
            case "lightgbm": LightGBMFacts(try LightGBMModel(source, limits: limits)).fill(&inner)
            default: CatBoostFacts(try CatBoostModel.read(source, limits: limits)).fill(&inner)
            }
        } catch {
            result.report(
                .warning, code: "pickle.booster", "the booster inside cannot be read: \(error.message)", at: place)
            return nil
        }
        if isPart { takePart(inner, &result, at: place) } else { take(inner, &result, at: place) }
        return inner.facts.frameworkVersion
    }

    /// How many trees there are, and what comes out of them.
    private func takePart(_ inner: ProbeResult, _ result: inout ProbeResult, at place: String) {
        if let trees = inner.facts.hyperparameters?["trees"] {
            result.facts.hyperparameters = result.facts.hyperparameters ?? JSONObject()
            result.facts.hyperparameters?["trees"] = trees
            result.note("hyperparameters", .read, "\(place): trees")
        }
        result.facts.tasks = result.facts.tasks ?? inner.facts.tasks
        guard result.facts.outputs == nil, EstimatorKinds.task(estimator.name) == "regression",
            var port = inner.facts.outputs?.first
        else { return }
        port.name = "predict"
        result.facts.outputs = [port]
        result.note("outputs", .read, place)
    }

    private func take(_ inner: ProbeResult, _ result: inout ProbeResult, at place: String) {
        var taken: Set<String> = ["hyperparameters", "metadata"]
        if let version = inner.facts.frameworkVersion {
            result.facts.frameworkVersion = version
            taken.insert("framework_version")
        }
        var hyperparameters = result.facts.hyperparameters ?? JSONObject()
        for (key, value) in inner.facts.hyperparameters ?? JSONObject() {
            // A wrapper leaves to the booster what it was not given.
            guard hyperparameters[key] == nil || hyperparameters[key] == .null else { continue }
            hyperparameters[key] = value
        }
        result.facts.hyperparameters = hyperparameters.isEmpty ? nil : hyperparameters
        result.facts.metadata = result.facts.metadata ?? inner.facts.metadata
        if let license = inner.facts.license, result.facts.license == nil {
            result.facts.license = license
            taken.insert("license")
        }
        if result.facts.tasks == nil, let tasks = inner.facts.tasks {
            result.facts.tasks = tasks
            taken.insert("tasks")
        }
        if var inputs = inner.facts.inputs, !inputs.isEmpty {
            // The wrapper's own names of the columns are those it was fitted with.
            if let own = result.facts.inputs?.first, own.shape == inputs[0].shape {
                inputs[0].features = inputs[0].features ?? own.features
            }
            // xgboost/sklearn.py and lightgbm/sklearn.py: `predict(X)`, where a booster and CatBoost have `predict(data)`.
            if !isBooster, package.module != "catboost" { inputs[0].name = "X" }
            if inputs[0].features == nil, let names = featureNames, inputs[0].shape == [-1, names.count] {
                inputs[0].features = names.map { Feature(name: $0) }
                result.note("inputs", .read, "\(place), beside it: feature_names")
            }
            result.facts.inputs = inputs
            taken.insert("inputs")
        }
        if let outputs = inner.facts.outputs, let port = outputs.first {
            if isBooster {
                result.facts.outputs = outputs
                taken.insert("outputs")
            } else if EstimatorKinds.task(estimator.name) == "regression", result.facts.outputs == nil {
                // A regressor answers what its booster does; a classifier makes classes of that.
                result.facts.outputs = outputs
                result.facts.outputs?[0].name = "predict"
                taken.insert("outputs")
            } else if EstimatorKinds.task(estimator.name) == "classification", result.facts.outputs == nil,
                let labels = port.labels
            {
                var answer = Port.answer("predict", shape: [-1])
                answer.labels = labels
                result.facts.outputs = [answer]
                taken.insert("outputs")
            } else if port.dimOrder?.last == "target" {
                // Several labels a row, each of which is there or is not.
                result.facts.outputs = [.answer("predict", shape: port.shape ?? [], element: "target")]
            }
        }
        for item in inner.evidence where taken.contains(String(item.field.prefix { $0 != "." })) {
            result.note(item.field, item.origin, "\(place): \(item.where)")
        }
        for finding in inner.findings {
            result.report(
                finding.severity, code: finding.code, finding.message,
                at: finding.where.map { "\(place): \($0)" } ?? place
            )
        }
    }

    /// XGBoost before 1.4 kept the names of columns beside the booster (xgboost/core.py, `Booster.__init__`).
    private var featureNames: [String]? {
        guard package.module == "xgboost" else { return nil }
        let booster = isBooster ? estimator : estimator["_Booster"].flatMap { Estimator($0) }
        guard let names = booster?["feature_names"]?.items?.map({ $0.plain?.string }), !names.isEmpty,
            names.count <= limits.listedValues.value
        else { return nil }
        let texts = names.compactMap(\.self)
        return texts.count == names.count ? texts : nil
    }

    private var handle: (value: PickleValue, name: String)? {
        switch package.module {
        case "xgboost", "lightgbm":
            let booster =
                isBooster ? estimator : (estimator["_Booster"] ?? estimator["booster_"]).flatMap { Estimator($0) }
            guard let booster else { return nil }
            let prefix = isBooster ? "" : "_Booster."
            for name in ["handle", "_handle"] {
                if let value = booster[name]?.value, !value.isNone { return (value, prefix + name) }
            }
            return nil
        case "catboost": return estimator["__model"].map { ($0.value, "__model") }
        default: return nil
        }
    }

    /// The bytes of `bytes`, of a bytearray in any protocol, or of a text.
    private static func source(_ value: PickleValue) throws(InspectionError) -> ByteSource? {
        if let place = value.bytes { return try value.pickle.source.slice(at: place.offset, count: place.count) }
        if let utf8 = value.utf8 { return ByteSource(MemoryBytes(Array(utf8))) }
        guard let object = value.object, let first = object.arguments.elements.first else { return nil }
        if let place = first.bytes { return try value.pickle.source.slice(at: place.offset, count: place.count) }
        // Protocols 0 to 2: `bytearray(text, 'latin-1')`, or `_codecs.encode(text, 'latin1')` inside or instead of it.
        let text = first.object?.arguments.elements.first ?? first
        return text.utf8.flatMap(NumPyArray.latin1).map { ByteSource(MemoryBytes($0)) }
    }
}
