import ModelContainers
import ModelJSON

/// How many decision trees an ensemble of scikit-learn holds.
enum EstimatorTrees {
    static func count<Value>(_ estimator: Estimator<Value>) -> (count: Int, place: String)? {
        if estimator.name.hasPrefix("HistGradientBoosting") {
            // One list for each round, one tree in it for each class (sklearn/ensemble/_hist_gradient_boosting).
            guard let rounds = estimator["_predictors"], let count = rounds.itemCount else { return nil }
            let perRound = rounds.firstItem?.itemCount ?? 0
            let (trees, overflow) = count.multipliedReportingOverflow(by: perRound)
            return overflow ? nil : (trees, "_predictors")
        }
        guard EstimatorKinds.hasTrees(estimator.name), let members = estimator["estimators_"] else { return nil }
        // A list; for gradient boosting an array of rounds by classes (sklearn/ensemble/_gb.py).
        if let count = members.itemCount { return (count, "length of estimators_") }
        return members.array.map { ($0.count, "size of estimators_") }
    }
}

/// How many numbers a linear model or a multi-layer perceptron has learned.
struct EstimatorCoefficients {
    let parameters: Parameters
    /// The attributes that were counted.
    let names: String

    init?<Value>(_ estimator: Estimator<Value>) {
        let isNetwork = estimator.name == "MLPClassifier" || estimator.name == "MLPRegressor"
        guard isNetwork || EstimatorKinds.isLinear(module: estimator.module, name: estimator.name) else { return nil }
        let attributes = isNetwork ? ["coefs_", "intercepts_"] : ["coef_", "intercept_"]
        var total = 0
        var bytes = 0
        var tensors = 0
        var types: [String: Int] = [:]
        for attribute in attributes {
            guard let value = estimator[attribute] else { return nil }
            for part in isNetwork ? value.items ?? [] : [value] {
                guard let array = part.array else {
                    // A single number is an intercept; one of Python's own is the 0.0 of `fit_intercept=False`.
                    guard attribute == "intercept_", part.plain?.number != nil else { return nil }
                    if let type = part.numberType {
                        total += 1
                        tensors += 1
                        bytes += type.size
                        types[type.name, default: 0] += 1
                    }
                    continue
                }
                guard let type = array.dataType, array.count < 1 << 40 else { return nil }
                let (sum, overflow) = bytes.addingReportingOverflow(array.count * max(1, array.itemSize))
                guard !overflow, array.itemSize <= 32 else { return nil }
                total += array.count
                bytes = sum
                tensors += 1
                types[type, default: 0] += array.count
            }
        }
        guard tensors > 0 else { return nil }
        names = attributes.joined(separator: " and ")
        parameters = Parameters(
            total: total, bytes: bytes, dataTypes: types, tensors: tensors,
            counting: "elements of \(names) of \(estimator.name)")
    }
}
