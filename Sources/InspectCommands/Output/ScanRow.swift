import ArgumentParser
import MLMInspect

/// What a list shows of a record, made by the worker that has it.
enum ScanRow: String, ExpressibleByArgument, CaseIterable {
    case table, csv, flat

    var row: RecordRow {
        switch self {
        case .table: RecordRow(rawValue) { RecordTable.cells($0).joined(separator: Self.separator) }
        case .csv: RecordRow(rawValue) { CSVTable.cells($0) }
        case .flat: RecordRow(rawValue) { FlatRecord.text($0) }
        }
    }

    /// Stands in no cell, since that is inert.
    static let separator = "\t"
}
