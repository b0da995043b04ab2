import ModelJSON

/// A ring of a polygon (RFC 7946 section 3.1.6), and what is wrong with it.
struct LinearRing {
    private let points: [(x: Double, y: Double)]

    /// Nil for what is no list of positions, or too short for a ring: others say so.
    init?(_ ring: JSONValue) {
        guard let positions = ring.array, positions.count >= 4 else { return nil }
        var points: [(x: Double, y: Double)] = []
        points.reserveCapacity(positions.count)
        for position in positions {
            guard let x = position[0]?.double, let y = position[1]?.double else { return nil }
            points.append((x, y))
        }
        self.points = points
    }

    /// Whether it ends where it begins.
    var isClosed: Bool { points[0] == points[points.count - 1] }

    /// Whether it runs as the hands of a clock do; nil for one without an area.
    var isClockwise: Bool? {
        let area = zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
        return area == 0 || area.isNaN ? nil : area < 0
    }

    /// So many pairs of lines are compared.
    private static let mostPairs = 4_000_000

    /// The positions at which two lines begin that cross each other; nil when none do. Lines that only touch are no mistake,
    /// and of a very long ring only the first lines are compared.
    var crossing: (Int, Int)? {
        // From west to east, each is compared with those that begin before it ends.
        let lines = (0..<points.count - 1).map { index in
            (
                west: min(points[index].x, points[index + 1].x), east: max(points[index].x, points[index + 1].x),
                at: index
            )
        }.sorted { ($0.west, $0.at) < ($1.west, $1.at) }
        var pairs = 0
        for (place, line) in lines.enumerated() {
            for other in lines[(place + 1)...] {
                guard other.west <= line.east else { break }
                pairs += 1
                guard pairs <= Self.mostPairs else { return nil }
                if cross(line.at, other.at) { return (min(line.at, other.at), max(line.at, other.at)) }
            }
        }
        return nil
    }

    /// Whether each of two lines has the ends of the other on both its sides.
    private func cross(_ one: Int, _ other: Int) -> Bool {
        let (a, b, c, d) = (points[one], points[one + 1], points[other], points[other + 1])
        return side(of: c, a, b) * side(of: d, a, b) < 0 && side(of: a, c, d) * side(of: b, c, d) < 0
    }

    private func side(
        of point: (x: Double, y: Double), _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
    ) -> Double {
        let product = (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
        return product > 0 ? 1 : product < 0 ? -1 : 0
    }
}
