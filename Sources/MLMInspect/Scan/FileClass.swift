import ModelFormats

/// Where an artifact goes in the account of a scan: each is of exactly one class, the worst that holds.
public enum FileClass: String, CaseIterable, Sendable {
    /// Names something that is known to run commands or reach the system, be it a model or not.
    case dangerous
    /// Could not be read to its end.
    case failed
    /// A model, by what loading it takes.
    case incomplete
    /// A model whose loading runs code that is not known to be harmless.
    case needsCode = "needs-code"
    /// A model that loads with what its framework itself allows as data.
    case dataOnly = "data-only"
    /// A model of which that is not known.
    case model
    /// What stands in place of a file that was not fetched.
    case pointer = "git-lfs-pointer"
    /// An HTML page in place of the model, usually an error or a login page.
    case page = "html"
    /// A file of zero bytes.
    case empty
    /// Recognised as something that is no model.
    case other
    /// No format recognised it.
    case unrecognised

    /// The class of the artifact that a record describes.
    public init(_ record: Record) {
        if record.concern == .danger {
            self = .dangerous
            return
        }
        switch record.verdict {
        case .failed: self = .failed
        case .unrecognised: self = .unrecognised
        case .model:
            switch record.loading?.verdict {
            case .incomplete: self = .incomplete
            case .needsCode: self = .needsCode
            case .dataOnly: self = .dataOnly
            case .dangerous: self = .dangerous
            case nil: self = .model
            }
        case .notAModel:
            self = record.isOfNoFormat ? record.cause.flatMap(Self.standIn) ?? .other : .other
        }
    }

    /// The classes of models.
    public static let models: [FileClass] = [.dataOnly, .needsCode, .incomplete, .model]

    /// Whether it holds the place of something else.
    public var isStandIn: Bool { self == .pointer || self == .page || self == .empty }

    private static func standIn(_ cause: String) -> FileClass? {
        FileClass(rawValue: cause).flatMap { $0.isStandIn ? $0 : nil }
    }
}

extension Record {
    /// Whether it is named for what it is, and is of no format that models have.
    package var isOfNoFormat: Bool { format?.id == FormatIdentity.notAModel }
}
