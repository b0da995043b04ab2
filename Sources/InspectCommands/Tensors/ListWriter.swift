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
    private var waiting = LineBytes()

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
            waiting.append(heading + "\n")
        case .csv: waiting.append(columns.map { CSVCell.encoded($0.name) }.joined(separator: ",") + CSVTable.lineBreak)
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
            waiting.append(CSVTable.lineBreak)
        case .ndjson:
            waiting.append(UInt8(ascii: "{"))
            var isFirst = true
            for (column, _) in columns {
                guard let cell = column.value(row) else { continue }
                if !isFirst { waiting.append(UInt8(ascii: ",")) }
                isFirst = false
                waiting.append(column.key)
                cell.write(to: &waiting)
            }
            waiting.append(UInt8(ascii: "}"))
            waiting.append(0x0A)
        }
        if waiting.count >= Self.piece { try flush() }
    }

    private mutating func csv(_ value: ListCell) {
        let start = waiting.count
        switch value {
        case .number(let number) where number >= 0: waiting.append(decimal: number)
        case .numbers:
            waiting.append(UInt8(ascii: "\""))
            value.append(to: &waiting)
            waiting.append(UInt8(ascii: "\""))
        case .text, .texts, .number:
            value.append(to: &waiting)
            // Nearly every name needs neither quotes nor an apostrophe.
            if waiting.count == start || Self.isWordByte(waiting.bytes[start]),
                waiting.allSatisfy(from: start, { Self.isWordByte($0) || $0 == UInt8(ascii: ".") })
            {
                return
            }
            let text = waiting.text(from: start)
            waiting.cut(to: start)
            waiting.append(CSVCell.encoded(text))
        }
    }

    /// Letters and digits of ASCII, and marks that mean nothing to a spreadsheet where they do not come first.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
    }

    /// Writes what is left.
    mutating func flush() throws {
        guard waiting.count > 0 else { return }
        try sink.write(waiting.bytes)
        waiting.removeAll()
    }

    private mutating func line(of row: Row) {
        // Spaces that only stand before something: a line ends with none.
        var owed = 0
        for (position, (column, width)) in columns.enumerated() {
            if position > 0 { owed += Self.gap }
            if let value = column.value(row) {
                owed = put(value, width: width, isRight: column.isRight, after: owed)
            } else {
                owed += width
            }
        }
        waiting.append(0x0A)
    }

    /// Puts a value after so many spaces; returns how many there are to be after it.
    private mutating func put(_ value: ListCell, width: Int, isRight: Bool, after owed: Int) -> Int {
        if isRight, case .number(let number) = value {
            let taken = LineBytes.width(ofGrouped: number)
            if !isFitted || taken <= width {
                waiting.pad(owed + max(0, width - taken))
                waiting.append(decimal: number, grouped: true)
                return 0
            }
        }
        let before = waiting.count
        waiting.pad(owed)
        let start = waiting.count
        value.append(to: &waiting, grouped: isRight)
        let taken = waiting.count - start
        // What is printable ASCII is as wide as it is long, and nothing in it has to be escaped.
        let isPlain = value.isPlain || waiting.allSatisfy(from: start) { (0x20..<0x7F).contains($0) }
        if isPlain, !isRight, taken > 0, !isFitted || taken <= width { return max(0, width - taken) }
        let text = TextStyle.inert(waiting.text(from: start))
        let shown = isFitted ? FittedText.middle(text, width) : text
        let space = max(0, width - DisplayWidth.of(shown))
        waiting.cut(to: before)
        guard !shown.isEmpty else { return owed + space }
        waiting.pad(owed + (isRight ? space : 0))
        waiting.append(shown)
        return isRight ? 0 : space
    }
}
