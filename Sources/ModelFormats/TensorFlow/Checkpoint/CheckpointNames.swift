/// Which of the variables of TensorFlow 1 are the model's, by their names: there is nothing else in such a checkpoint.
///
/// What an optimizer keeps for a variable is called like it, with a name of its own behind (training/slot_creator.py), or
/// between a scope and such a name (keras/optimizer_v2, and any optimizer within a variable scope). Only where that
/// variable is there as well is it taken for state.
struct CheckpointNames {
    private let keys: Set<String>
    /// Scopes that hold optimizer state of the second kind: `training/Adam`.
    private var scopes: Set<String> = []
    private(set) var training: Set<String> = []
    private(set) var hasOptimizer = false

    private static let slots: Set<Substring> = [
        "Adam", "Adam_1", "Momentum", "RMSProp", "RMSProp_1", "RMSProp_2", "Adagrad", "AdagradDA", "AdagradDA_1",
        "Adadelta", "Adadelta_1", "Ftrl", "Ftrl_1", "ProximalAdagrad", "AdaMax", "AdaMax_1", "LAMB", "LAMB_1",
        "LazyAdam", "LazyAdam_1", "adam_m", "adam_v", "ExponentialMovingAverage",
    ]
    private static let slotsOfKeras: Set<Substring> = [
        "m", "v", "vhat", "momentum", "rms", "mg", "accumulator", "accum_grad", "accum_var", "linear",
    ]
    /// Names before that of a variable; with more of them each would be looked for in all their parts.
    private static let deepestScope = 32
    private static let counters: Set<Substring> = ["global_step", "beta1_power", "beta2_power"]
    private static let settings: Set<Substring> = [
        "iter", "decay", "learning_rate", "beta_1", "beta_2", "momentum", "rho", "epsilon",
    ]

    /// `isScalar` says it of a key.
    init(_ names: [String], isScalar: (String) -> Bool) {
        keys = Set(names)
        for name in names where isSlot(name) {
            training.insert(name)
            hasOptimizer = true
        }
        for name in names where isScalar(name) {
            let (scope, last) = Self.parted(name[...])
            if Self.counters.contains(last) || scopes.contains(String(scope)) && Self.settings.contains(last) {
                training.insert(name)
            }
        }
    }

    private mutating func isSlot(_ name: String) -> Bool {
        let (base, last) = Self.parted(name[...])
        guard !base.isEmpty else { return false }
        let isKeras = Self.slotsOfKeras.contains(last)
        guard isKeras || Self.slots.contains(last) else { return false }
        if !isKeras, keys.contains(String(base)) { return true }
        // `training/Adam/dense/kernel/m`, `scope/dense/kernel/Adam`: the front is a scope, and the rest a variable.
        var rest = base
        var left = Self.deepestScope
        while left > 0, let slash = rest.firstIndex(of: "/") {
            left -= 1
            rest = rest[rest.index(after: slash)...]
            if keys.contains(String(rest)) {
                if isKeras { scopes.insert(String(base[..<rest.startIndex].dropLast())) }
                return true
            }
        }
        return false
    }

    /// What stands before the last slash and behind it.
    private static func parted(_ name: Substring) -> (Substring, Substring) {
        guard let slash = name.lastIndex(of: "/") else { return ("", name) }
        return (name[..<slash], name[name.index(after: slash)...])
    }
}
