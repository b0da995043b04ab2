/// A date and time as STAC takes it: RFC 3339 section 5.6, in UTC, with a capital T and Z.
struct Timestamp: Comparable {
    let text: String
    /// Sorts as the times do.
    private let key: String

    init(_ text: String) throws(GivenError) {
        func wrong(_ why: String) -> GivenError { GivenError("\(why); write it as 2017-06-30T12:00:00Z") }
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, Self.isShaped(bytes) else { throw wrong("this is no date and time by RFC 3339") }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        guard (1...12).contains(month), day >= 1, day <= Self.days(month, year) else {
            throw wrong("there is no such day")
        }
        guard number(11..<13) < 24, number(14..<16) < 60, number(17..<19) < 60 else {
            throw wrong("there is no such time of day")
        }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { throw wrong("a fraction needs digits") }
            rest = rest.dropFirst(1 + digits.count)
        }
        guard rest.elementsEqual("Z".utf8) || rest.elementsEqual("+00:00".utf8) else {
            throw wrong("STAC wants UTC, with Z at the end")
        }
        self.text = text
        var fraction = text.dropFirst(19).prefix { $0 == "." || $0.isNumber }
        while fraction.last == "0" || fraction.last == "." { fraction.removeLast() }
        key = String(text.prefix(19)) + fraction
    }

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.key < right.key }
    static func == (left: Timestamp, right: Timestamp) -> Bool { left.key == right.key }

    /// `0000-00-00T00:00:00`, a digit for each 0.
    private static func isShaped(_ bytes: [UInt8]) -> Bool {
        zip("0000-00-00T00:00:00".utf8, bytes).allSatisfy { $0 == 48 ? (48...57).contains($1) : $0 == $1 }
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
