/// Names of one module that a pickle may import, how they are judged, and why.
struct ImportRule: Sendable {
    let module: String
    /// The rule holds for the submodules too; written as `module.*`.
    private let isPackage: Bool
    /// Exact names; empty for every name, which only a danger rule may say.
    let names: Set<String>
    let tier: Loading.Tier
    /// Why, for people.
    let reason: String

    init(_ tier: Loading.Tier, _ module: String, _ names: String, _ reason: String) {
        isPackage = module.hasSuffix(".*")
        self.module = isPackage ? String(module.dropLast(2)) : module
        self.names = Set(words: names)
        self.tier = tier
        self.reason = reason
    }

    func covers(module: String, name: String) -> Bool {
        guard module == self.module || isPackage && module.hasPrefix(self.module + ".") else { return false }
        return names.isEmpty || names.contains(name)
    }
}

/// Judges imports by exact lists. What no list has is `unknown`, never `allowed`: a prefix such as `torch.` would let
/// `torch.hub.load` through.
struct ImportPolicy: Sendable {
    private let allowed: [String: Set<String>]
    private let dangerous: [ImportRule]

    /// Danger wins over allowance; the rules of the danger list hold for every policy.
    init(allowing rules: [ImportRule]) {
        var allowed: [String: Set<String>] = [:]
        for rule in rules { allowed[rule.module, default: []].formUnion(rule.names) }
        self.allowed = allowed
        self.dangerous = DangerousImports.rules
    }

    func judge(module: String, name: String) -> Loading.Tier {
        if Self.danger(module: module, name: name, in: dangerous) != nil { return .dangerous }
        return allowed[module]?.contains(name) == true ? .allowed : .unknown
    }

    /// Why this import is dangerous; nil when it is on no danger list.
    func danger(module: String, name: String) -> String? {
        Self.danger(module: module, name: name, in: dangerous)?.reason
    }

    private static func danger(module: String, name: String, in rules: [ImportRule]) -> ImportRule? {
        // STACK_GLOBAL may name an attribute path: `os` reached as `shutil` + `os.system` is `os.system` all the same.
        let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if path.count > 1, let last = path.last {
            let inner = path.dropLast().joined(separator: ".")
            for rule in rules where rule.covers(module: inner, name: last) { return rule }
            if let first = path.first, let rule = rules.first(where: { $0.covers(module: module, name: first) }) {
                return rule
            }
        }
        return rules.first { $0.covers(module: module, name: name) }
    }

    /// Python 3 reads the module names that Python 2 wrote, and protocols below 3 still write, by this map
    /// (CPython, Lib/_compat_pickle.py).
    static func modern(module: String) -> String {
        switch module {
        case "__builtin__", "exceptions": "builtins"
        case "copy_reg": "copyreg"
        case "Queue": "queue"
        case "cPickle": "pickle"
        case "cStringIO", "StringIO": "io"
        case "commands": "subprocess"
        default: module
        }
    }
}
