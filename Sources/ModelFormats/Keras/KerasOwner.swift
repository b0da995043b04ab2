/// Who defines a class or a function that Keras does not bring.
///
/// Keras 3 imports no module that a configuration names (keras/src/saving/serialization_lib.py, `_retrieve_class_or_fn`): a
/// class that was registered is found once its module is imported, any other one only when the call names it. What older
/// releases write names no module at all.
struct KerasOwner: Hashable {
    /// More of them than a person writes into a call.
    static let most = 1_024

    /// Nil when the configuration names none.
    let module: String?
    let name: String
    /// The name that it was registered under, `package>Class`, or the plain one.
    let registered: String

    private var isRegistered: Bool { registered.contains(">") }

    /// As Python spells it in a call.
    var path: String { module.flatMap { $0 == "__main__" ? nil : "\($0).\(name)" } ?? name }

    /// `custom_objects` of these; nil when all of them are registered.
    static func argument(_ owners: Set<KerasOwner>) -> String? {
        let named = owners.filter { !$0.isRegistered }.sorted { ($0.name, $0.path) < ($1.name, $1.path) }
        guard !named.isEmpty else { return nil }
        return "custom_objects={" + named.map { "\"\($0.name)\": \($0.path)" }.joined(separator: ", ") + "}"
    }

    /// The modules that have to be imported before the call; nil when there are none.
    static func modules(_ owners: Set<KerasOwner>) -> [String]? {
        let modules = Set(owners.compactMap(\.module)).subtracting(["__main__"])
        return modules.isEmpty ? nil : modules.sorted()
    }

    /// What the caller has to define, and register where it was; nil when there is nothing.
    static func undefined(_ owners: Set<KerasOwner>) -> [String]? {
        let own = owners.compactMap { owner in
            switch owner.module {
            case nil: owner.registered
            case "__main__"?: "__main__.\(owner.name)"
            default: nil
            }
        }
        return own.isEmpty ? nil : own.sorted()
    }
}
