/// Compares moments as STAC writes them: RFC 3339 in UTC, which was checked before.
struct Timestamp: Comparable {
    /// Sorts as the times do: the seconds as they stand, and the digits behind them without trailing zeros.
    private let key: String

    init(_ text: String) {
        var fraction = text.dropFirst(19).prefix { $0 == "." || $0.isNumber }
        while fraction.last == "0" || fraction.last == "." { fraction.removeLast() }
        key = String(text.prefix(19)).uppercased() + fraction
    }

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.key < right.key }
}
