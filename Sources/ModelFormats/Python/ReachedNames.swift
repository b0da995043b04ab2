import ModelContainers

/// What a pickle reaches by attribute access without naming it: `getattr(random._os, "system")`, an `attrgetter` that is
/// applied, `functools.reduce(getattr, …)`. Names are followed, and nothing is looked up.
struct ReachedNames {
    /// A name that is on the danger list, or leads out of what was pickled.
    struct Danger {
        let name: String
        let reason: String
        let offset: Int
    }

    /// What is known of a value.
    private indirect enum Known {
        /// An attribute of a module; the module itself where there is none.
        case path(module: String, [Substring])
        /// `attrgetter` with these paths.
        case getter([[Substring]])
        /// `methodcaller` with this name and these arguments.
        case caller(Substring, [PickleValue])
        /// `functools.partial` of this and arguments.
        case partial(Known, [PickleValue])
    }

    private(set) var dangers: [Danger] = []
    private var known: [PickleValue: Known] = [:]
    private var names: [Int32: Known?] = [:]
    private var seen: Set<String> = []
    private static let mostDangers = 64
    /// Calls and attributes that are followed, and what of them is kept; where they end there are more.
    private static let mostSteps = 200_000
    private var steps = 0
    private(set) var isCut = false
    private static let longestPath = 32
    private static let longestName = 4_096
    private static let mostArguments = 64

    /// Empty, and for nothing, unless the pickle imports something that reaches attributes.
    init(_ pickle: Pickle) {
        guard pickle.imports.contains(where: { Self.isTool(PythonName($0.module, $0.name)) }) else { return }
        for object in pickle.objects where dangers.count < Self.mostDangers {
            guard steps < Self.mostSteps else {
                isCut = true
                return
            }
            guard let callee = callee(object.callee) else { continue }
            let arguments = Array(object.arguments.elements.prefix(Self.mostArguments))
            if let result = call(callee, arguments, at: object.offset, depth: 0) { known[object.value] = result }
        }
    }

    // MARK: - Tools

    /// What reaches attributes, or calls what it is given.
    private enum Tool: String {
        case getattr, attrgetter, methodcaller, partial, reduce, call, map, starmap, importer, getitem, setattr
    }

    private static let tools: [String: Tool] = [
        "builtins.getattr": .getattr, "dill._dill._getattribute": .getattr, "pickle._getattribute": .getattr,
        "builtins.setattr": .setattr, "builtins.delattr": .setattr,
        "operator.attrgetter": .attrgetter, "_operator.attrgetter": .attrgetter,
        "operator.methodcaller": .methodcaller, "_operator.methodcaller": .methodcaller,
        "functools.partial": .partial, "_functools.partial": .partial,
        "functools.reduce": .reduce, "_functools.reduce": .reduce,
        "operator.call": .call, "_operator.call": .call,
        "builtins.map": .map, "builtins.filter": .map, "itertools.starmap": .starmap,
        "builtins.__import__": .importer, "importlib.import_module": .importer,
        "cloudpickle.cloudpickle.subimport": .importer, "cloudpickle.subimport": .importer,
        "dill._dill._import_module": .importer, "pkgutil.resolve_name": .importer, "pydoc.locate": .importer,
        "operator.getitem": .getitem, "_operator.getitem": .getitem,
    ]

    private static func isTool(_ name: PythonName) -> Bool {
        tools[name.path] != nil || name.name.contains(".")
    }

    // MARK: - Following

    /// What is known of what is called: of a name once, since one may be called a million times.
    private mutating func callee(_ value: PickleValue) -> Known? {
        guard value.kind == .global else { return known[value] }
        if let found = names[value.id] { return found }
        let found = known(value)
        names[value.id] = .some(found)
        return found
    }

    private func known(_ value: PickleValue) -> Known? {
        // A name that is longer is on no list; it would be taken apart for each call.
        if let global = value.global {
            guard global.module.utf8.count + global.name.utf8.count <= Self.longestName else { return nil }
            let name = PythonName(global.module, global.name)
            return .path(module: name.module, name.name.split(separator: "."))
        }
        return known[value]
    }

    private mutating func call(_ callee: Known, _ arguments: [PickleValue], at offset: Int, depth: Int) -> Known? {
        guard depth < 8, take(1) else {
            isCut = true
            return nil
        }
        switch callee {
        case .path(let module, let path):
            let name = path.joined(separator: ".")
            guard let tool = Self.tools["\(module).\(name)"] else { return nil }
            return use(tool, arguments, at: offset, depth: depth)
        case .getter(let paths):
            guard let owner = arguments.first else { return nil }
            var result: Known?
            for path in paths { result = attribute(known(owner), path, at: offset) }
            return result
        case .caller(let name, let inner):
            guard let owner = arguments.first, let method = attribute(known(owner), [name], at: offset) else {
                return nil
            }
            return call(method, inner, at: offset, depth: depth + 1)
        case .partial(let inner, let first):
            return call(inner, Array((first + arguments).prefix(Self.mostArguments)), at: offset, depth: depth + 1)
        }
    }

    /// Counts what is followed or kept; false once there is nothing left for it.
    private mutating func take(_ count: Int) -> Bool {
        steps += count
        if steps >= Self.mostSteps { isCut = true }
        return steps < Self.mostSteps
    }

    private mutating func use(_ tool: Tool, _ arguments: [PickleValue], at offset: Int, depth: Int) -> Known? {
        switch tool {
        case .getattr:
            guard arguments.count >= 2 else { return nil }
            return attribute(arguments[0], arguments[1], at: offset)
        case .attrgetter:
            let paths = arguments.map { Self.path($0) }
            guard take(paths.reduce(0) { $0 + $1.count }) else { return nil }
            for path in paths { checkSteps(path, at: offset) }
            return .getter(paths)
        case .methodcaller:
            guard let name = arguments.first?.string(upTo: Self.longestName), take(arguments.count) else { return nil }
            checkSteps([Substring(name)], at: offset)
            return .caller(Substring(name), Array(arguments.dropFirst()))
        case .partial:
            guard let inner = arguments.first.flatMap(known), take(arguments.count) else { return nil }
            return .partial(inner, Array(arguments.dropFirst()))
        case .call:
            guard let inner = arguments.first.flatMap(known) else { return nil }
            return call(inner, Array(arguments.dropFirst()), at: offset, depth: depth + 1)
        case .map:
            guard let inner = arguments.first.flatMap(known) else { return nil }
            let columns = arguments.dropFirst().map { Array(items($0)) }
            for row in 0..<(columns.map(\.count).min() ?? 0) {
                _ = call(inner, columns.map { $0[row] }, at: offset, depth: depth + 1)
            }
            return nil
        case .starmap:
            guard arguments.count > 1, let inner = known(arguments[0]) else { return nil }
            for row in items(arguments[1]) {
                _ = call(inner, Array(row.elements.prefix(Self.mostArguments)), at: offset, depth: depth + 1)
            }
            return nil
        case .reduce: return fold(arguments, at: offset)
        case .importer:
            guard let name = arguments.first?.string(upTo: Self.longestName) else { return nil }
            return .path(module: String(name.map { $0 == ":" ? "." : $0 }), [])
        case .setattr:
            // Of what the pickle makes, as dill does; not of what others use too.
            if let owner = arguments.first, case .path(let module, let path)? = known(owner) {
                add("\(module).\(path.joined(separator: "."))", "changes it for everyone who uses it", at: offset)
            }
            if arguments.count > 1, let name = arguments[1].string(upTo: Self.longestName) {
                checkSteps([Substring(name)], at: offset)
            }
            return nil
        case .getitem:
            guard arguments.count >= 2 else { return nil }
            return attribute(arguments[0], arguments[1], at: offset)
        }
    }

    /// `functools.reduce(getattr, [owner, "name", …])`, and with an owner of its own.
    private mutating func fold(_ arguments: [PickleValue], at offset: Int) -> Known? {
        guard arguments.count >= 2, case .path(let module, let path)? = known(arguments[0]),
            Self.tools["\(module).\(path.joined(separator: "."))"] == .getattr
        else { return nil }
        var rest = items(arguments[1])
        var owner = arguments.count > 2 ? known(arguments[2]) : nil
        if arguments.count < 3, !rest.isEmpty { owner = known(rest.removeFirst()) }
        for name in rest { owner = attribute(owner, Self.path(name), at: offset) }
        return owner
    }

    /// The items of a list, a tuple or an iterator over one.
    private func items(_ value: PickleValue) -> [PickleValue] {
        if let object = value.object, object.callee.global?.name == "iter", let inner = object.arguments.elements.first
        {
            return Array(inner.elements.prefix(Self.mostArguments))
        }
        return Array(value.elements.prefix(Self.mostArguments))
    }

    private mutating func attribute(_ owner: PickleValue, _ name: PickleValue, at offset: Int) -> Known? {
        guard name.kind == .string else {
            if name.kind == .object || name.kind == .persistentID {
                add("an attribute whose name is computed", "no honest writer does that", at: offset)
            }
            return nil
        }
        return attribute(known(owner), Self.path(name), at: offset)
    }

    private mutating func attribute(_ owner: Known?, _ path: [Substring], at offset: Int) -> Known? {
        guard take(1) else { return nil }
        guard case .path(let module, let steps)? = owner, steps.count + path.count <= Self.longestPath else {
            checkSteps(path, at: offset)
            return nil
        }
        let all = steps + path
        if let reason = DangerousNames.reason(module, all) {
            add("\(module).\(all.joined(separator: "."))", reason, at: offset)
        }
        return .path(module: module, all)
    }

    /// Of an owner that nothing is known of, only the way out shows.
    private mutating func checkSteps(_ path: [Substring], at offset: Int) {
        guard let step = path.first(where: { DangerousNames.escapes.contains($0) }) else { return }
        add("\(step)", "reaches any object through \(step)", at: offset)
    }

    private mutating func add(_ name: String, _ reason: String, at offset: Int) {
        guard dangers.count < Self.mostDangers, seen.insert(name).inserted else { return }
        dangers.append(Danger(name: name, reason: reason, offset: offset))
    }

    /// The names in a text, one behind the other; none of another value.
    private static func path(_ value: PickleValue) -> [Substring] {
        let text = value.utf8.map { String(decoding: $0.prefix(1_024), as: UTF8.self) } ?? ""
        return text.split(separator: ".", maxSplits: longestPath)
    }
}
