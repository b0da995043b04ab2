/// A date and time by RFC 3339 section 5.6, of a day that exists: `2026-01-31T12:00:00Z`.
package struct RFC3339 {
    package enum Zone: Hashable, Sendable {
        /// `Z`.
        case utc
        /// Minutes that local time is ahead, of `+00:00` and its like.
        case offset(Int)
    }

    /// Nil for a date alone.
    package private(set) var zone: Zone?
    /// Whether it is the second 60, which only a leap second has.
    package private(set) var isLeapSecond = false
    private var rest: Substring.UnicodeScalarView

    package init?(dateTime text: String) {
        rest = Substring(text).unicodeScalars
        guard readDate(), take("T") || take("t"), readTime(), rest.isEmpty else { return nil }
    }

    package init?(date text: String) {
        rest = Substring(text).unicodeScalars
        guard readDate(), rest.isEmpty else { return nil }
    }

    package init?(time text: String) {
        rest = Substring(text).unicodeScalars
        guard readTime(), rest.isEmpty else { return nil }
    }

    private mutating func readDate() -> Bool {
        guard let year = number(4), year > 0, take("-"), let month = number(2), take("-"), let day = number(2) else {
            return false
        }
        return (1...12).contains(month) && (1...Self.days(month, year)).contains(day)
    }

    private mutating func readTime() -> Bool {
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60, take(":"),
            let second = number(2), second <= 60
        else { return false }
        if take(".") {
            let fraction = rest.prefix { $0.isDigit }
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(fraction.count)
        }
        guard readZone() else { return false }
        isLeapSecond = second == 60
        guard isLeapSecond else { return true }
        // It is the last second of a day in UTC.
        var ahead = 0
        if case .offset(let offset) = zone { ahead = offset }
        return (hour * 60 + minute - ahead + 2 * 1_440) % 1_440 == 1_439
    }

    private mutating func readZone() -> Bool {
        if take("Z") || take("z") {
            zone = .utc
            return true
        }
        let isBehind = take("-")
        guard isBehind || take("+"), let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60
        else { return false }
        zone = .offset((isBehind ? -1 : 1) * (hour * 60 + minute))
        return true
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func number(_ digits: Int) -> Int? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy(\.isDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return text.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
