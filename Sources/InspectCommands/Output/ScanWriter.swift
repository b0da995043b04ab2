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
    private let isPretty: Bool
    private var waiting: [UInt8] = []

    init(_ sink: Sink, _ format: ScanFormat, style: TextStyle, isPretty: Bool) {
        self.sink = sink
        self.format = format
        table = RecordTable(width: sink.isTerminal ? TerminalWidth.of() : nil, style: style)
        self.isPretty = isPretty
        array = JSONArrayWriter(isArray: true, isPretty: isPretty)
        switch format {
        case .text: waiting = Array(table.header.utf8)
        case .csv: waiting = Array(CSVTable.header.utf8)
        case .ndjson, .json: break
        }
    }

    mutating func write(_ record: ScannedRecord) throws {
        switch format {
        case .ndjson:
            waiting.append(contentsOf: record.line)
            waiting.append(0x0A)
        case .json: waiting.append(contentsOf: array.next(try JSONValue.parse(record.line)).utf8)
        case .text: waiting.append(contentsOf: table.row(try record.record()).utf8)
        case .csv: waiting.append(contentsOf: CSVTable.row(try record.record()).utf8)
        }
        if waiting.count >= 64 << 10 { try flush() }
    }

    /// Writes what has been collected.
    mutating func flush() throws {
        guard !waiting.isEmpty else { return }
        try sink.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func end() throws {
        if format == .json { waiting.append(contentsOf: array.end().utf8) }
        try flush()
    }
}

/// The summary of a scan, on one line.
enum ScanSummary {
    static func text(_ summary: Scan.Summary, time: Duration) -> String {
        func count(_ number: Int, _ one: String, _ many: String) -> String {
            "\(NumberText.grouped(number)) \(number == 1 ? one : many)"
        }
        var parts = [
            count(summary.artifacts, "artifact", "artifacts"), count(summary.models, "model", "models"),
            count(summary.failures, "failure", "failures"), "\(NumberText.grouped(summary.dangerous)) dangerous",
        ]
        if summary.problems > 0 {
            parts.append("\(count(summary.problems, "place", "places")) that could not be walked")
        }
        if summary.resumed > 0 { parts.append("\(NumberText.grouped(summary.resumed)) taken over") }
        let seconds = (time / .milliseconds(10)).rounded() / 100
        parts.append("\(NumberText.bytes(summary.bytesRead)) read")
        parts.append("\(seconds) s")
        if let fence = summary.fence { parts.append(fence.isWhole ? "fenced" : "fence: \(fence)") }
        let interrupted = summary.interrupt == nil ? "" : "interrupted: "
        return "mlm-inspect: \(interrupted)\(parts.joined(separator: ", "))\n"
    }
}
