import ModelJSON

/// A JSON object in few lines: a member on each, an element of a list of several objects on each, wrapped at commas to the
/// width of a terminal. White space aside it is the same document.
enum CompactJSON {
    /// An object, and the keys of members that were left out.
    struct Text {
        var text: String
        var leftOut: [String] = []
    }

    /// Members that take more than `mostLines` are left out; nil keeps all.
    static func members(of object: JSONObject, width: Int, mostLines: Int?) -> Text {
        var result = Text(text: "")
        var members: [[String]] = []
        for (key, value) in object {
            let lines = lines(of: value, key: quoted(key) + ": ", room: width - indent - ",".count)
            if let mostLines, lines.count > mostLines {
                result.leftOut.append(key)
            } else {
                members.append(lines)
            }
        }
        guard !members.isEmpty else {
            result.text = "{}"
            return result
        }
        let space = String(repeating: " ", count: indent)
        result.text =
            "{\n"
            + members.map { $0.map { space + $0 }.joined(separator: "\n") }.joined(separator: ",\n") + "\n}"
        return result
    }

    /// The object as one paragraph.
    static func paragraph(_ object: JSONObject, width: Int) -> String {
        hung(WrappedText.filled(pieces(.object(object), room: width), room: width, breaksWords: false)).joined(
            separator: "\n")
    }

    private static let indent = 2

    private static func lines(of value: JSONValue, key: String, room: Int) -> [String] {
        if case .array(let elements) = value, elements.count > 1, elements.allSatisfy({ $0.object != nil }) {
            var lines = [key + "["]
            for (index, element) in elements.enumerated() {
                let ending = index == elements.count - 1 ? "]" : ","
                let parts = pieces(element, room: room, close: ending)
                lines += hung(WrappedText.filled(parts, room: room - indent, breaksWords: false)).map {
                    String(repeating: " ", count: indent) + $0
                }
            }
            return lines
        }
        return hung(WrappedText.filled(pieces(value, room: room, open: key), room: room, breaksWords: false))
    }

    private static func hung(_ lines: [String]) -> [String] {
        let space = String(repeating: " ", count: WrappedText.hanging)
        return lines.enumerated().map { $0 == 0 ? $1 : space + $1 }
    }

    /// The text of a value in parts that end with a comma, between which a line may end. What is short stays whole.
    private static func pieces(_ value: JSONValue, room: Int, open: String = "", close: String = "") -> [String] {
        let last = max(0, (value.object?.count ?? value.array?.count ?? 0) - 1)
        let parts: [String]
        switch value {
        case .object(let members) where !members.isEmpty:
            parts = members.enumerated().flatMap { index, member in
                pieces(
                    member.value, room: room, open: (index == 0 ? open + "{" : "") + quoted(member.key) + ": ",
                    close: index == last ? "}" + close : ",")
            }
        case .array(let elements) where !elements.isEmpty:
            parts = elements.enumerated().flatMap { index, element in
                pieces(
                    element, room: room, open: index == 0 ? open + "[" : "", close: index == last ? "]" + close : ",")
            }
        default: return [open + value.write(pretty: false) + close]
        }
        let whole = min(mostWhole, room / 2)
        guard parts.count <= whole / 3 else { return parts }
        let text = parts.joined(separator: " ")
        return DisplayWidth.of(text) <= whole + DisplayWidth.of(open) ? [text] : parts
    }

    /// Columns of a value that a line does not end within.
    private static let mostWhole = 56

    private static func quoted(_ key: String) -> String { JSONValue.string(key).write(pretty: false) }
}
