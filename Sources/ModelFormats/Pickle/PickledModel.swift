import ModelContainers

/// The model in a pickle: its top object, or one that a dict, a list or an object of the user's own class holds.
struct PickledModel {
    let package: ModelPackage
    let estimator: Estimator<PickledValue>
    /// How it is reached from the top; empty for the top object itself.
    let place: String
    /// The same as Python spells it behind the loaded object: `["model"]`, `[0].regressor`; empty for the top object.
    let access: String

    init?(_ root: PickledValue) {
        if let found = Self.model(Member("", "", "", root)) {
            self = found
            return
        }
        // A scaler beside the model is not one, however near to the top it is.
        for isPredicting in [true, false] {
            var budget = 10_000
            let top = Member("", "", "", root)
            guard let found = Self.search(top, depth: 0, budget: &budget, isPredicting: isPredicting) else { continue }
            self = found
            return
        }
        return nil
    }

    private init(_ package: ModelPackage, _ estimator: Estimator<PickledValue>, in member: Member) {
        self.package = package
        self.estimator = estimator
        place = member.place
        access = member.access
    }

    private static func model(_ member: Member) -> PickledModel? {
        guard let estimator = Estimator(member.value), let package = ModelPackage(defining: estimator.module) else {
            return nil
        }
        guard package != .scikitLearn || estimator.isScikitLearn else { return nil }
        return PickledModel(package, estimator, in: member)
    }

    /// The first model among the values that `value` holds, those with a telling name before the others.
    private static func search(
        _ owner: Member, depth: Int, budget: inout Int, isPredicting: Bool
    ) -> PickledModel? {
        let members = members(of: owner)
        budget -= members.count
        guard depth < 3, budget > 0 else { return nil }
        let sorted = members.filter { isTelling($0.name) } + members.filter { !isTelling($0.name) }
        for member in sorted {
            guard let found = model(member) else { continue }
            if !isPredicting || EstimatorKinds.task(found.estimator.final().name) != nil { return found }
        }
        for member in sorted {
            if let found = search(member, depth: depth + 1, budget: &budget, isPredicting: isPredicting) {
                return found
            }
        }
        return nil
    }

    /// A value that another one holds.
    private struct Member {
        let name: String
        let place: String
        let access: String
        let value: PickledValue

        init(_ name: String, _ place: String, _ access: String, _ value: PickledValue) {
            self.name = name
            self.place = place
            self.access = access
            self.value = value
        }
    }

    private static func members(of owner: Member) -> [Member] {
        func path(_ name: String) -> String { owner.place.isEmpty ? name : "\(owner.place).\(name)" }
        if let items = owner.value.items {
            return items.prefix(64).enumerated().map {
                Member("", "\(owner.place)[\($0.offset)]", "\(owner.access)[\($0.offset)]", $0.element)
            }
        }
        if let entries = owner.value.entries {
            return entries.prefix(1_024).map {
                Member($0.name, path($0.name), "\(owner.access)[\(PythonText.quoted($0.name))]", $0.value)
            }
        }
        return (owner.value.attributes ?? []).prefix(1_024).map {
            // A state may set attributes that no program can name.
            let isName = PythonName.isPlain("x", $0.name) && !$0.name.contains(".")
            let step = isName ? ".\($0.name)" : ".__dict__[\(PythonText.quoted($0.name))]"
            return Member($0.name, path($0.name), owner.access + step, $0.value)
        }
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
