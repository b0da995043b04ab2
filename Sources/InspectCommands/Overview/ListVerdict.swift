import MLMInspect
import ModelFormats

/// What a list says of an artifact in a word or two, the worst first.
enum ListVerdict: String, CaseIterable, Sendable {
    case dangerous
    case failed
    case incomplete
    case needsCode = "needs code"
    case model
    case notAModel = "not a model"
    case unrecognised = "not recognised"

    /// Danger comes before everything else: what is no model can still run code when it is loaded.
    init(_ record: Record) {
        let isDangerous =
            record.loading?.verdict == .dangerous || record.findings?.contains { $0.severity == .danger } == true
        self =
            switch (record.verdict, record.loading?.verdict) {
            case _ where isDangerous: .dangerous
            case (.failed, _): .failed
            case (.notAModel, _): .notAModel
            case (.unrecognised, _): .unrecognised
            case (.model, .incomplete): .incomplete
            case (.model, .needsCode): .needsCode
            case (.model, _): .model
            }
    }

    /// Someone has to look at it.
    var isUrgent: Bool { self == .dangerous || self == .failed }

    /// 0 is the worst.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
