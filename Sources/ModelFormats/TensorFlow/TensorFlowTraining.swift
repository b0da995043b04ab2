/// Variables that belong to training, by the names that optimizers give them.
enum TensorFlowTraining {
    /// Slots of the optimizers of TensorFlow 1 (tensorflow/python/training, each `_zeros_slot` and
    /// `_get_or_make_slot`): a variable `dense/kernel` has `dense/kernel/Adam`.
    private static let slots: Set<String> = [
        "Adam", "Momentum", "RMSProp", "Adagrad", "Adadelta", "Ftrl", "AdagradDA", "ProximalAdagrad", "FtrlV2",
    ]
    private static let counters: Set<String> = [
        "global_step", "beta1_power", "beta2_power", "save_counter", "iteration", "iterations",
    ]

    /// Whether `name` is a step, a power of a rate, or a slot of one of the variables in `all`.
    static func isState(_ name: String, among all: Set<String>) -> Bool {
        let parts = name.split(separator: "/")
        guard let last = parts.last.map(plain) else { return false }
        if counters.contains(last) { return true }
        guard parts.count > 1, slots.contains(last) else { return false }
        // With a scope of its own the optimizer puts it before the name.
        let owner = parts.dropLast()
        return owner.indices.prefix(deepestScope).contains { start in
            all.contains(owner[start...].joined(separator: "/"))
        }
    }

    /// Names before that of a variable; with more of them each would be looked for in all their parts.
    private static let deepestScope = 32

    /// Without the number that makes a name unique: `Adam_1` is the second slot of Adam.
    private static func plain(_ name: Substring) -> String {
        guard let underscore = name.lastIndex(of: "_"), underscore != name.startIndex,
            !name[name.index(after: underscore)...].isEmpty,
            name[name.index(after: underscore)...].allSatisfy({ $0.isASCII && $0.isNumber })
        else { return String(name) }
        return String(name[..<underscore])
    }
}
