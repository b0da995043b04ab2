import ModelContainers

/// The model in a pickle: its top object, or one that a dict, a list or an object of the user's own class holds.
struct PickledModel {
    let package: ModelPackage
    let estimator: Estimator<PickledValue>
    /// How it is reached from the top; empty for the top object itself.
    let place: String

    init?(_ root: PickledValue) {
        if let found = Self.model(root, at: "") {
            self = found
            return
        }
        var budget = 10_000
        guard let found = Self.search(root, place: "", depth: 0, budget: &budget) else { return nil }
        self = found
    }

    private init(_ package: ModelPackage, _ estimator: Estimator<PickledValue>, at place: String) {
        self.package = package
        self.estimator = estimator
        self.place = place
    }

    private static func model(_ value: PickledValue, at place: String) -> PickledModel? {
        guard let estimator = Estimator(value), let package = ModelPackage(defining: estimator.module) else {
            return nil
        }
        guard package != .scikitLearn || estimator.isScikitLearn else { return nil }
        return PickledModel(package, estimator, at: place)
    }

    /// The first model among the values that `value` holds, those with a telling name before the others.
    private static func search(_ value: PickledValue, place: String, depth: Int, budget: inout Int) -> PickledModel? {
        let members = members(of: value, place: place)
        budget -= members.count
        guard depth < 3, budget > 0 else { return nil }
        let sorted = members.filter { isTelling($0.name) } + members.filter { !isTelling($0.name) }
        for member in sorted {
            guard let found = model(member.value, at: member.place),
                EstimatorKinds.task(found.estimator.final().name) != nil
            else { continue }
            return found
        }
        for member in sorted {
            if let found = model(member.value, at: member.place) { return found }
        }
        for member in sorted {
            if let found = search(member.value, place: member.place, depth: depth + 1, budget: &budget) { return found }
        }
        return nil
    }

    private typealias Member = (name: String, place: String, value: PickledValue)

    private static func members(of value: PickledValue, place: String) -> [Member] {
        func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }
        if let items = value.items {
            return items.prefix(64).enumerated().map { ("", "\(place)[\($0.offset)]", $0.element) }
        }
        return (value.entries ?? value.attributes ?? []).prefix(1_024).map { ($0.name, path($0.name), $0.value) }
    }

    private static func isTelling(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["model", "clf", "classifier", "regressor", "estimator", "pipeline", "pipe"].contains {
            name == $0 || name.hasSuffix("_" + $0) || name.hasSuffix($0 + "_")
        }
    }

    /// Says what a pickle without a model holds, as far as that is known.
    static func describe(_ root: PickledValue, into result: inout ProbeResult) {
        let what: String
        if let array = root.array {
            what = "an array of shape \(array.shape)\(array.dataType.map { " and type \($0)" } ?? "")"
        } else if let (module, name) = root.classPath, module.hasPrefix("pandas.") || module == "pandas" {
            what = "a table of pandas (\(name))"
        } else if let (module, name) = root.classPath {
            what = "an object of \(module.isEmpty ? name : "\(module).\(name)"), which is not known to be a model"
        } else if let imported = root.imported {
            what = "the name \(imported)"
        } else if let entries = root.entries {
            what = "a dict of \(entries.count) \(entries.count == 1 ? "entry" : "entries") without a model"
        } else if let count = root.itemCount {
            what = "a list or tuple of \(count) \(count == 1 ? "value" : "values") without a model"
        } else {
            what = "a plain value"
        }
        result.report(.note, code: "pickle.content", "holds \(what)")
    }
}
