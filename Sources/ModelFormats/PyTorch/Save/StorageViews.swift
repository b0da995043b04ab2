/// What tensors show of one storage that they share: which of its elements are counted already.
///
/// A million tensors may look into one storage, each at another place. What lies side by side is kept as one range.
struct StorageViews {
    /// The elements of a storage that a tensor shows.
    struct View: Hashable {
        let lower: Int
        let upper: Int
        let elements: Int
        /// Shape and strides when there are gaps between the elements, else empty.
        let geometry: [Int]

        var isDense: Bool { geometry.isEmpty }

        /// Whether some element is certainly shown by both: of one with gaps only its ends are known.
        func overlaps(_ other: View) -> Bool {
            guard lower < other.upper, other.lower < upper else { return false }
            if isDense && other.isDense || self == other { return true }
            if isDense { return holds(other.lower) || holds(other.upper - 1) }
            return other.isDense && (other.holds(lower) || other.holds(upper - 1))
        }

        private func holds(_ element: Int) -> Bool { lower <= element && element < upper }
    }

    /// A view, and the tensor that showed it first.
    struct Shown {
        let view: View
        let name: String
        let shape: [Int]
    }

    private var known: [View: Shown] = [:]
    /// The first ones, which later ones are reported to share with.
    private var earliest: [Shown] = []
    private static let mostEarliest = 256
    /// What views without gaps cover, in order and apart from each other.
    private var ranges: [Range<Int>] = []
    private var gapped: [View] = []
    /// Steps of keeping them in order; those of weights in one storage are few, since they stand there one behind the other.
    private var steps = 0
    private static let mostSteps = 8_000_000

    init(_ first: Shown) { _ = insert(first) }

    /// The tensor that showed just the same.
    subscript(view: View) -> Shown? { known[view] }

    /// The name of the first tensor that shows some of the same elements, as far as that is known.
    func sharing(_ view: View) -> String? {
        earliest.first { $0.view.overlaps(view) }?.name ?? known[view]?.name
    }

    /// How many positions between the bounds of `view` the others cover.
    mutating func covered(_ view: View) -> Int {
        var sum = 0
        for range in ranges[index(endingAfter: view.lower)...] {
            guard range.lowerBound < view.upper else { break }
            sum += min(range.upperBound, view.upper) - max(range.lowerBound, view.lower)
            steps += 1
        }
        guard view.isDense else { return sum }
        steps += gapped.count
        for other in gapped where other.lower >= view.lower && other.upper <= view.upper {
            let (next, overflow) = sum.addingReportingOverflow(other.elements)
            guard !overflow, next < view.elements else { return view.elements }
            sum = next
        }
        return min(sum, view.elements)
    }

    /// False once they lie so that they cannot be told apart in a time that is worth it.
    mutating func insert(_ tensor: Shown) -> Bool {
        let view = tensor.view
        known[view] = tensor
        if earliest.count < Self.mostEarliest { earliest.append(tensor) }
        guard view.isDense else {
            gapped.append(view)
            return steps < Self.mostSteps
        }
        // Ranges that it touches become one with it.
        var range = view.lower..<max(view.lower, view.upper)
        let start = index(endingAfter: view.lower - 1)
        var end = start
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound {
            range = min(range.lowerBound, ranges[end].lowerBound)..<max(range.upperBound, ranges[end].upperBound)
            end += 1
        }
        steps += ranges.count - start
        ranges.replaceSubrange(start..<end, with: CollectionOfOne(range))
        return steps < Self.mostSteps
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
