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
    /// The cell that is written.
    private var cell: [UInt8] = []

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
                if let value = column.value(row) { csv(value) }
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

    /// Nearly every name needs neither quotes nor an apostrophe.
    private mutating func csv(_ value: ListCell) {
        cell.removeAll(keepingCapacity: true)
        value.append(to: &cell)
        if cell.first.map(Self.isWordByte) ?? true, cell.allSatisfy({ Self.isWordByte($0) || $0 == UInt8(ascii: ".") })
        {
            waiting.append(contentsOf: cell)
        } else if case .numbers = value {
            waiting.append(UInt8(ascii: "\""))
            waiting.append(contentsOf: cell)
            waiting.append(UInt8(ascii: "\""))
        } else {
            put(CSVCell.encoded(value.words))
        }
    }

    /// Letters and digits of ASCII, and marks that mean nothing to a spreadsheet where they do not come first.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
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
            guard let value = column.value(row) else {
                pad(width)
                continue
            }
            cell.removeAll(keepingCapacity: true)
            value.append(to: &cell, grouped: column.isRight)
            var taken = cell.count
            // What is printable ASCII is as wide as it is long, and nothing in it has to be escaped.
            if !cell.allSatisfy({ (0x20..<0x7F).contains($0) }) || isFitted && taken > width {
                let text = TextStyle.inert(String(decoding: cell, as: UTF8.self))
                let shown = isFitted ? FittedText.middle(text, width) : text
                taken = DisplayWidth.of(shown)
                cell = Array(shown.utf8)
            }
            let space = max(0, width - taken)
            if column.isRight { pad(space) }
            waiting.append(contentsOf: cell)
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
