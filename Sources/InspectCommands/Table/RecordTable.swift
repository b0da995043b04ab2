import MLMInspect

/// Records as rows of a table, each written as soon as it is known: the columns are fixed before the first row, by the
/// width of the terminal alone.
struct RecordTable {
    private let style: TextStyle
    private let columns: [(column: Column, width: Int)]
    /// Without a terminal nothing is shortened, because another program reads it.
    private let isFitted: Bool

    /// What all paths begin with, which a terminal is not shown again and again; empty if nothing.
    private let prefix: String

    /// `width` is that of the terminal; nil when the output goes elsewhere. `roots` are what is scanned.
    init(width: Int?, style: TextStyle, roots: [String] = []) {
        self.style = style
        isFitted = width != nil
        prefix = isFitted ? TextStyle.inert(CommonFolder.of(roots)) : ""
        columns = Column.fitting(width ?? Self.usualWidth)
    }

    private static let usualWidth = 160

    var header: String {
        line { column, width in
            let below = column == .path && !prefix.isEmpty ? " below " + prefix.dropLast() : ""
            let title = FittedText.start(column.title + below, width)
            return style.bold(FittedText.padded(title, to: width, isRight: column.isRight))
        }
    }

    func row(_ record: Record) -> String { row(Self.cells(record), of: FileClass(record)) }

    /// The texts of all columns, which nothing in an artifact can break.
    static func cells(_ record: Record) -> [String] {
        let overview = Overview(record)
        return Column.allCases.map { TextStyle.inert($0.text(overview, record)) }
    }

    /// The row of these cells, those of all columns.
    func row(_ cells: [String], of fileClass: FileClass) -> String {
        line { column, width in
            let cell = cells.indices.contains(column.index) ? cells[column.index] : ""
            let text = column == .path ? path(cell) : cell
            let padded = FittedText.padded(fitted(text, width, column), to: width, isRight: column.isRight)
            return paint(padded, fileClass, column)
        }
    }

    /// Without what all of them begin with.
    private func path(_ path: String) -> String {
        path.hasPrefix(prefix) && path.utf8.count > prefix.utf8.count ? String(path.dropFirst(prefix.count)) : path
    }

    private func fitted(_ text: String, _ width: Int, _ column: Column) -> String {
        guard isFitted else { return text }
        return column == .path ? FittedText.middle(text, width) : FittedText.start(text, width)
    }

    private func paint(_ cell: String, _ fileClass: FileClass, _ column: Column) -> String {
        switch fileClass {
        case .dangerous, .failed: column == .verdict ? style.red(cell) : cell
        case .needsCode, .incomplete, .pointer, .page, .empty: column == .verdict ? style.yellow(cell) : cell
        case .dataOnly, .model: column == .verdict ? style.green(cell) : cell
        // A file that is not a model is dimmed, but legible.
        case .other, .unrecognised: column == .path ? cell : style.dim(cell)
        }
    }

    private func line(_ cell: (Column, Int) -> String) -> String {
        var text = columns.map { cell($0.column, $0.width) }.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }
}

extension RecordTable {
    /// From left to right.
    enum Column: CaseIterable {
        case path, format, framework, ports, parameters, verdict, gaps

        var title: String {
            switch self {
            case .path: "PATH"
            case .format: "FORMAT"
            case .framework: "FRAMEWORK"
            case .ports: "INPUTS → OUTPUTS"
            case .parameters: "PARAMS"
            case .verdict: "VERDICT"
            case .gaps: "MISSING"
            }
        }

        /// Where its cell is among those of all columns.
        var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        var isRight: Bool { self == .parameters || self == .gaps }

        func text(_ overview: Overview, _ record: Record) -> String {
            switch self {
            case .path: record.path
            case .format: overview.format
            case .framework: overview.framework
            // An artifact without ports shows why it is not a model, or what went wrong.
            case .ports: overview.ports.isEmpty ? overview.reason ?? "" : overview.ports
            case .parameters: overview.parameters.map(NumberText.short) ?? ""
            case .verdict: overview.verdict
            case .gaps: overview.gaps.map(String.init) ?? ""
            }
        }

        /// The smallest useful width.
        private var least: Int {
            switch self {
            case .path: 24
            case .format, .framework: 18
            case .ports: 28
            case .parameters: 6
            case .verdict: 14
            case .gaps: 7
            }
        }

        /// The most important first. The last are dropped first.
        private static let byImportance: [Column] = [.path, .verdict, .format, .parameters, .gaps, .framework, .ports]
        private static let gap = 2

        /// The columns that fit into `width`. Spare room goes to the path first, then is shared.
        static func fitting(_ width: Int) -> [(column: Column, width: Int)] {
            var widths: [Column: Int] = [.path: min(Self.path.least, max(1, width))]
            var left = width - (widths[.path] ?? 0)
            for column in byImportance.dropFirst() {
                guard left >= column.least + gap else { break }
                widths[column] = column.least
                left -= column.least + gap
            }
            if let ports = widths[.ports] {
                let share = max(0, min(left, 16)) + max(0, left - 16) / 2
                widths[.ports] = ports + left - share
                left = share
            }
            widths[.path, default: 0] += max(0, left)
            return allCases.compactMap { column in widths[column].map { (column, $0) } }
        }
    }
}
