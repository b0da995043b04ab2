import ArgumentParser
import MLMInspect

/// From which severity on a run ends with 1: itself and everything to its right.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case gap, note, warning
    case needsCode = "needs-code"
    case danger, never

    /// Whether this is what a record asks of a person, or less.
    func isReached(by concern: Attention) -> Bool {
        // Its words are those of the concerns; never is none of them.
        Attention(rawValue: rawValue).map { concern >= $0 } ?? false
    }
}

/// What a run came to, and the one place that makes an exit code of it: 1 before 2 before 3 before 0.
struct Outcome {
    private var concern = Attention.none
    private var hasFailure = false
    private(set) var hasModel = false
    private let failOn: FailOn

    init(failOn: FailOn) { self.failOn = failOn }

    mutating func add(_ record: Record) {
        concern = max(concern, record.concern)
        if record.verdict == .failed { hasFailure = true }
        if record.verdict == .model { hasModel = true }
    }

    var code: Int32 {
        if failOn.isReached(by: concern) { return 1 }
        if hasFailure { return 2 }
        return hasModel ? 0 : 3
    }
}

extension Scan.Summary {
    /// As `Outcome.code`, of a scan; of one that was interrupted, what a shell says of the signal.
    func code(_ failOn: FailOn) -> Int32 {
        if let signal = interrupt { return 128 + Int32(signal) }
        return Outcome(self, failOn: failOn).code
    }
}

extension Outcome {
    fileprivate init(_ summary: Scan.Summary, failOn: FailOn) {
        self.failOn = failOn
        concern = summary.concern
        hasFailure = summary.failures > 0 || summary.problems > 0
        hasModel = summary.models > 0
    }
}
