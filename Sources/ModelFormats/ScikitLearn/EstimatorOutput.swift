import ModelBytes
import ModelContainers
import ModelJSON

/// What `predict` answers: one value a sample, of the type of `classes_` for a classifier.
struct EstimatorOutput<Value: ObjectValue> {
    private let estimator: Estimator<Value>
    private let limits: Limits

    init(_ estimator: Estimator<Value>, limits: Limits) {
        self.estimator = estimator
        self.limits = limits
    }

    func fill(_ result: inout ProbeResult, _ at: (String) -> String) throws(InspectionError) {
        switch EstimatorKinds.task(estimator.name) {
        case "classification": try classes(&result, at)
        case "regression":
            guard let shape = regressionShape else { return }
            result.facts.outputs = [.answer("predict", shape: shape.shape, element: "target")]
            result.note("outputs", .derived, at(shape.place))
        default: break
        }
    }

    private func classes(_ result: inout ProbeResult, _ at: (String) -> String) throws(InspectionError) {
        // `_classes` is LightGBM's name of it.
        for name in ["classes_", "_classes"] {
            guard let array = estimator[name]?.array, array.shape.count == 1 else { continue }
            var port = Port.answer("predict", shape: [-1], dataType: array.dataType)
            result.note("outputs", .read, at(name))
            let values = try array.values(limits.listedValues.value) ?? []
            if port.dataType == nil, !values.isEmpty, values.allSatisfy({ $0.string != nil }) {
                port.dataType = "string"
            }
            if let labels = Self.labels(values) {
                port.labels = labels
            } else if !values.isEmpty {
                if let numbers = Self.integers(values) {
                    port.labels = numbers.map(String.init)
                    port.classValues = numbers
                }
                // Labels go by their index, and `predict` answers these values themselves.
                result.facts.metadata = JSONObject([("classes", .array(values))])
                result.note("metadata", .read, at(name))
            }
            result.facts.outputs = [port]
            return
        }
        // Several labels a row: `classes_` is a list then (sklearn/tree/_classes.py, `fit`).
        if EstimatorKinds.isForest(estimator.name), let outputs = estimator["n_outputs_"]?.plain?.int, outputs > 1 {
            result.facts.outputs = [.answer("predict", shape: [-1, outputs], element: "target")]
            result.note("outputs", .derived, at("n_outputs_"))
            return
        }
        // XGBoost 2.0 and later: `classes_` is a property, the numbers below `n_classes_` (xgboost/sklearn.py).
        guard EstimatorKinds.countsItsClasses(estimator.name), let count = estimator["n_classes_"]?.plain?.int,
            (2...limits.listedValues.value).contains(count)
        else { return }
        var port = Port.answer("predict", shape: [-1])
        port.labels = (0..<count).map(String.init)
        result.facts.outputs = [port]
        result.note("outputs", .read, at("n_classes_"))
    }

    /// Texts, the numbers 0 to n-1, or False and True: what `predict` answers is then the label of its index.
    private static func labels(_ values: [JSONValue]) -> [String]? {
        guard !values.isEmpty else { return nil }
        let texts = values.compactMap(\.string)
        if texts.count == values.count { return texts }
        if values == [.bool(false), .bool(true)] { return ["False", "True"] }
        for (index, value) in values.enumerated() where value.int != index { return nil }
        return values.indices.map(String.init)
    }

    /// Whole numbers in the place of labels, such as the codes of land cover.
    private static func integers(_ values: [JSONValue]) -> [Int]? {
        let numbers = values.compactMap { value in
            value.int ?? value.double.flatMap { Int(exactly: $0) }
        }
        return numbers.count == values.count && Set(numbers).count == numbers.count ? numbers : nil
    }

    private var regressionShape: (shape: [Int], place: String)? {
        if EstimatorKinds.isForest(estimator.name), let outputs = estimator["n_outputs_"]?.plain?.int, outputs > 0 {
            return (outputs == 1 ? [-1] : [-1, outputs], "n_outputs_")
        }
        if EstimatorKinds.isLinear(module: estimator.module, name: estimator.name),
            let shape = estimator["coef_"]?.array?.shape
        {
            if shape.count == 1 { return ([-1], "coef_ has one dimension") }
            if shape.count == 2, shape[0] > 0, estimator.name != "LinearSVR" {
                return ([-1, shape[0]], "first dimension of coef_")
            }
        }
        return nil
    }
}
