import ArgumentParser

/// `-f` of a list.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, ndjson, csv
}

/// Writes a list row by row, as a table, as NDJSON or as CSV; none is kept.
struct ListWriter<Row> {
    private let sink: Sink
    private let format: ListFormat
    /// With their widths in the table.
    private let columns: [(column: ListColumn<Row>, width: Int)]
    private let style: TextStyle
    private let isFitted: Bool
    private var waiting: [UInt8] = []

    /// So many bytes are written at once.
    private static var piece: Int { 64 << 10 }

    /// `columns` from left to right; the first of them gets what room there is, and the last do without when there is none.
    /// `width` is that of the terminal; nil when the output goes elsewhere, where nothing is shortened.
    init(_ sink: Sink, _ format: ListFormat, _ columns: [ListColumn<Row>], style: TextStyle, width: Int?) {
        self.sink = sink
        self.format = format
        self.style = style
        isFitted = width != nil
        self.columns = format == .text ? Self.fitting(columns, width ?? 160) : columns.map { ($0, 0) }
        switch format {
        case .text:
            let titles = self.columns.map { column, width in
                style.bold(FittedText.padded(FittedText.start(column.title, width), to: width, isRight: column.isRight))
            }
            var heading = titles.joined(separator: String(repeating: " ", count: Self.gap))
            while heading.last == " " { heading.removeLast() }
            put(heading + "\n")
        case .csv: put(columns.map { CSVCell.encoded($0.name) }.joined(separator: ",") + CSVTable.lineBreak)
        case .ndjson: break
        }
    }

    private static func fitting(
        _ columns: [ListColumn<Row>], _ width: Int
    ) -> [(column: ListColumn<Row>, width: Int)] {
        var fitting: [(column: ListColumn<Row>, width: Int)] = []
        var left = width
        for column in columns {
            let needed = column.width + (fitting.isEmpty ? 0 : gap)
            guard fitting.isEmpty || needed <= left else { break }
            fitting.append((column, min(column.width, width)))
            left -= needed
        }
        fitting[0].width += max(0, left)
        return fitting
    }

    private static var gap: Int { 2 }

    mutating func write(_ row: Row) throws {
        switch format {
        case .text: line(of: row)
        case .csv:
            for (position, (column, _)) in columns.enumerated() {
                if position > 0 { waiting.append(UInt8(ascii: ",")) }
                if let cell = column.value(row) { put(Self.csv(cell)) }
            }
            put(CSVTable.lineBreak)
        case .ndjson:
            waiting.append(UInt8(ascii: "{"))
            var isFirst = true
            for (column, _) in columns {
                guard let cell = column.value(row) else { continue }
                if !isFirst { waiting.append(UInt8(ascii: ",")) }
                isFirst = false
                waiting.append(contentsOf: column.key)
                cell.write(to: &waiting)
            }
            waiting.append(contentsOf: [UInt8(ascii: "}"), 0x0A])
        }
        if waiting.count >= Self.piece { try flush() }
    }

    /// What is no text needs no more than quotes around its commas; a number below zero would be a formula.
    private static func csv(_ cell: ListCell) -> String {
        switch cell {
        case .number(let number) where number >= 0: String(number)
        default: CSVCell.encoded(cell.words)
        }
    }

    /// Writes what is left.
    mutating func flush() throws {
        guard !waiting.isEmpty else { return }
        try sink.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    private mutating func line(of row: Row) {
        let start = waiting.count
        for (position, (column, width)) in columns.enumerated() {
            if position > 0 { pad(Self.gap) }
            let text = TextStyle.inert(column.text(row))
            let shown = isFitted ? FittedText.middle(text, width) : text
            let space = max(0, width - DisplayWidth.of(shown))
            if column.isRight { pad(space) }
            put(shown)
            if !column.isRight { pad(space) }
        }
        while waiting.count > start, waiting.last == UInt8(ascii: " ") { waiting.removeLast() }
        put("\n")
    }

    private mutating func pad(_ count: Int) {
        waiting.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }

    private mutating func put(_ text: String) { waiting.append(contentsOf: text.utf8) }
}
