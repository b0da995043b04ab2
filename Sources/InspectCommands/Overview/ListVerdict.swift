import MLMInspect

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
    init(_ record: Record) { self.init(FileClass(record)) }

    init(_ fileClass: FileClass) {
        self =
            switch fileClass {
            case .dangerous: .dangerous
            case .failed: .failed
            case .incomplete: .incomplete
            case .needsCode: .needsCode
            case .dataOnly, .model: .model
            case .pointer, .page, .empty, .other: .notAModel
            case .unrecognised: .unrecognised
            }
    }

    /// 0 is the worst.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
