import ModelContainers

/// Tells `getattr` as pickle itself writes it, for a bound method or a member of an enumeration, from `getattr` as a way
/// to reach what the pickle does not name.
enum AttributeAccess {
    /// Every call is `getattr(object or class, "name")` with a plain name, and its result is not called.
    static func isPlain(_ pickle: Pickle, _ policy: ImportPolicy) -> Bool {
        var results: Set<PickleValue> = []
        for object in pickle.objects where isGetattr(object.callee) {
            let arguments = Array(object.arguments.elements.prefix(3))
            guard arguments.count == 2, let name = arguments[1].string, isPlainName(name, policy) else { return false }
            guard isPlainOwner(arguments[0], policy) else { return false }
            results.insert(object.value)
        }
        return !pickle.objects.contains { results.contains($0.callee) }
    }

    private static func isGetattr(_ value: PickleValue) -> Bool {
        guard let (module, name) = value.global else { return false }
        return name == "getattr" && ImportPolicy.modern(module: module) == "builtins"
    }

    /// An object that the pickle makes of a class, or a class; no module, and not what another call returned.
    private static func isPlainOwner(_ value: PickleValue, _ policy: ImportPolicy) -> Bool {
        if let (module, name) = value.global {
            return isClass(name) && policy.judge(module: module, name: name) != .dangerous
        }
        guard let object = value.object, let (module, name) = object.className else { return false }
        return isClass(name) && policy.judge(module: module, name: name) != .dangerous
    }

    /// Classes begin with a capital, perhaps behind underscores; modules and functions do not.
    private static func isClass(_ name: String) -> Bool {
        guard let first = name.split(separator: ".").last?.drop(while: { $0 == "_" }).first else { return false }
        return first.isUppercase
    }

    private static func isPlainName(_ name: String, _ policy: ImportPolicy) -> Bool {
        !name.hasPrefix("__") && !name.contains(".")
            && policy.judge(module: "builtins", name: name) != .dangerous
    }
}
