/// Which departures from RFC 8259 are accepted; none unless asked for.
public struct JSONDialect: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The numbers `NaN`, `Infinity` and `-Infinity`, which Python's `json.dump` writes unless told not to.
    public static let nonFiniteNumbers = JSONDialect(rawValue: 1)
    /// A key that occurs twice in one object: its last value is taken. RFC 8259 section 4 leaves this open.
    public static let repeatedKeys = JSONDialect(rawValue: 2)
    /// The escape of one half of a surrogate pair without the other: U+FFFD takes its place. Section 8.2 leaves this open.
    public static let loneSurrogates = JSONDialect(rawValue: 4)

    /// What Python's `json.loads` accepts; most artifacts were written by Python.
    public static let python: JSONDialect = [.nonFiniteNumbers, .repeatedKeys, .loneSurrogates]
}
