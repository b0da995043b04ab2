import MLMInspect

/// The figures above the table.
enum ReportSummary {
    static func html(_ tally: ReportTally) -> HTML {
        """
        <section id="summary" aria-labelledby="summary-title">
        <h2 id="summary-title" class="unseen">Summary</h2>
        <ul class="tiles">
        \(tile(tally.artifacts, tally.artifacts == 1 ? "artifact" : "artifacts", name: ""))\
        \(ListVerdict.allCases.map { standing(tally, $0) })</ul>
        </section>
        """
    }

    private static func standing(_ tally: ReportTally, _ standing: ListVerdict) -> HTML {
        guard let count = tally.standings[standing] else { return "" }
        // What stands in for a file has a verdict of its own in the list.
        let isOne = standing != .notAModel || tally.classes[.other] == count
        return tile(
            count, word(standing, count), name: isOne ? standing.rawValue : nil, tone: ReportBadge.tone(standing))
    }

    private static func word(_ standing: ListVerdict, _ count: Int) -> String {
        switch standing {
        case .model: count == 1 ? "model" : "models"
        case .needsCode: count == 1 ? "needs code" : "need code"
        case .dangerous, .failed, .incomplete, .notAModel, .unrecognised: standing.rawValue
        }
    }

    private static func tile(_ count: Int, _ word: String, name: String?, tone: String = "") -> HTML {
        let filter: HTML =
            name.map { $0.isEmpty ? "data-filter=\"\"" : "data-filter=\"verdict\" data-value=\"\($0)\"" } ?? ""
        return """
            <li class="\(tone)"><span class="tile" \(filter)><strong>\(NumberText.grouped(count))</strong>\(word)</span></li>

            """
    }
}
