import ArgumentParser
import MLMInspect

/// The lowest severity at which a run exits with 1.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case gap, note, warning
    case needsCode = "needs-code"
    case danger, never

    /// Whether this is what a record asks of a person, or less.
    func isReached(by concern: Attention) -> Bool {
        // The names are those of `Attention`, which has no `never`.
        Attention(rawValue: rawValue).map { concern >= $0 } ?? false
    }
}

/// The exit code of a run. If several apply, the order is 1, 2, 3, 0.
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
    /// The exit code of a scan. If it was interrupted, 128 plus the signal, as a shell reports it.
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
