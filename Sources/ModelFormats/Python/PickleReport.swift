import ModelBytes
import ModelContainers

/// What the pickles of an artifact would import and call, judged by the list of one loader. Nothing of it is imported
/// here.
struct PickleReport {
    private(set) var imports: [Loading.Import] = []
    private(set) var verdict = Loading.Verdict.dataOnly
    /// Imports beyond those that are listed.
    private(set) var unlisted = 0
    private let policy: ImportPolicy
    let limits: Limits
    private let ownModule: String?
    private var places: [String: Int] = [:]
    /// What only another reader imports.
    private var taken: Set<String> = []
    private var listedBytes = 0
    private var nested: NestedPickles
    private var findings: [String: Int] = [:]

    /// How many findings of one kind are reported one by one.
    private static let mostFindings = 32
    /// So many bytes of names are listed.
    private static let mostListedBytes = 1 << 20
    /// What is shown of a name.
    private static let longestName = 256

    /// Modules below `ownModule` are code that the artifact brings along, for an interpreter of its own.
    init(policy: ImportPolicy, limits: Limits, ownModule: String? = nil) {
        self.policy = policy
        self.limits = limits
        self.ownModule = ownModule
        nested = NestedPickles(limits: limits)
    }

    /// What the caller must have: names that are neither allowed as data nor Python's own builtins, sorted. What only another
    /// reader imports is none of them.
    var classes: [String] {
        imports.filter { $0.tier == .unknown && !$0.name.hasPrefix("builtins.") && !taken.contains($0.name) }
            .map(\.name).sorted()
    }

    /// Takes in what `pickle` does, which stands in `entry` (nil for the file itself), and tells of what is bad.
    mutating func add(_ pickle: Pickle, entry: String?, to result: inout ProbeResult, depth: Int = 0) {
        result.pickleOperations += pickle.operations
        for item in pickle.imports { add(item, entry: entry, to: &result) }
        let reached = ReachedNames(pickle)
        if reached.isCut {
            verdict = max(verdict, .incomplete)
            tell(
                .warning, "pickle.reached-unseen",
                "makes too many calls that access attributes; not all were followed", Self.place(entry, pickle.end),
                &result)
        }
        for danger in reached.dangers {
            verdict = .dangerous
            tell(
                .danger, "pickle.reached-name",
                "reaches \(Self.shown(danger.name)) by attribute access: \(danger.reason)",
                Self.place(entry, danger.offset), &result)
        }
        if let offset = pickle.splitFrame {
            verdict = max(verdict, .needsCode)
            tell(
                .warning, "pickle.split-frame",
                "a frame ends inside an argument: readers disagree on what follows, and no pickler writes this",
                Self.place(entry, offset), &result)
        }
        checkCalls(pickle, entry, &result)
        checkAdditions(pickle, entry, &result)
        if let failure = pickle.failure {
            verdict = max(verdict, .incomplete)
            if !pickle.imports.isEmpty {
                tell(
                    .warning, "pickle.incomplete",
                    "the pickle ends in an error; what it would import after that is unknown",
                    Self.place(entry, failure.offset ?? pickle.end), &result)
            }
        }
        follow(pickle, entry, &result, depth: depth)
    }

    /// Opcodes of the pickles inside, beside those of what was added.
    var nestedOperations: Int { nested.spent }

    /// What was found in another way of reading: never better than before.
    mutating func raise(to other: Loading.Verdict) { verdict = max(verdict, other) }

    /// Lists what another report lists; what a reader imports that is not the usual one is no class that the caller needs.
    mutating func take(_ others: [Loading.Import], byOtherReader: Bool = false) {
        for item in others {
            if byOtherReader, places[item.name] == nil { taken.insert(item.name) }
            record(item.name, item.tier, item.where)
        }
    }

    // MARK: - Imports

    private mutating func add(_ item: Pickle.Import, entry: String?, to result: inout ProbeResult) {
        let place = Self.place(entry, item.offset)
        switch item.kind {
        case .dynamic:
            record("\(item.module).\(item.name) (computed)", .dangerous, place)
            tell(
                .danger, "pickle.dynamic-import",
                "the name imported here is computed while the pickle is loaded; no honest writer does that", place,
                &result)
        case .extension(let code):
            record("copyreg extension \(code)", .unknown, place)
            tell(
                .warning, "pickle.extension-code",
                "extension code \(code) stands for a name that the loading program registered", place, &result)
        case .named:
            if let ownModule, item.module == ownModule || item.module.hasPrefix(ownModule + ".") { return }
            let name = PythonName(item.module, item.name)
            let tier = policy.judge(module: name.module, name: name.name)
            record(Self.shown(name.path), tier, place)
            if tier == .dangerous, let reason = policy.danger(module: name.module, name: name.name) {
                let how = item.isCalled ? "imports and calls" : "imports"
                tell(
                    .danger, "pickle.dangerous-import", "\(how) \(Self.shown(name.path)): \(reason)", place, &result)
            }
            checkUse(item, name, place, &result)
        }
    }

    /// Items may be set on a dict and added to a list; anything else decides itself what that does.
    private mutating func checkUse(
        _ item: Pickle.Import, _ name: PythonName, _ place: String, _ result: inout ProbeResult
    ) {
        guard policy.isAllowed(module: name.module, name: name.name) else { return }
        if item.isKeyed, !policy.keyed.contains(name.path) {
            verdict = max(verdict, .needsCode)
            tell(.warning, "pickle.item-assignment", "sets items of an object of \(name.path) by key", place, &result)
        }
        if item.isGrown, !policy.grown.contains(name.path) {
            verdict = max(verdict, .needsCode)
            tell(.warning, "pickle.item-assignment", "adds items to an object of \(name.path)", place, &result)
        }
    }

    private mutating func record(_ name: String, _ tier: Loading.Tier, _ place: String) {
        switch tier {
        case .allowed: break
        case .unknown: verdict = max(verdict, .needsCode)
        case .dangerous: verdict = .dangerous
        }
        guard places[name] == nil else { return }
        guard imports.count < limits.listedValues.value, listedBytes < Self.mostListedBytes else {
            unlisted += 1
            return
        }
        listedBytes += name.utf8.count + place.utf8.count
        places[name] = imports.count
        imports.append(Loading.Import(name: name, tier: tier, where: place))
    }

    // MARK: - Calls and states

    /// What is called has a name on the list, or else is code.
    private mutating func checkCalls(_ pickle: Pickle, _ entry: String?, _ result: inout ProbeResult) {
        for (callee, offset) in pickle.computedCalls {
            verdict = max(verdict, .needsCode)
            // A class of a legacy stream of torch, with its source.
            if callee.kind == .persistentID { continue }
            tell(
                .note, "pickle.computed-call", "calls the result of another call", Self.place(entry, offset),
                &result)
            break
        }
    }

    private mutating func checkAdditions(_ pickle: Pickle, _ entry: String?, _ result: inout ProbeResult) {
        for addition in pickle.foreignAdditions {
            verdict = max(verdict, .needsCode)
            let target = addition.target.global.map { PythonName($0.module, $0.name).path }
            tell(
                .warning, "pickle.changes-class",
                "changes \(target.map(Self.shown) ?? "an object"), which it did not create",
                Self.place(entry, addition.offset), &result)
            break
        }
    }

    // MARK: - Pickles inside

    private mutating func follow(_ pickle: Pickle, _ entry: String?, _ result: inout ProbeResult, depth: Int) {
        for found in nested.find(in: pickle, depth: depth) {
            let place = Self.place(entry, found.offset)
            switch found.content {
            case .sources(let sources):
                for source in sources {
                    let inner = nested.run(source, isTorch: found.isTorch)
                    add(inner, entry: place + ", inside", to: &result, depth: depth + 1)
                }
            case .unseen(let why):
                verdict = max(verdict, .incomplete)
                tell(
                    .warning, "pickle.nested-unseen", "loads another pickle that is not followed: \(why)", place,
                    &result)
            }
        }
    }

    // MARK: -

    private mutating func tell(
        _ severity: Finding.Severity, _ code: String, _ message: String, _ place: String, _ result: inout ProbeResult
    ) {
        findings[code, default: 0] += 1
        switch findings[code, default: 0] {
        case ...Self.mostFindings: result.report(severity, code: code, message, at: place)
        case Self.mostFindings + 1:
            result.report(severity, code: code, "more findings of this kind are not listed")
        default: break
        }
    }

    private static func shown(_ name: String) -> String {
        name.utf8.count <= longestName ? name : String(decoding: name.utf8.prefix(longestName), as: UTF8.self) + "…"
    }

    private static func place(_ entry: String?, _ offset: Int) -> String {
        entry.map { "\($0) at byte \(offset)" } ?? "byte \(offset)"
    }
}
