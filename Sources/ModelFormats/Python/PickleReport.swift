import ModelBytes
import ModelContainers

/// What the pickles of an artifact would import and call, judged by a policy. Nothing of it is imported here.
struct PickleReport {
    private(set) var imports: [Loading.Import] = []
    private(set) var verdict = Loading.Verdict.dataOnly
    private let policy: ImportPolicy
    private let limits: Limits
    private let ownModule: String?
    private var known: Set<String> = []

    /// Modules below `ownModule` are code that the artifact brings along, for an interpreter of its own.
    init(policy: ImportPolicy, limits: Limits, ownModule: String? = nil) {
        self.policy = policy
        self.limits = limits
        self.ownModule = ownModule
    }

    /// What the caller must have: names that are neither allowed as data nor Python's own builtins, sorted.
    var classes: [String] {
        imports.filter { $0.tier == .unknown && !$0.name.hasPrefix("builtins.") }.map(\.name).sorted()
    }

    /// Takes in the imports of `pickle`, which stands in `entry` (nil for the file itself), and tells of the bad ones.
    mutating func add(_ pickle: Pickle, entry: String?, to result: inout ProbeResult, depth: Int = 0) {
        for item in pickle.imports { add(item, of: pickle, entry: entry, to: &result) }
        if let failure = pickle.failure {
            verdict = max(verdict, .incomplete)
            if !pickle.imports.isEmpty {
                result.report(
                    .warning, code: "pickle.incomplete",
                    "the pickle ends in an error; what it would have imported after that is unknown",
                    at: Self.place(entry, failure.offset ?? pickle.end))
            }
        }
        nested(pickle, entry: entry, to: &result, depth: depth)
    }

    private mutating func add(_ item: Pickle.Import, of pickle: Pickle, entry: String?, to result: inout ProbeResult) {
        let place = Self.place(entry, item.offset)
        switch item.kind {
        case .dynamic:
            record("\(item.module).\(item.name) (computed)", .dangerous, place)
            result.report(
                .danger, code: "pickle.dynamic-import",
                "what is imported here is computed when the pickle is loaded; no honest writer does that", at: place)
        case .extension(let code):
            record("copyreg extension \(code)", .unknown, place)
            result.report(
                .warning, code: "pickle.extension-code",
                "extension code \(code) stands for a name that the loading program registered",
                at: place)
        case .named:
            if let ownModule, item.module == ownModule || item.module.hasPrefix(ownModule + ".") { return }
            let module = ImportPolicy.modern(module: item.module)
            let isPlain = module == "builtins" && item.name == "getattr" && AttributeAccess.isPlain(pickle, policy)
            if isPlain {
                record("\(module).\(item.name)", .unknown, place)
                return
            }
            let tier = policy.judge(module: module, name: item.name)
            record("\(module).\(item.name)", tier, place)
            if let reason = policy.danger(module: module, name: item.name) {
                let how = item.isCalled ? "imports and calls" : "imports"
                result.report(
                    .danger, code: "pickle.dangerous-import", "\(how) \(module).\(item.name): \(reason)", at: place)
            }
        }
    }

    private mutating func record(_ name: String, _ tier: Loading.Tier, _ place: String) {
        switch tier {
        case .allowed: break
        case .unknown: verdict = max(verdict, name.hasPrefix("builtins.") ? .dataOnly : .needsCode)
        case .dangerous: verdict = .dangerous
        }
        guard imports.count < limits.listedValues.value, known.insert(name).inserted else { return }
        imports.append(Loading.Import(name: name, tier: tier, where: place))
    }

    /// Functions that load the bytes they are given as another pickle.
    private static let loaders: Set<String> = [
        "torch.storage._load_from_bytes", "pickle.loads", "_pickle.loads", "dill.loads", "dill._dill.loads",
        "cloudpickle.loads", "cloudpickle.cloudpickle.loads", "torch.load",
    ]

    /// A pickle inside a pickle, two deep: more is found by nobody's honest model.
    private mutating func nested(_ pickle: Pickle, entry: String?, to result: inout ProbeResult, depth: Int) {
        guard depth < 2 else { return }
        for object in pickle.objects {
            guard let (module, name) = object.callee.global else { continue }
            let full = "\(ImportPolicy.modern(module: module)).\(name)"
            guard Self.loaders.contains(full), let bytes = object.arguments.elements.first?.bytes,
                let source = try? pickle.source.slice(at: bytes.offset, count: bytes.count)
            else { continue }
            let isTorch = full.hasPrefix("torch.") && LegacyStream.begins(source)
            let inner = Pickle.run(source, streams: isTorch ? 5 : nil, limits: limits)
            add(inner, entry: Self.place(entry, object.offset) + ", inside", to: &result, depth: depth + 1)
        }
    }

    private static func place(_ entry: String?, _ offset: Int) -> String {
        entry.map { "\($0) at byte \(offset)" } ?? "byte \(offset)"
    }
}
