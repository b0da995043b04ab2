/// Rows of a title and a text, and blocks below them, for a terminal of some width. Texts are wrapped beside their title,
/// and below it where the terminal is too narrow for that.
struct Sheet {
    /// How a text may be broken.
    enum Breaking { case words, call, command }

    let style: TextStyle
    /// Columns of the terminal.
    let width: Int
    /// How many lines a text may take on a terminal of the usual width; nil for as many as it needs.
    let mostLines: Int?
    private(set) var text = ""
    private var lastTitle = ""

    private static let usualWidth = 80
    private static let column = 16
    private static let narrowIndent = 4
    /// The least room for a text beside its title.
    private static let leastRoom = 24

    init(style: TextStyle, width: Int, mostLines: Int?) {
        self.style = style
        self.width = width
        // On a narrow terminal the same text takes more of them.
        self.mostLines = mostLines.map { max($0, $0 * Self.usualWidth / max(1, width)) }
    }

    private var isNarrow: Bool { width - Self.column < Self.leastRoom }
    private var indent: Int { isNarrow ? Self.narrowIndent : Self.column }

    /// Columns for a text beside its title.
    var room: Int { max(1, width - indent) }

    /// As many of the names as fit the lines of a row; of `count` in all the others are counted.
    func fitting(_ names: [String], of count: Int) -> String {
        func lines(_ text: String) -> Int { WrappedText.words(text, room: room).count }
        let all = names.joined(separator: ", ")
        guard let mostLines else { return all }
        if count == names.count, lines(all) <= mostLines { return all }
        for shown in stride(from: min(names.count, count - 1), to: 1, by: -1) {
            let text = "\(names.prefix(shown).joined(separator: ", ")), \(NameList.more(count - shown))"
            if lines(text) < mostLines { return text }
        }
        return (names.prefix(1) + (count > 1 ? [NameList.more(count - 1)] : [])).joined(separator: ", ")
    }

    mutating func title(_ title: String) {
        let lines = WrappedText.cut(WrappedText.words(title, room: width), to: mostLines, room: width)
        put(lines, indent: 0, paint: style.bold)
    }

    /// A row; with `continues` the title is not repeated on rows that follow each other. `ending` stands on one line.
    /// `paint` colours the text once it is wrapped. A call or command is never cut.
    mutating func row(
        _ title: String, _ value: String, continues: Bool = false, ending: String? = nil, breaking: Breaking = .words,
        paint: (String) -> String = { $0 }
    ) {
        let shown = continues && title == lastTitle ? "" : title
        lastTitle = title
        let lines =
            switch breaking {
            case .words:
                WrappedText.cut(WrappedText.words(value, ending: ending, room: room), to: mostLines, room: room)
            case .call: WrappedText.call(value, room: room)
            case .command: WrappedText.command(value, room: room)
            }
        if isNarrow {
            if !shown.isEmpty { text += "  \(style.dim(shown))\n" }
            put(lines, indent: indent, paint: paint)
        } else {
            let padding = String(repeating: " ", count: max(1, Self.column - 2 - DisplayWidth.of(shown)))
            text += "  \(style.dim(shown))\(padding)\(paint(lines[0]))\n"
            put(lines.dropFirst(), indent: indent + WrappedText.hanging, hanging: 0, paint: paint)
        }
    }

    /// Lines below everything else, as they are.
    mutating func block(_ title: String, _ body: String) {
        text += "\n"
        put(WrappedText.words(title, room: width), indent: 0, paint: style.bold)
        text += body + "\n"
    }

    /// A remark in the manner of a block's title.
    mutating func remark(_ remark: String) {
        put(WrappedText.words(remark, room: width), indent: 0, paint: style.yellow)
    }

    private mutating func put(
        _ lines: some Collection<String>, indent: Int, hanging: Int = WrappedText.hanging, paint: (String) -> String
    ) {
        for (index, line) in lines.enumerated() {
            text += String(repeating: " ", count: indent + (index == 0 ? 0 : hanging)) + paint(line) + "\n"
        }
    }
}
