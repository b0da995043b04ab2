/// Names of dimensions of which only some are known.
package enum DimensionOrder {
    /// `dim-a`, `dim-b` … `dim-z`, `dim-aa`: names without a meaning, since MLM allows no digits.
    package static func neutral(_ index: Int) -> String {
        var letters = ""
        var rest = index
        repeat {
            letters = String(UnicodeScalar(UInt8(97 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return neutralPrefix + letters
    }

    /// Whether a name is one of those.
    package static func isNeutral(_ name: String) -> Bool { name.hasPrefix(neutralPrefix) }

    private static let neutralPrefix = "dim-"

    /// Neutral names where there are none; nil when no name is known, or when two are alike.
    static func filled(_ names: [String?]) -> [String]? {
        let known = names.compactMap { $0 }
        guard !known.isEmpty, Set(known).count == known.count else { return nil }
        return names.enumerated().map { $0.element ?? neutral($0.offset) }
    }
}

extension Port {
    /// Where the first dimension is the batch, whatever the others are.
    mutating func nameBatch() {
        guard dimOrder == nil, let shape, !shape.isEmpty else { return }
        dimOrder = DimensionOrder.filled(["batch"] + [String?](repeating: nil, count: shape.count - 1))
    }
}
