import MLMInspect
import ModelBytes
import ModelFormats

/// The one place where an error becomes a sentence: which file, what is wrong, where, and what to do.
enum ErrorText {
    /// Nil when the record is of a model.
    static func message(_ record: Record) -> String? {
        let path = TextStyle.inert(record.path)
        switch record.verdict {
        case .model: return nil
        case .failed:
            return record.error.map { message(record.path, $0) } ?? "\(path): failed"
        case .notAModel:
            let name = record.format?.name ?? "no model"
            let detail = record.findings?.first.map { "; \($0.message)" } ?? ""
            return TextStyle.inert("\(path): \(name), not a model (\(record.cause ?? "data"))\(detail)")
        case .unrecognised:
            let detail = record.findings?.first?.message ?? "mlm-inspect formats lists what is"
            return TextStyle.inert("\(path): not recognised as a model; \(detail)")
        }
    }

    static func message(_ path: String, _ error: Failure) -> String {
        TextStyle.inert("\(path): \(error.placed)\(advice(error.reason))")
    }

    private static func advice(_ reason: InspectionError.Reason) -> String {
        switch reason {
        case .truncated: "; the file is cut short: fetch it again"
        case .limit: "; if you trust the file, raise it with --limit NAME=VALUE"
        case .encrypted: "; decrypt it first"
        case .workerDied: "; please report it, with the file if you can"
        case .malformed, .unsupported, .unreadable, .notFound: ""
        }
    }
}
