import MLMInspect
import ModelFormats

/// A record on one line, as `file` does it.
enum BriefText {
    static func line(_ record: Record, style: TextStyle) -> String {
        let overview = Overview(record)
        let name =
            switch record.verdict {
            case .unrecognised: "not recognised as a model"
            case .failed:
                "\(RecordText.failure(record)): \(record.error.map { ErrorText.detail($0, record.path) } ?? "")"
            case .notAModel where record.isOfNoFormat: ""
            case .model, .notAModel: record.format?.name ?? overview.format
            }
        let loading = record.loading.map { RecordText.verdict($0.verdict, style) }
        let parts = [
            name, record.verdict == .notAModel ? "not a model (\(record.cause ?? "data"))" : nil,
            record.facts?.architecture, overview.framework, overview.ports,
            overview.parameters.map { "\(NumberText.short($0)) parameters" },
        ].compactMap(\.self).filter { !$0.isEmpty }
        let text = TextStyle.inert(parts.joined(separator: ", "))
        return style.bold(TextStyle.inert(record.path)) + ": " + text + (loading.map { ", " + $1($0) } ?? "") + "\n"
    }
}
