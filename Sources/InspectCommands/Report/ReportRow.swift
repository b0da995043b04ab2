import MLMInspect
import ModelFormats
import ModelJSON

/// What the table of the report shows, filters and searches of a record: a list of values whose order `Page/data.js` knows.
struct ReportRow {
    let overview: Overview
    let json: JSONValue
    /// Why it is where it is in the list; nil for what nobody has to look at.
    let reason: String?

    init(_ record: Record, missing: [String]) {
        let overview = Overview(record)
        self.overview = overview
        reason = Self.reason(record, overview)
        json = .array([
            Self.text(record.path, 4096), .string(overview.verdict), .string(ReportBadge.tone(overview.standing)),
            JSONValue(overview.standing.rank), Self.text(reason ?? "", 240), .string(overview.format),
            Self.text(record.facts?.framework ?? "", 80), Self.text(record.facts?.frameworkVersion ?? "", 80),
            Self.text(overview.ports, 160), overview.parameters.map { JSONValue($0) } ?? .null,
            record.size.map { JSONValue($0) } ?? .null, overview.gaps.map { JSONValue($0) } ?? .null,
            .string(record.loading?.verdict.rawValue ?? ""),
            .array((record.facts?.tasks ?? []).prefix(ReportCard.most).map { Self.text($0, 80) }),
            .array(missing.map { .string($0) }), Self.text(Self.more(record), Self.mostSearched),
            Self.draftWord(record), .string(String((record.fingerprint?.structure ?? "").prefix(Self.fingerprint))),
        ])
    }

    /// What a shell is told to draft it; true where that is the path as it is.
    private static func draftWord(_ record: Record) -> JSONValue {
        DraftLine.word(record).map { $0 == record.path ? .bool(true) : .string($0) } ?? .null
    }

    /// So much of a fingerprint tells a hundred thousand of them apart.
    private static let fingerprint = 16

    /// How much of an artifact is searched beyond what the table shows.
    private static let mostSearched = 2000

    /// As it is read: nothing in it moves, reorders or hides anything.
    private static func text(_ text: String, _ most: Int) -> JSONValue {
        let inert = TextStyle.inert(text)
        guard inert.utf8.count > most, inert.count > most else { return .string(inert) }
        return .string(inert.prefix(most - 1) + "…")
    }

    private static func reason(_ record: Record, _ overview: Overview) -> String? {
        if overview.standing == .dangerous, let danger = worst(record, .danger) ?? imports(record, .dangerous) {
            return danger
        }
        if let error = record.error { return error.placed }
        switch overview.standing {
        case .needsCode: return imports(record, .unknown) ?? classes(record) ?? worst(record, .warning)
        case .incomplete: return worst(record, .warning)
        case .notAModel: return record.findings?.first?.message ?? record.cause
        case .dangerous, .failed, .model, .unrecognised: return nil
        }
    }

    private static func worst(_ record: Record, _ severity: Finding.Severity) -> String? {
        record.findings?.first { $0.severity >= severity }?.message
    }

    private static func imports(_ record: Record, _ tier: Loading.Tier) -> String? {
        let names = (record.loading?.imports ?? []).filter { $0.tier == tier }.map(\.name)
        return names.isEmpty ? nil : "imports " + listed(names)
    }

    private static func classes(_ record: Record) -> String? {
        guard let names = record.loading?.classes, !names.isEmpty else { return nil }
        return "needs " + listed(names)
    }

    private static func listed(_ names: [String]) -> String {
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }

    /// What is searched beside what the table shows.
    private static func more(_ record: Record) -> String {
        let facts = record.facts
        var words = [facts?.name, facts?.architecture, facts?.artifactType, facts?.license, record.format?.name]
            .compactMap { $0 }
        words += facts?.tasks ?? []
        words += (record.findings ?? []).prefix(ReportCard.most).flatMap { [$0.code, $0.message] }
        words += (record.loading?.imports ?? []).prefix(ReportCard.most).map(\.name)
        words += (record.loading?.requires ?? []).prefix(ReportCard.most)
        words += ((facts?.inputs ?? []) + (facts?.outputs ?? [])).prefix(ReportCard.most).map(\.name)
        words += (facts?.hyperparameters?.keys ?? []).prefix(ReportCard.most)
        return words.joined(separator: "\n")
    }
}

/// A word on a coloured ground; the colour says nothing that the word does not.
enum ReportBadge {
    static func html(_ standing: ListVerdict) -> HTML {
        "<span class=\"badge \(tone(standing))\">\(standing.rawValue)</span>"
    }

    static func tone(_ standing: ListVerdict) -> String {
        switch standing {
        case .dangerous, .failed: "danger"
        case .incomplete, .needsCode: "warning"
        case .model: "good"
        case .notAModel, .unrecognised: ""
        }
    }
}
