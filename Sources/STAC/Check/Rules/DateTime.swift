import JSONSchema

extension Pattern {
    /// RFC 3339 section 5.6 in UTC (`(\+00:00|Z)$`), and of a day that exists: `2026-01-31T12:00:00Z`.
    static let dateTime = Pattern("a date and time in UTC by RFC 3339, such as 2026-01-31T12:00:00Z") { text, _ in
        guard let time = RFC3339(dateTime: String(text)), !time.isLeapSecond else { return false }
        return text.last == "Z" || text.suffix(6).elementsEqual("+00:00".unicodeScalars)
    }
}
