import MLMInspect

/// Records as rows of CSV (RFC 4180: lines end with CR LF), one artifact a row below a row of names.
enum CSVTable {
    static let lineBreak = "\r\n"

    static var header: String { line(CSVColumn.all.map(\.name)) + lineBreak }

    static func row(_ record: Record) -> String { cells(record) + lineBreak }

    /// A row without its line break.
    static func cells(_ record: Record) -> String { line(CSVColumn.all.map { $0.value(record) ?? "" }) }

    private static func line(_ cells: [String]) -> String { cells.map(CSVCell.encoded).joined(separator: ",") }
}
