import ArgumentParser
import MLMDraft
import MLMInspect
import ModelFormats

/// From which severity on a run ends with 1: itself and everything to its right.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case gap, note, warning
    case needsCode = "needs-code"
    case danger, never

    /// Whether something of this severity was found in the record.
    func isReached(by record: Record) -> Bool {
        guard self != .never else { return false }
        return Self.severities(of: record).contains { $0.order >= order }
    }

    private static func severities(of record: Record) -> [FailOn] {
        var all: [FailOn] = (record.findings ?? []).map { finding in
            switch finding.severity {
            case .note: .note
            case .warning: .warning
            case .danger: .danger
            }
        }
        switch record.loading?.verdict {
        case .dangerous: all.append(.danger)
        case .needsCode, .incomplete: all.append(.needsCode)
        case .dataOnly, nil: break
        }
        if record.draft?.gaps.isEmpty == false { all.append(.gap) }
        return all
    }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
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
