import MLMInspect

/// Records as rows of a table, each written as soon as it is known: the columns are fixed before the first row, by the
/// width of the terminal alone.
struct RecordTable {
    private let style: TextStyle
    private let columns: [(column: Column, width: Int)]
    /// Without a terminal nothing is shortened: another program reads it.
    private let isFitted: Bool

    /// `width` is that of the terminal; nil when the output goes elsewhere.
    init(width: Int?, style: TextStyle) {
        self.style = style
        isFitted = width != nil
        columns = Column.fitting(width ?? Self.usualWidth)
    }

    private static let usualWidth = 160

    var header: String {
        line { column, width in
            style.bold(FittedText.padded(FittedText.start(column.title, width), to: width, isRight: column.isRight))
        }
    }

    func row(_ record: Record) -> String {
        let overview = Overview(record)
        return line { column, width in
            let text = TextStyle.inert(column.text(overview, record))
            let cell = FittedText.padded(fitted(text, width, column), to: width, isRight: column.isRight)
            return paint(cell, overview.standing, column)
        }
    }

    private func fitted(_ text: String, _ width: Int, _ column: Column) -> String {
        guard isFitted else { return text }
        return column == .path ? FittedText.middle(text, width) : FittedText.start(text, width)
    }

    private func paint(_ cell: String, _ standing: ListVerdict, _ column: Column) -> String {
        switch standing {
        case .dangerous, .failed: column == .verdict ? style.red(cell) : cell
        case .needsCode, .incomplete: column == .verdict ? style.yellow(cell) : cell
        case .model: column == .verdict ? style.green(cell) : cell
        // What is no model stays in the background, but its name can be read.
        case .notAModel, .unrecognised: column == .path ? cell : style.dim(cell)
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

        var isRight: Bool { self == .parameters || self == .gaps }

        func text(_ overview: Overview, _ record: Record) -> String {
            switch self {
            case .path: record.path
            case .format: overview.format
            case .framework: overview.framework
            // An artifact without ports shows why it is not a model, or what went wrong.
            case .ports: overview.ports.isEmpty ? overview.reason ?? "" : overview.ports
            case .parameters: overview.parameters.map(Number.short) ?? ""
            case .verdict: overview.standing.rawValue
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
