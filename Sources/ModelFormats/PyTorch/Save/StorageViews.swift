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
    }

    private var known: Set<View> = []
    /// What views without gaps cover, in order and apart from each other.
    private var ranges: [Range<Int>] = []
    private var gapped: [View] = []
    /// Steps of keeping them in order; those of weights in one storage are few, since they stand there one behind the other.
    private var steps = 0
    private static let mostSteps = 8_000_000

    init(_ first: View) { _ = insert(first) }

    func contains(_ view: View) -> Bool { known.contains(view) }

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
    mutating func insert(_ view: View) -> Bool {
        known.insert(view)
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
