import MLMInspect
import ModelJSON

/// A line of `-f ndjson --flat`.
enum FlatRecord {
    static func line(_ record: Record) throws -> [UInt8] {
        let line = try JSONValueEncoder().line(record)
        return FlatShape.record.flat(try JSONValue.parse(line)).bytes(pretty: false)
    }

    /// A record that cannot be written is a failure that says so, as in a scan.
    static func text(_ record: Record) -> String {
        if let line = try? line(record) { return String(decoding: line, as: UTF8.self) }
        let failure: JSONValue = [
            "schema": .string(Record.schema), "path": .string(record.path), "verdict": "failed",
            "error": ["reason": "unsupported", "message": "its record cannot be written"],
        ]
        return FlatShape.record.flat(failure).write(pretty: false)
    }
}
