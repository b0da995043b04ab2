/// The elements of a storage that a tensor shows.
struct StorageView: Hashable {
    let lower: Int
    let upper: Int
    /// How many different ones.
    let elements: Int
    /// Sizes and strides when there are gaps between the elements, else empty.
    private let sizes: [Int]
    private let strides: [Int]

    /// Nil when its place is beyond any storage, or when it cannot be told how many elements differ.
    init?(lower: Int, upper: Int, sizes: [Int], strides: [Int], product: Int) {
        guard lower >= 0, upper >= lower else { return nil }
        self.lower = lower
        self.upper = upper
        // A stride of 0 repeats them. The widest stride first.
        let steps = zip(sizes, strides).filter { $0 > 1 && $1 != 0 }.sorted { $0.1 > $1.1 }
        guard steps.allSatisfy({ $0.1 > 0 }) else { return nil }
        // No more than `product`, which has all sizes.
        let count = strides.isEmpty ? product : steps.reduce(1) { $0 * $1.0 }
        var span = 1
        var isFolded = false
        for (size, stride) in steps.reversed() {
            if stride < span { isFolded = true }
            span += (size - 1) * stride
        }
        if count == upper - lower, !isFolded || strides.isEmpty {
            (elements, self.sizes, self.strides) = (count, [], [])
            return
        }
        self.sizes = steps.map(\.0)
        self.strides = steps.map(\.1)
        guard isFolded else {
            elements = count
            return
        }
        // Windows that lie over each other show an element several times.
        guard let pieces = Self.pieces(lower, self.sizes, self.strides) else { return nil }
        elements = pieces.reduce(0) { $0 + $1.count }
    }

    var isDense: Bool { sizes.isEmpty }

    /// Whether some element is certainly shown by both: of one with gaps only its ends are known.
    func overlaps(_ other: StorageView) -> Bool {
        guard lower < other.upper, other.lower < upper else { return false }
        if isDense && other.isDense || self == other { return true }
        if isDense { return holds(other.lower) || holds(other.upper - 1) }
        return other.isDense && (other.holds(lower) || other.holds(upper - 1))
    }

    private func holds(_ element: Int) -> Bool { lower <= element && element < upper }

    /// Whether certainly no element is shown by both. Between the bounds of one with gaps others may lie: all of its elements are
    /// its first one and multiples of what divides its strides.
    func isApart(_ other: StorageView) -> Bool {
        guard lower < other.upper, other.lower < upper else { return true }
        guard !isDense, !other.isDense else { return false }
        let step = (strides + other.strides).reduce(0, Self.divisor)
        return step > 1 && (lower - other.lower) % step != 0
    }

    private static func divisor(_ first: Int, _ second: Int) -> Int {
        var (first, second) = (first, second)
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }

    /// More pieces than a view of weights has that somebody cut out of another.
    private static let mostPieces = 1 << 20

    /// What lies side by side, in order; nil when that is too many pieces.
    func pieces() -> [Range<Int>]? { isDense ? [lower..<upper] : Self.pieces(lower, sizes, strides) }

    private static func pieces(_ lower: Int, _ sizes: [Int], _ strides: [Int]) -> [Range<Int>]? {
        // The innermost ones are as long as they lie side by side.
        var outer = zip(sizes, strides).map { (size: $0, stride: $1) }
        var length = 1
        while let inner = outer.last, inner.stride <= length {
            length += (inner.size - 1) * inner.stride
            outer.removeLast()
        }
        var count = 1
        for step in outer {
            // Each size is at least 2, and the product of all is the tensor's.
            count *= step.size
            guard count <= mostPieces else { return nil }
        }
        var starts = [lower]
        starts.reserveCapacity(count)
        for step in outer {
            let base = starts
            for index in 1..<step.size { starts += base.map { $0 + index * step.stride } }
        }
        starts.sort()
        var pieces: [Range<Int>] = []
        for start in starts {
            if let last = pieces.last, start <= last.upperBound {
                pieces[pieces.count - 1] = last.lowerBound..<max(last.upperBound, start + length)
            } else {
                pieces.append(start..<start + length)
            }
        }
        return pieces
    }
}
