import ArgumentParser
import MLMInspect

/// From which severity on a run ends with 1: itself and everything to its right.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case gap, note, warning
    case needsCode = "needs-code"
    case danger, never

    /// Whether something of this severity was found in the record.
    func isReached(by record: Record) -> Bool { isReached(by: record.concern) }

    func isReached(by concern: Concern) -> Bool {
        switch self {
        case .gap: concern >= .gap
        case .note: concern >= .note
        case .warning: concern >= .warning
        case .needsCode: concern >= .needsCode
        case .danger: concern >= .danger
        case .never: false
        }
    }
}

/// The exit code of a run: 1 before 2 before 3 before 0.
struct Outcome {
    private var isFound = false
    private var isFailed = false
    private var models = 0

    mutating func add(_ record: Record, failOn: FailOn) {
        if failOn.isReached(by: record) { isFound = true }
        if record.verdict == .failed { isFailed = true }
        if record.verdict == .model { models += 1 }
    }

    var hasModel: Bool { models > 0 }

    var code: Int32 {
        if isFound { return 1 }
        if isFailed { return 2 }
        return models == 0 ? 3 : 0
    }
}
