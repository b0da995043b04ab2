import MLMInspect
import ModelFormats

/// What the report counts while its rows are written.
struct ReportTally {
    private(set) var artifacts = 0
    private(set) var bytes = 0
    private(set) var bytesRead = 0
    private(set) var standings: [ListVerdict: Int] = [:]
    private(set) var classes: [FileClass: Int] = [:]
    private(set) var formats: [String: Int] = [:]
    /// Models by the power of ten of their parameters.
    private(set) var magnitudes: [Int: Int] = [:]
    private(set) var models = 0
    /// Models that can be published as they are.
    private(set) var ready = 0
    /// How many models lack what, and why it is needed.
    private(set) var lacking: [String: (count: Int, need: ReportReadiness.Need)] = [:]

    mutating func add(_ record: Record, _ readiness: ReportReadiness?) {
        artifacts += 1
        bytes = Self.sum(bytes, record.size)
        bytesRead = Self.sum(bytesRead, record.bytesRead)
        standings[ListVerdict(record), default: 0] += 1
        classes[FileClass(record), default: 0] += 1
        if let format = record.format?.id { formats[format, default: 0] += 1 }
        guard record.verdict == .model else { return }
        models += 1
        if let total = record.facts?.parameters?.total {
            magnitudes[String(max(total, 0)).count - 1, default: 0] += 1
        }
        guard let readiness else { return }
        if readiness.needs.isEmpty { ready += 1 }
        for need in readiness.needs { lacking[need.field, default: (0, need)].count += 1 }
    }

    private static func sum(_ total: Int, _ more: Int?) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(more ?? 0)
        return overflow ? .max : sum
    }
}
