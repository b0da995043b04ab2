import ArgumentParser
import ModelJSON

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
            put(Self.line(titles))
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
        case .text: put(Self.line(columns.map { cell($0, $1, row) }))
        case .csv:
            let cells = columns.map { CSVCell.encoded($0.column.words(row)) }
            put(cells.joined(separator: ",") + CSVTable.lineBreak)
        case .ndjson:
            let members = columns.compactMap { column, _ in column.value(row).map { (column.name, $0) } }
            waiting += JSONValue.object(JSONObject(members)).bytes(pretty: false)
            waiting.append(0x0A)
        }
        if waiting.count >= Self.piece { try flush() }
    }

    /// Writes what is left.
    mutating func flush() throws {
        guard !waiting.isEmpty else { return }
        try sink.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    private func cell(_ column: ListColumn<Row>, _ width: Int, _ row: Row) -> String {
        let text = TextStyle.inert(column.text(row))
        let shown = isFitted ? FittedText.middle(text, width) : text
        return FittedText.padded(shown, to: width, isRight: column.isRight)
    }

    private mutating func put(_ text: String) { waiting.append(contentsOf: text.utf8) }

    private static func line(_ cells: [String]) -> String {
        var text = cells.joined(separator: String(repeating: " ", count: gap))
        while text.last == " " { text.removeLast() }
        return text + "\n"
    }
}
