import MLMInspect

/// The summary of a scan: where every file went.
struct ScanSummary {
    let summary: Scan.Summary
    let time: Duration

    /// For standard error, a line for each part.
    var text: String {
        (accounts.map(\.text) + [sameStructure].compactMap(\.self) + [work])
            .map { "mlm-inspect: \($0)\n" }.joined()
    }

    /// The account alone, a number a line: for standard output.
    var table: String {
        var rows = accounts.flatMap(\.rows)
        if summary.sameStructure > 0 { rows.append(("models of the same structure", summary.sameStructure)) }
        let width = rows.map { DisplayWidth.of($0.title) }.max() ?? 0
        let digits = rows.map { NumberText.grouped($0.count).count }.max() ?? 0
        return rows.map { row in
            let count = FittedText.padded(NumberText.grouped(row.count), to: digits, isRight: true)
            return "\(FittedText.padded(row.title, to: width))  \(count)\n"
        }.joined()
    }

    /// How many models have a twin, whatever their names; nil if none has.
    private var sameStructure: String? {
        guard summary.sameStructure > 0 else { return nil }
        return "\(NumberText.grouped(summary.sameStructure)) models have the same structure as another"
    }

    /// What it took, and what kept it from being whole.
    var work: String {
        var parts: [String] = []
        if summary.parts > 0 { parts.append("\(Self.count(summary.parts, ("file", "files"))) of models passed over") }
        if summary.problems > 0 {
            parts.append("\(Self.count(summary.problems, ("place", "places"))) that could not be walked")
        }
        if summary.resumed > 0 { parts.append("\(NumberText.grouped(summary.resumed)) taken over") }
        let seconds = (time / .milliseconds(10)).rounded() / 100
        parts += ["\(NumberText.bytes(summary.bytesRead)) read", "\(seconds) s"]
        if let fence = summary.fence { parts.append(fence.isWhole ? "fenced" : "fence: \(fence)") }
        return (summary.interrupt == nil ? "" : "interrupted: ") + parts.joined(separator: ", ")
    }

    private var accounts: [Account] {
        let files = Account(title: ("artifact", "artifacts"), counts: summary.files)
        let members = Account(title: ("member of archives", "members of archives"), counts: summary.members)
        return summary.members.isEmpty ? [files] : [files, members]
    }

    static func count(_ number: Int, _ words: (one: String, many: String)) -> String {
        "\(NumberText.grouped(number)) \(number == 1 ? words.one : words.many)"
    }
}

/// How many there are of each class.
private struct Account {
    let title: (one: String, many: String)
    let counts: [FileClass: Int]

    private var total: Int { counts.values.reduce(0, +) }
    private var models: [(FileClass, Int)] { present(FileClass.models) }
    private var others: [(FileClass, Int)] { present(FileClass.allCases.filter { !FileClass.models.contains($0) }) }
    private var modelCount: Int { models.reduce(0) { $0 + $1.1 } }

    /// `12 artifacts: 8 models (7 data only, 1 needs code), 1 dangerous, 3 Git LFS pointers`.
    var text: String {
        let kinds = models.filter { $0.0 != .model }.map { ScanSummary.count($0.1, $0.0.words) }
        let detail = kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
        let parts =
            [ScanSummary.count(modelCount, FileClass.model.words) + detail]
            + others.map { ScanSummary.count($0.1, $0.0.words) }
        return "\(ScanSummary.count(total, title)): \(parts.joined(separator: ", "))"
    }

    var rows: [(title: String, count: Int)] {
        [(title.many, total), ("  " + FileClass.model.words.many, modelCount)]
            + models.filter { $0.0 != .model }.map { ("    " + $0.0.words.many, $0.1) }
            + others.map { ("  " + $0.0.words.many, $0.1) }
    }

    private func present(_ classes: [FileClass]) -> [(FileClass, Int)] {
        classes.compactMap { kind in counts[kind].map { (kind, $0) } }
    }
}

extension FileClass {
    /// For one, and for several.
    var words: (one: String, many: String) {
        switch self {
        case .dangerous: ("dangerous", "dangerous")
        case .failed: ("failed", "failed")
        case .incomplete: ("incomplete", "incomplete")
        case .needsCode: ("needs code", "need code")
        case .dataOnly: ("data only", "data only")
        case .model: ("model", "models")
        case .pointer: ("LFS pointer", "Git LFS pointers")
        case .page: ("HTML page", "HTML pages")
        case .empty: ("empty", "empty")
        case .other: ("other known file", "other known files")
        case .unrecognised: ("not recognised", "not recognised")
        }
    }
}
