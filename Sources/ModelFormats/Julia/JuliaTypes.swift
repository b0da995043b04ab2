import ModelBytes

/// The types that a file of Julia names, as paths of modules: what they belong to, and whether Julia has them itself.
struct JuliaTypes {
    /// `Flux.Chain`, in the order they stand.
    private(set) var names: [String] = []
    private var seen: Set<String> = []

    mutating func add(_ path: String) {
        // Whatever is defined in the session that wrote it stands in Main, and so did all packages before BSON 0.3.
        let known = path.hasPrefix("Main.") && path.split(separator: ".").count > 2 ? String(path.dropFirst(5)) : path
        if seen.insert(known).inserted, names.count < 65_536 { names.append(known) }
    }

    /// Packages beside Julia's own modules. What no package can be called is none.
    var packages: [String] {
        var packages: [String] = []
        for name in foreign {
            let root = name.split(separator: ".").first.map(String.init) ?? name
            guard !root.isEmpty, root.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { continue }
            if !packages.contains(root), packages.count < 256 { packages.append(root) }
        }
        return packages
    }

    /// Types that are not on the list.
    var foreign: [String] { names.filter { !Self.isOwn($0) } }

    /// Exactly these of Core and Base: numbers, texts, tuples, arrays, dictionaries.
    private static let own: Set<String> = {
        let core = Set(
            words:
                "Bool Char String Symbol Nothing Any Tuple NamedTuple Array Vector Matrix Float16 Float32 Float64 Int8 Int16 "
                + "Int32 Int64 Int128 UInt8 UInt16 UInt32 UInt64 UInt128")
        let base = Set(
            words:
                "Dict Pair Set Complex Rational UnitRange StepRange OneTo BitArray BitVector BitMatrix Missing IdDict")
        return core.union(core.map { "Core.\($0)" }).union(base).union(base.map { "Base.\($0)" })
    }()

    static func isOwn(_ name: String) -> Bool {
        // Parameters stand behind it in JLD: `Array{Float32,2}`.
        let bare = name.prefix { $0 != "{" }
        guard own.contains(String(bare)) else { return false }
        guard bare.count < name.count else { return true }
        let parameters = name.dropFirst(bare.count)
        // JLD evaluates the text: names in brackets are a tuple of symbols, `{(:a,:b),…}`, and behind a name they are a call.
        let isCall = zip(parameters.utf8, parameters.utf8.dropFirst()).contains { before, bracket in
            bracket == UInt8(ascii: "(") && !"{,( ".utf8.contains(before)
        }
        let words = parameters.split { "{},() ".contains($0) }
        return !isCall && words.allSatisfy { own.contains(String($0)) || Int($0) != nil || isSymbol($0) }
    }

    /// `:name`
    private static func isSymbol(_ word: Substring) -> Bool {
        word.hasPrefix(":") && word.count > 1 && word.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    /// The package that models of these types come from, as it is called.
    var framework: String? {
        let roots = Set(packages)
        for name in [
            "Flux", "Lux", "MLJ", "DecisionTree", "GLM", "XGBoost", "LIBSVM", "Knet", "SimpleChains", "EvoTrees",
        ]
        where roots.contains(name) || (name == "MLJ" && roots.contains { $0.hasPrefix("MLJ") }) {
            return name
        }
        return nil
    }
}
