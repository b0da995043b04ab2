import ModelBytes
import ModelContainers

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

    mutating func fill(_ reading: inout Reading, at place: String) throws(InspectionError) {
        func at(_ name: String) -> String { place.isEmpty ? name : "\(place): \(name)" }
        reading.facts.architecture = estimator.title()
        reading.note("architecture", .read, at("class \(estimator.path)"))
        readVersions(&reading, at)

        let parameters = EstimatorParameters(estimator, limits: limits)
        var hyperparameters = parameters.object
        if parameters.isCut {
            reading.find(
                .note, "sklearn.parameters",
                "it and its parts have more parameters than are listed; \(limits.nestedHyperparameters.name) ends at "
                    + "\(limits.nestedHyperparameters.value)")
        }
        let final = estimator.final()
        if let trees = EstimatorTrees.count(final) {
            hyperparameters["trees"] = JSONValue(trees.count)
            reading.note("hyperparameters", .read, at("trees: \(trees.place)"))
        }
        if !hyperparameters.isEmpty {
            reading.facts.hyperparameters = hyperparameters
            reading.note(
                "hyperparameters", .derived, at("attributes without an underscore at either end are the constructor's"))
        }
        if let task = EstimatorKinds.task(final.name) {
            reading.facts.tasks = [task]
            reading.note(
                "tasks", .derived, at("\(final.name) is a \(task == "regression" ? "regressor" : "classifier")"))
        }
        try readInput(&reading, at)
        try EstimatorOutput(final, limits: limits).fill(&reading, at)
        if let counted = EstimatorCoefficients(final) {
            reading.facts.parameters = counted.parameters
            reading.note("parameters", .read, at("shapes of \(counted.names)"))
        }
        if package == .scikitLearn, estimator.module.hasPrefix("sklearn.preprocessing") {
            reading.isNoModel("preprocessing")
            reading.find(
                .note, "sklearn.preprocessing", "\(estimator.name) prepares data for a model; it is none itself")
        }
        if package == .scikitLearn, !final.isFitted, !EstimatorKinds.isStateless(final.name) {
            reading.find(
                .warning, "sklearn.not-fitted",
                "\(final.name) has no attribute that ends with an underscore: it was not fitted before it was saved")
        }
    }

    private mutating func readVersions(_ reading: inout Reading, _ at: (String) -> String) {
        var versions: [String] = []
        var budget = Self.mostParts
        collectVersions(estimator, into: &versions, depth: 0, budget: &budget)
        guard let first = versions.first else { return }
        scikitLearnVersion = first
        if package == .scikitLearn {
            version = first
            reading.facts.frameworkVersion = first
            reading.note("framework_version", .read, at("_sklearn_version"))
        }
        if versions.count > 1 {
            reading.find(
                .warning, "sklearn.versions-differ",
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
    private func readInput(_ reading: inout Reading, _ at: (String) -> String) throws(InspectionError) {
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
        var origin = FieldEvidence.Origin.read
        for name in EstimatorKinds.arraysOverFeatures(module: first.module, name: first.name) {
            guard count == nil, let columns = first[name]?.array?.shape.last, columns > 0 else { continue }
            count = columns
            source = "last dimension of \(name)"
            origin = .derived
        }
        guard let count else { return }
        var port = Port.table("X", columns: count)
        reading.note("inputs", origin, at(source))
        for owner in [estimator, first] where port.features == nil {
            guard let array = owner["feature_names_in_"]?.array,
                let values = try array.values(limits.listedValues.value)
            else { continue }
            let names = values.compactMap(\.string)
            guard names.count == count else { continue }
            port.features = names.map { Feature(name: $0) }
            reading.note("inputs", .read, at("feature_names_in_"))
        }
        reading.facts.inputs = [port]
    }
}
