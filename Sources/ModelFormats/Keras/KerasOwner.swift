/// Who defines a class or a function that Keras does not bring.
///
/// Keras 3 imports no module that a configuration names (keras/src/saving/serialization_lib.py, `_retrieve_class_or_fn`): a
/// class that was registered is found once its module is imported, any other one only when the call names it.
struct KerasOwner: Hashable {
    let module: String
    let name: String
    /// Registered under a name of its own, `package>Class`.
    let isRegistered: Bool

    /// As Python spells it in a call.
    var path: String { module == "__main__" ? name : "\(module).\(name)" }

    /// `custom_objects` of these; nil when all of them are registered.
    static func argument(_ owners: Set<KerasOwner>) -> String? {
        let named = owners.filter { !$0.isRegistered }.sorted { ($0.name, $0.module) < ($1.name, $1.module) }
        guard !named.isEmpty else { return nil }
        return "custom_objects={" + named.map { "\"\($0.name)\": \($0.path)" }.joined(separator: ", ") + "}"
    }

    /// The modules that have to be imported before the call; nil when there are none.
    static func modules(_ owners: Set<KerasOwner>) -> [String]? {
        let modules = Set(owners.map(\.module)).subtracting(["__main__"])
        return modules.isEmpty ? nil : modules.sorted()
    }

    /// What the caller has to define; nil when there is nothing.
    static func undefined(_ owners: Set<KerasOwner>) -> [String]? {
        PythonText.undefined(owners.map { "\($0.module).\($0.name)" }.sorted())
    }
}
