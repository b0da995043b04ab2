import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON

/// Writes the records of a scan as they come.
struct ScanWriter {
    private let sink: Sink
    private let format: ScanFormat
    private let table: RecordTable
    private var array: JSONArrayWriter
    private var log = SARIFWriter()
    private let isPretty: Bool
    /// Whether all lines of NDJSON have the same keys and types.
    private let isFlat: Bool
    /// Whether the scan gives rows in place of records.
    private let givesRows: Bool
    private var waiting: [UInt8] = []

    init(
        _ sink: Sink, _ format: ScanFormat, style: TextStyle, isPretty: Bool, isFlat: Bool, givesRows: Bool,
        roots: [String]
    ) {
        self.sink = sink
        self.format = format
        table = RecordTable(width: sink.isTerminal ? TerminalWidth.of() : nil, style: style, roots: roots)
        self.isPretty = isPretty
        self.isFlat = isFlat
        self.givesRows = givesRows
        array = JSONArrayWriter(isArray: true, isPretty: isPretty)
        switch format {
        case .text: waiting = Array(table.header.utf8)
        case .csv: waiting = Array(CSVTable.header.utf8)
        case .sarif: waiting = Array(SARIFWriter.head.utf8)
        case .ndjson, .json: break
        }
    }

    mutating func write(_ record: ScannedRecord) throws {
        switch format {
        case .ndjson:
            waiting.append(contentsOf: isFlat && !givesRows ? try FlatRecord.line(record.record()) : record.line)
            waiting.append(0x0A)
        case .json: waiting.append(contentsOf: array.next(try JSONValue.parse(record.line)).utf8)
        case .text: waiting.append(contentsOf: try tableRow(record).utf8)
        case .csv: waiting.append(contentsOf: try csvRow(record).utf8)
        case .sarif: waiting.append(contentsOf: log.results(of: try record.record(), isMember: record.isMember).utf8)
        }
        if waiting.count >= 64 << 10 { try flush() }
    }

    private func tableRow(_ record: ScannedRecord) throws -> String {
        guard givesRows else { return table.row(try record.record()) }
        let cells = String(decoding: record.line, as: UTF8.self)
            .split(separator: ScanRow.separator, omittingEmptySubsequences: false)
        // A worker is not trusted more than what it inspects.
        return table.row(cells.map { TextStyle.inert(String($0)) }, of: record.fileClass)
    }

    private func csvRow(_ record: ScannedRecord) throws -> String {
        guard givesRows else { return CSVTable.row(try record.record()) }
        return TextStyle.inert(String(decoding: record.line, as: UTF8.self)) + CSVTable.lineBreak
    }

    /// Writes what has been collected.
    mutating func flush() throws {
        guard !waiting.isEmpty else { return }
        try sink.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func end() throws {
        switch format {
        case .json: waiting.append(contentsOf: array.end().utf8)
        case .sarif: waiting.append(contentsOf: log.end().utf8)
        case .text, .ndjson, .csv: break
        }
        try flush()
    }
}
