import MLMInspect
import ModelBytes
import ModelFormats

/// Turns an error into a sentence: which file, what is wrong, where, and what to do.
enum ErrorText {
    /// Nil if the record describes a model.
    static func message(_ record: Record) -> String? {
        let path = TextStyle.inert(record.path)
        switch record.verdict {
        case .model: return nil
        case .failed:
            return record.error.map { message(record.path, $0) } ?? "\(path): failed"
        case .notAModel:
            let detail = record.findings?.first?.message
            if record.isOfNoFormat, let detail {
                return TextStyle.inert("\(path): no model; \(detail)")
            }
            let kind = kind(record).map { $0 + ", " } ?? ""
            let verdict = "\(kind)not a model (\(record.cause ?? "data"))"
            return TextStyle.inert("\(path): \([verdict, detail].compactMap(\.self).joined(separator: "; "))")
        case .unrecognised:
            let detail = record.findings?.first?.message ?? "mlm-inspect formats lists the supported formats"
            let further = furtherCommand(record).map { "; run: \($0)" } ?? ""
            return TextStyle.inert("\(path): not recognised as a model; \(detail)\(further)")
        }
    }

    /// What shows the models in a folder that is none itself.
    static func furtherCommand(_ record: Record) -> String? {
        guard record.verdict == .unrecognised,
            record.findings?.contains(where: { $0.code == "format.directory" }) == true
        else { return nil }
        return "mlm-inspect scan \(record.path)"
    }

    /// The name of what is not a model, without saying that it is not; nil if the name says nothing else.
    private static func kind(_ record: Record) -> String? {
        guard let name = record.format?.name, name != "no model" else { return nil }
        let ending = ", no model"
        return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
    }

    static func message(_ path: String, _ error: Failure) -> String {
        TextStyle.inert("\(path): \(detail(error, path))")
    }

    /// What is wrong, where, and what to do.
    static func detail(_ error: Failure, _ path: String) -> String { error.placed + advice(error.reason, path) }

    private static func advice(_ reason: InspectionError.Reason, _ path: String) -> String {
        switch reason {
        case .truncated: "; the file is incomplete: download it again"
        case .limit: "; if you trust the file, raise the limit with --limit NAME=VALUE"
        case .encrypted: "; decrypt it first"
        case .workerDied: "; please report this, with the file if you can"
        case .notFound: PathAdvice.text(path)
        case .malformed, .unsupported, .unreadable: ""
        }
    }
}
