import ModelContainers
import ModelJSON

/// Values that a format writes as text.
enum PlainText {
    /// A number where `text` is one, else the text; nil for an empty text, which says nothing, and for a path.
    static func value(_ text: some StringProtocol) -> JSONValue? {
        guard !text.isEmpty, !PrivateText.holdsPath(String(text)) else { return nil }
        if let int = Int(text), text.first != "+" { return JSONValue(int) }
        return number(text) ?? .string(String(text))
    }

    /// The decimal number that `text` is; nil for any other, and for one beyond the range of a double.
    static func number(_ text: some StringProtocol) -> JSONValue? {
        let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
        guard isDecimal, let number = Double(text), number.isFinite else { return nil }
        return Int(exactly: number).map { JSONValue($0) } ?? JSONValue(number)
    }
}
