/// What tensors show of one storage that they share: which of its elements are counted already.
///
/// A million tensors may look into one storage, each at another place. What lies side by side is kept as one range. Of a view with
/// gaps the single pieces are worked out only when something else lies between its bounds.
struct StorageViews {
    /// A view, and the tensor that showed it first.
    struct Shown {
        let view: StorageView
        let name: String
        let shape: [Int]
    }

    /// Which tensor showed a view first; there may be a million of them, so each is kept once.
    private var known: [StorageView: (name: String, shape: [Int])] = [:]
    /// The first ones, which later ones are reported to share with.
    private var earliest: [Shown] = []
    private static let mostEarliest = 256
    /// What is covered, in order and apart from each other.
    private var ranges: [Range<Int>] = []
    /// Views with gaps that share no element with any other; `ranges` does not have them.
    private var gapped: [StorageView] = []
    private var gappedEnd = 0
    /// Steps of keeping them in order; those of weights in one storage are few, since they stand there one behind the other.
    private var steps = 0
    private static let mostSteps = 8_000_000

    init(_ first: Shown) { _ = insert(first) }

    /// The tensor that showed just the same.
    subscript(view: StorageView) -> (name: String, shape: [Int])? { known[view] }

    /// The name of the first tensor that shows some of the same elements, as far as that is known.
    func sharing(_ view: StorageView) -> String? {
        earliest.first { $0.view.overlaps(view) }?.name ?? known[view]?.name
    }

    /// How many elements it shows that no other one has shown; nil once they lie so that they cannot be told apart in a time that
    /// is worth it.
    mutating func insert(_ tensor: Shown) -> Int? {
        let view = tensor.view
        known[view] = (tensor.name, tensor.shape)
        if earliest.count < Self.mostEarliest { earliest.append(tensor) }
        guard unfold(between: view) else { return nil }
        guard view.isDense else {
            guard isCovered(view.lower..<view.upper) else {
                gapped.append(view)
                gappedEnd = max(gappedEnd, view.upper)
                return view.elements
            }
            guard let pieces = view.pieces() else { return nil }
            return merge(pieces)
        }
        return insert(view.lower..<view.upper)
    }

    /// Works out the pieces of those views with gaps that `view` may share elements with.
    private mutating func unfold(between view: StorageView) -> Bool {
        guard view.lower < gappedEnd else { return true }
        steps += gapped.count
        guard steps < Self.mostSteps else { return false }
        for other in gapped where !other.isApart(view) {
            guard let pieces = other.pieces(), merge(pieces) != nil else { return false }
        }
        gapped.removeAll { !$0.isApart(view) }
        return true
    }

    private func isCovered(_ range: Range<Int>) -> Bool {
        let next = index(endingAfter: range.lowerBound)
        return next < ranges.count && ranges[next].lowerBound < range.upperBound
    }

    /// Covers one more range; how much of it was not covered.
    private mutating func insert(_ added: Range<Int>) -> Int? {
        // Ranges that it touches become one with it.
        var range = added
        var fresh = added.count
        let start = index(endingAfter: added.lowerBound - 1)
        var end = start
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
            fresh -= ranges[end].clamped(to: added).count
            range = min(range.lowerBound, ranges[end].lowerBound)..<max(range.upperBound, ranges[end].upperBound)
            end += 1
        }
        steps += ranges.count - start
        ranges.replaceSubrange(start..<end, with: CollectionOfOne(range))
        return steps < Self.mostSteps ? fresh : nil
    }

    /// Covers pieces that are in order and apart from each other; how much of them was not covered.
    private mutating func merge(_ pieces: [Range<Int>]) -> Int? {
        steps += ranges.count + pieces.count
        guard steps < Self.mostSteps else { return nil }
        var merged: [Range<Int>] = []
        merged.reserveCapacity(ranges.count + pieces.count)
        let before = ranges.reduce(0) { $0 + $1.count }
        var (old, new) = (0, 0)
        while old < ranges.count || new < pieces.count {
            let isOld = new == pieces.count || old < ranges.count && ranges[old].lowerBound <= pieces[new].lowerBound
            let next = isOld ? ranges[old] : pieces[new]
            if isOld { old += 1 } else { new += 1 }
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
        ranges = merged
        return merged.reduce(0) { $0 + $1.count } - before
    }

    /// The first range that ends behind `position`.
    private func index(endingAfter position: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound > position { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
