import ModelBytes

/// What is given of each record in place of its JSON. Whoever has the record at hand makes it, which is a worker mostly: then
/// nobody has to decode a record only to print a few words of it.
package struct RecordRow: Sendable {
    /// What a worker is told to make, as `worker --row`.
    package let name: String
    /// One line, without its end; never empty.
    package let text: @Sendable (Record) -> String

    /// Creates a row.
    package init(_ name: String, text: @escaping @Sendable (Record) -> String) {
        self.name = name
        self.text = text
    }
}

extension ScannedRecord {
    /// The same with a row in place of the JSON, if one is wanted.
    func showing(_ row: RecordRow?, of record: Record) -> ScannedRecord {
        row.map { with(Array($0.text(record).utf8)) } ?? self
    }

    /// A failure that no worker has told.
    static func failed(_ path: String, _ error: InspectionError, row: RecordRow?) -> ScannedRecord {
        var record = Record(path: path, verdict: .failed)
        record.error = Failure(error)
        return ScannedRecord(failed: path, error).showing(row, of: record)
    }
}
