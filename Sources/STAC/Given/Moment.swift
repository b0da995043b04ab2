/// Times as people give them.
package enum Moment {
    /// As STAC writes it for one of its properties: a day is its first second, or its last where a range ends, and `..`
    /// stands for an end that is open. Anything else stays as it is.
    package static func written(_ text: String, for property: String) -> String {
        switch (property, text) {
        case (GivenValues.start, ".."): "1900-01-01T00:00:00Z"
        case (GivenValues.end, ".."): "9999-12-31T23:59:59Z"
        case (GivenValues.end, _) where isDay(text): text + "T23:59:59Z"
        case (GivenValues.datetime, _), (GivenValues.start, _), ("created", _), ("updated", _):
            isDay(text) ? text + "T00:00:00Z" : text
        default: text
        }
    }

    private static func isDay(_ text: String) -> Bool {
        text.utf8.count == 10
            && text.utf8.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
            }
    }
}
