/// Which arrays of a tree are the model's, told by where its top has `params` and the state of an optimizer.
struct OrbaxTree {
    enum Part { case parameter, buffer, training }

    /// What stands beside parameters in Flax's train state and in the trees of optax's users; below them a layer may have
    /// any of these names.
    private static let training: Set = [
        "opt_state", "optimizer", "optimizer_state", "rng", "rngs", "tx", "ema", "loss_scale",
    ]
    /// Counters, which are scalars; a layer of that name has arrays below it.
    private static let counters: Set = ["step", "count"]

    /// How many names stand above `params`; nil when the tree has none.
    private let above: Int?
    /// Trees that hold the moments of Adam, an optimizer's state by itself: its path, of one name or none.
    private let moments: Set<[Substring]>

    init(_ names: some Sequence<String>) {
        var above: Int?
        var heads: Set<[Substring]> = []
        for name in names {
            let path = name.split(separator: ".", maxSplits: 3)
            heads.insert(Array(path.prefix(1)))
            heads.insert(Array(path.prefix(2)))
            guard let first = path.first, !Self.training.contains(String(first)) else { continue }
            if first == "params" { above = 0 }
            if above == nil, path.count > 1, path[1] == "params" { above = 1 }
        }
        self.above = above
        let bases = [[]] + heads.filter { $0.count == 1 }
        moments = Set(
            bases.filter { base in ["mu", "nu", "count"].allSatisfy { heads.contains(base + [Substring($0)]) } })
    }

    var hasParameters: Bool { above != nil }

    func part(of name: String, isScalar: Bool) -> Part {
        let path = name.split(separator: ".", maxSplits: 3)
        guard let first = path.first.map(String.init) else { return .training }
        if let above {
            if Self.training.contains(first) || path.count <= above { return .training }
            switch path[above] {
            case "params": return .parameter
            case "batch_stats": return .buffer
            default: return .training
            }
        }
        if first == "batch_stats" { return .buffer }
        if Self.training.contains(first) { return .training }
        if path.count == 1, isScalar, Self.counters.contains(first) { return .training }
        for depth in 0..<min(2, path.count) where moments.contains(Array(path.prefix(depth))) {
            if ["mu", "nu", "count"].contains(path[depth]) { return .training }
        }
        return .parameter
    }
}
