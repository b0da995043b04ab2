import MLMInspect
import ModelFormats

/// The verdict on an artifact in a list, the worst first.
enum ListVerdict: String, CaseIterable, Sendable {
    case dangerous
    case failed
    case incomplete
    case needsCode = "needs code"
    case model
    case notAModel = "not a model"
    case unrecognised = "not recognised"

    /// Danger comes first: a file that is not a model can still run code when it is loaded.
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

    /// Whether somebody must look at it.
    var isUrgent: Bool { self == .dangerous || self == .failed }

    /// 0 is the worst.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
