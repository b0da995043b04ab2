/// Names of one module that a loader may be asked for and still build nothing but data, and why.
struct ImportRule: Sendable {
    let module: String
    /// Exact names, with spaces between them.
    let names: String
    let reason: String

    init(_ module: String, _ names: String, _ reason: String) {
        self.module = module
        self.names = names
        self.reason = reason
    }
}

/// Judges names for one loader by an exact list. What no list has is `unknown`, never `allowed`: a prefix such as
/// `torch.` would let `torch.hub.load` through.
struct ImportPolicy: Sendable {
    private let rules: [ImportRule]
    /// Classes of the list that items may be set on by key, as on a dict.
    let keyed: Set<String>
    /// Classes of the list that items may be added to, as to a list.
    let grown: Set<String>

    init(allowing rules: [ImportRule]) {
        self.rules = rules
        keyed = [
            "collections.OrderedDict", "collections.Counter", "collections.defaultdict", "builtins.dict",
            "builtins.bytearray",
        ]
        grown = [
            "collections.deque", "collections.OrderedDict", "builtins.list", "builtins.set", "builtins.bytearray",
        ]
    }

    /// Allowed names are data, whatever they are called.
    func judge(module: String, name: String) -> Loading.Tier {
        if isAllowed(module: module, name: name) { return .allowed }
        return danger(module: module, name: name) == nil ? .unknown : .dangerous
    }

    func isAllowed(module: String, name: String) -> Bool {
        rules.contains { $0.module == module && $0.names.hasWord(name) }
    }

    /// Why this import is dangerous; nil when it is on no danger list.
    func danger(module: String, name: String) -> String? {
        // STACK_GLOBAL may name an attribute path: `os` reached as `shutil` + `os.system` is `os.system` all the same.
        DangerousNames.reason(module, name.split(separator: ".", omittingEmptySubsequences: false))
    }

    static func modern(module: String) -> String { PythonName.modern(module: module) }
}
