import MLMInspect
import ModelFormats

/// What the report counts while its rows are written.
struct ReportTally {
    private(set) var artifacts = 0
    private(set) var bytes = 0
    private(set) var bytesRead = 0
    private(set) var standings: [ListVerdict: Int] = [:]
    private(set) var formats: [String: Int] = [:]
    /// Models by the power of ten of their parameters.
    private(set) var magnitudes: [Int: Int] = [:]
    private(set) var cards = 0
    private var commonCards = 0

    /// Counts a record; whether it gets a card.
    mutating func add(_ record: Record) -> Bool {
        let standing = ListVerdict(record)
        artifacts += 1
        bytes = Self.sum(bytes, record.size)
        bytesRead = Self.sum(bytesRead, record.bytesRead)
        standings[standing, default: 0] += 1
        if let format = record.format?.id { formats[format, default: 0] += 1 }
        if let total = record.facts?.parameters?.total, record.verdict == .model {
            magnitudes[String(max(total, 0)).count - 1, default: 0] += 1
        }
        return takesCard(isUrgent: standing.isUrgent)
    }

    /// Some cards are kept for what is urgent, since nobody knows what is still to come.
    private mutating func takesCard(isUrgent: Bool) -> Bool {
        let isFree = isUrgent || commonCards < ReportPage.mostCards - ReportPage.urgentCards
        guard cards < ReportPage.mostCards, isFree else { return false }
        cards += 1
        if !isUrgent { commonCards += 1 }
        return true
    }

    private static func sum(_ total: Int, _ more: Int?) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(more ?? 0)
        return overflow ? .max : sum
    }
}
