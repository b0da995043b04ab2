import ArgumentParser
import MLMInspect

/// From which severity on a run ends with 1: itself and everything to its right.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case gap, note, warning
    case needsCode = "needs-code"
    case danger, never

    /// Whether something of this severity was found in the record.
    func isReached(by record: Record) -> Bool { isReached(by: record.concern) }

    func isReached(by concern: Attention) -> Bool {
        // Its words are those of the concerns; never is none of them.
        Attention(rawValue: rawValue).map { concern >= $0 } ?? false
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

extension Scan.Summary {
    /// As `Outcome.code`, of a scan; of one that was interrupted, what a shell says of the signal.
    func code(_ failOn: FailOn) -> Int32 {
        if let signal = interrupt { return 128 + Int32(signal) }
        if failOn.isReached(by: concern) { return 1 }
        if failures > 0 || problems > 0 { return 2 }
        return models == 0 ? 3 : 0
    }
}
