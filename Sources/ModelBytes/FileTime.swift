import Glibc
import SystemPackage

/// A moment of the file system: when content was last changed.
public struct FileTime: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let seconds: Int
    public let nanoseconds: Int

    init(_ status: Stat) {
        let time = status.st_mtim
        seconds = Int(time.tv_sec)
        nanoseconds = Int(time.tv_nsec)
    }

    public static func < (left: FileTime, right: FileTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// In UTC, as RFC 3339 writes it, to the nanosecond: `2026-11-25T12:04:48.123456789Z`.
    public var text: String {
        let clock = Self.modulo(seconds, 86_400)
        let (year, month, day) = Self.date((seconds - clock) / 86_400)
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(clock / 3_600, 2)):"
            + "\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2)).\(padded(nanoseconds, 9))Z"
    }

    /// The date so many days after 1970-01-01: years counted from March, eras of 400 of them, 146,097 days each.
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let day = modulo(shifted, 146_097)
        let era = (shifted - day) / 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let isEarly = month >= 10
        return (
            era * 400 + year + (isEarly ? 1 : 0), isEarly ? month - 9 : month + 3,
            ofYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func modulo(_ value: Int, _ divisor: Int) -> Int {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
