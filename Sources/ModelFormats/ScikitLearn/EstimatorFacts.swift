import ModelBytes
import ModelContainers
import ModelJSON

/// What an estimator says of itself.
struct EstimatorFacts<Value: ObjectValue> {
    let estimator: Estimator<Value>
    let package: ModelPackage
    let limits: Limits
    /// The version of the package that the top class belongs to.
    private(set) var version: String?
    /// The version of scikit-learn, also where the top class is of another package.
    private(set) var scikitLearnVersion: String?

    init(_ estimator: Estimator<Value>, in package: ModelPackage, limits: Limits) {
        self.estimator = estimator
        self.package = package
        self.limits = limits
    }

    mutating func fill(_ result: inout ProbeResult, at place: String) throws(InspectionError) {
        func at(_ name: String) -> String { place.isEmpty ? name : "\(place): \(name)" }
        result.facts.architecture = estimator.title()
        result.note("architecture", .read, at("class \(estimator.path)"))
        readVersions(&result, at)

        let parameters = EstimatorParameters(estimator, limits: limits)
        var hyperparameters = parameters.object
        if parameters.isCut {
            result.report(
                .note, code: "sklearn.parameters",
                "it and its parts have more parameters than are listed; the limit \(limits[EstimatorLimits.nestedHyperparameters].name) is "
                    + "\(limits[EstimatorLimits.nestedHyperparameters].value)")
        }
        let final = estimator.final()
        if let trees = EstimatorTrees.count(final) {
            hyperparameters["trees"] = JSONValue(trees.count)
            result.note("hyperparameters", .read, at("trees: \(trees.place)"))
        }
        var bestValues = ParameterValues<Value>()
        if let best = estimator["best_params_"].flatMap({ bestValues.json($0) }), best.object?.isEmpty == false {
            hyperparameters["best_params_"] = best
            result.note("hyperparameters", .read, at("best_params_"))
        }
        if !hyperparameters.isEmpty {
            result.facts.hyperparameters = hyperparameters
            result.note(
                "hyperparameters", .derived, at("attributes without an underscore at either end are the constructor's"))
        }
        if let task = EstimatorKinds.task(final.name) {
            result.facts.tasks = [task]
            result.note(
                "tasks", .derived, at("\(final.name) is a \(task == "regression" ? "regressor" : "classifier")"))
        }
        try readInput(&result, at)
        try EstimatorOutput(final, limits: limits).fill(&result, at)
        if let counted = EstimatorCoefficients(final) {
            result.facts.parameters = counted.parameters
            result.note("parameters", .read, at("shapes of \(counted.names)"))
        }
        if package == .scikitLearn, EstimatorKinds.isPreparation(module: final.module, name: final.name) {
            result.markNotAModel(because: "preprocessing")
            result.report(
                .note, code: "sklearn.preprocessing",
                "\(estimator.name) prepares data for a model; it is not a model itself")
        }
        // Only scikit-learn's own classes promise to leave what they learned in attributes with an underscore.
        if final.module.hasPrefix("sklearn."), !final.isFitted, !EstimatorKinds.isStateless(final.name) {
            result.report(
                .warning, code: "sklearn.not-fitted",
                "\(final.name) has no attribute that ends with an underscore: it was not fitted before it was saved")
        }
    }

    private mutating func readVersions(_ result: inout ProbeResult, _ at: (String) -> String) {
        var versions: [String] = []
        var budget = Self.mostParts
        collectVersions(estimator, into: &versions, depth: 0, budget: &budget)
        guard let first = versions.first else { return }
        scikitLearnVersion = first
        if package == .scikitLearn {
            version = first
            result.facts.frameworkVersion = first
            result.note("framework_version", .read, at("_sklearn_version"))
        }
        if versions.count > 1 {
            result.report(
                .warning, code: "sklearn.versions-differ",
                "parts of it were saved by different versions of scikit-learn: \(versions.joined(separator: ", "))")
        }
    }

    /// An estimator may hold itself; nobody's has more parts than this.
    private static var mostParts: Int { 2_000 }

    /// The versions of an estimator and its parts, each once, its own first.
    private func collectVersions(
        _ estimator: Estimator<Value>, into versions: inout [String], depth: Int, budget: inout Int
    ) {
        if let version = estimator.version, !versions.contains(version), versions.count < 8 { versions.append(version) }
        guard depth < 4, budget > 0 else { return }
        let parts =
            estimator.steps.map(\.estimator) + estimator.attributes.prefix(64).compactMap { Estimator($0.value) }
        budget -= parts.count
        for part in parts { collectVersions(part, into: &versions, depth: depth + 1, budget: &budget) }
    }

    /// One input of `n_features_in_` columns (scikit-learn 0.24 and later), named when it was fitted on a table (1.0).
    private func readInput(_ result: inout ProbeResult, _ at: (String) -> String) throws(InspectionError) {
        let first = estimator.first()
        var count: Int?
        var source = ""
        for (owner, prefix) in [(estimator, ""), (first, first.path == estimator.path ? "" : "\(first.name).")] {
            // LightGBM's and scikit-learn's older names of the same number.
            for name in ["n_features_in_", "_n_features_in", "n_features_"] {
                guard count == nil, let number = owner[name]?.plain?.int, number > 0 else { continue }
                count = number
                source = prefix + name
            }
        }
        var origin = FieldProvenance.Origin.read
        for name in EstimatorKinds.arraysOverFeatures(module: first.module, name: first.name) {
            guard count == nil, let columns = first[name]?.array?.shape.last, columns > 0 else { continue }
            count = columns
            source = "last dimension of \(name)"
            origin = .derived
        }
        guard let count else { return }
        var port = Port.table("X", columns: count)
        result.note("inputs", origin, at(source))
        for owner in [estimator, first] where port.features == nil {
            guard let array = owner["feature_names_in_"]?.array,
                let values = try array.values(limits.listedValues.value)
            else { continue }
            let names = values.compactMap(\.string)
            guard names.count == count else { continue }
            port.features = names.map { Feature(name: $0) }
            result.note("inputs", .read, at("feature_names_in_"))
        }
        result.facts.inputs = [port]
    }
}
