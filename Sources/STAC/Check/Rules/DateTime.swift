extension Pattern {
    /// RFC 3339 section 5.6 in UTC, and of a day that exists: `2026-01-31T12:00:00Z`.
    static let dateTime = Pattern("a date and time in UTC by RFC 3339, such as 2026-01-31T12:00:00Z") { text, _ in
        Timestamped(text).isValid
    }
}

/// Reads `YYYY-MM-DDThh:mm:ss`, a fraction if there is one, and `Z` or `+00:00`.
private struct Timestamped {
    private var rest: Pattern.Scalars

    init(_ text: Pattern.Scalars) { rest = text }

    var isValid: Bool {
        var reader = self
        return reader.readAll()
    }

    private mutating func readAll() -> Bool {
        guard let year = number(4), year > 0, take("-"), let month = number(2), take("-"), let day = number(2),
            (1...12).contains(month), (1...Self.days(month, year)).contains(day), take("T") || take("t"),
            let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60, take(":"),
            let second = number(2), second < 60
        else { return false }
        if take(".") {
            let fraction = rest.prefix { $0.isDigit }
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(fraction.count)
        }
        return rest.elementsEqual("Z".unicodeScalars) || rest.elementsEqual("+00:00".unicodeScalars)
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
