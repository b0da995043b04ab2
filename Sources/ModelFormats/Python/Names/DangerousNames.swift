/// What no model needs in order to load, and what attacks are built of, name by name. The list adds severity and words
/// only; what is not on it is still `unknown`.
///
/// It is made of Python's own library and of the names that public scanners look for. What only reaches something, as
/// `getattr` does, is not on it: that is judged by what it reaches (see `ReachedNames`).
enum DangerousNames {
    /// Why the attribute `path` of `module` is dangerous, however it is come to; nil when nothing is known of it.
    static func reason(_ module: String, _ path: [Substring]) -> String? {
        if let reason = listed(module[...], path.joined(separator: ".")[...]) { return reason }
        for index in path.indices {
            for owner in owners(module, path, index) {
                if let reason = listed(owner, path[index]) { return reason }
            }
        }
        if let step = path.first(where: { escapes.contains($0) }) { return "reaches any object through \(step)" }
        if let last = path.last, handedOut.contains(last), !isOwnModule(module, path) {
            return "is the module \(last.drop { $0 == "_" }) itself"
        }
        return nil
    }

    /// What `path[index]` may be an attribute of: the module itself, or what the attribute before it is.
    private static func owners(_ module: String, _ path: [Substring], _ index: Int) -> [Substring] {
        guard index > 0 else { return path.count > 1 ? [module[...]] : [] }
        let inner = path[..<index].joined(separator: ".")
        return [Substring("\(module).\(inner)"), inner[...]] + (aliases[path[index - 1]] ?? [])
    }

    private static func listed(_ module: Substring, _ name: Substring) -> String? {
        table[module]?.first { row in row.names.split(separator: " ").contains(name) }?.reason
    }

    /// A package whose own submodule has such a name.
    private static func isOwnModule(_ module: String, _ path: [Substring]) -> Bool {
        path.count == 1 && (module == "torch" || module == "ctypes" || module == "os")
    }

    /// Attributes through which any object leads to the interpreter and all that it has loaded.
    static let escapes: Set<Substring> = [
        "__globals__", "__builtins__", "__subclasses__", "__code__", "__closure__", "__import__", "__getattribute__",
        "__dict__", "__loader__", "__spec__", "__mro__", "__bases__", "__base__", "__self__", "__func__", "__wrapped__",
        "f_globals", "f_builtins", "f_locals", "f_back", "f_code", "gi_frame", "gi_code", "cr_frame", "ag_frame",
        "tb_frame", "func_globals", "func_code", "im_func",
    ]

    /// Modules that nobody has a reason to hand out, under names that nothing else has.
    private static let handedOut: Set<Substring> = [
        "os", "_os", "posix", "nt", "sys", "_sys", "subprocess", "_subprocess", "builtins", "bltns", "__builtin__",
        "importlib", "_importlib", "imp", "_imp", "ctypes", "_ctypes", "runpy", "pty", "shutil", "_shutil", "_io",
        "_posixsubprocess", "_frozen_importlib", "_frozen_importlib_external", "pkgutil", "_thread", "_pickle",
        "_socket", "_warnings",
    ]

    private static let table: [Substring: [(names: Substring, reason: String)]] = {
        var table: [Substring: [(names: Substring, reason: String)]] = [:]
        for (reason, names) in part1 + part2 {
            for line in names.split(separator: "\n") {
                guard let space = line.firstIndex(of: " ") else { continue }
                table[line[..<space], default: []].append((line[line.index(after: space)...], reason))
            }
        }
        return table
    }()

    private static let aliases: [Substring: [Substring]] = {
        var aliases: [Substring: [Substring]] = [:]
        for line in PythonAliases.modules.split(separator: "\n") {
            let words = line.split(separator: " ")
            aliases[words[0], default: []] += words.dropFirst()
        }
        return aliases
    }()
}
