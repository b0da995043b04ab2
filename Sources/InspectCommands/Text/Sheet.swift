/// Rows of a title and a text, and blocks below them; long texts are wrapped beside their title.
struct Sheet {
    private let style: TextStyle
    private(set) var text = ""
    private var lastTitle = ""
    private static let column = 14
    private static let width = 120

    init(style: TextStyle) { self.style = style }

    mutating func title(_ title: String) { text += style.bold(title) + "\n" }

    /// A row; with `continues` the title is not repeated on rows that follow each other. `paint` colours the text once
    /// it is wrapped.
    mutating func row(
        _ title: String, _ value: String, continues: Bool = false, paint: (String) -> String = { $0 }
    ) {
        let shown = continues && title == lastTitle ? "" : title
        let padding = String(repeating: " ", count: max(1, Self.column - shown.count))
        let lines = Self.wrapped(value)
        text += "  \(style.dim(shown))\(padding)\(paint(lines[0]))\n"
        let indent = String(repeating: " ", count: Self.column + 4)
        for line in lines.dropFirst() { text += indent + paint(line) + "\n" }
        lastTitle = title
    }

    mutating func block(_ title: String, _ body: String) {
        text += "\n\(style.bold(title))\n\(body)\n"
    }

    /// `value` in lines that fit beside the title, broken at spaces; never empty.
    private static func wrapped(_ value: String) -> [String] {
        let room = width - column - 4
        guard value.count > room else { return [value] }
        var lines: [String] = []
        var line = ""
        for word in value.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.count + 1 + word.count > room {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        lines.append(line)
        return lines
    }
}
