/// The figures and the two charts above the table.
enum ReportSummary {
    static func html(_ tally: ReportTally) -> HTML {
        """
        <section id="summary" aria-labelledby="summary-title">
        <h2 id="summary-title" class="unseen">Summary</h2>
        <ul class="tiles">
        \(tile(tally.artifacts, "artifacts", name: ""))\
        \(ListVerdict.allCases.map { standing(tally, $0) })
        </ul>
        <p class="hint">\(Number.bytes(tally.bytes)), \(Number.bytes(tally.bytesRead)) of them read. \
        \(cards(tally))</p>
        <div class="charts">
        \(ReportChart.formats(tally))
        \(ReportChart.parameters(tally))
        </div>
        </section>
        """
    }

    private static func standing(_ tally: ReportTally, _ standing: ListVerdict) -> HTML {
        guard let count = tally.standings[standing] else { return "" }
        return tile(count, word(standing, count), name: standing.rawValue, tone: ReportBadge.tone(standing))
    }

    private static func word(_ standing: ListVerdict, _ count: Int) -> String {
        switch standing {
        case .model: count == 1 ? "model" : "models"
        case .needsCode: count == 1 ? "needs code" : "need code"
        case .dangerous, .failed, .incomplete, .notAModel, .unrecognised: standing.rawValue
        }
    }

    private static func tile(_ count: Int, _ word: String, name: String, tone: String = "") -> HTML {
        let filter: HTML = name.isEmpty ? "data-filter=\"\"" : "data-filter=\"verdict\" data-value=\"\(name)\""
        return """
            <li class="\(tone)"><span class="tile" \(filter)><strong>\(Number.grouped(count))</strong>\(word)</span></li>

            """
    }

    private static func cards(_ tally: ReportTally) -> HTML {
        guard tally.cards < tally.artifacts else { return "Every artifact has a card to open." }
        return """
            \(Number.grouped(tally.cards)) of the artifacts have a card to open. A report has at most \
            \(Number.grouped(ReportPage.mostCards)) cards, and keeps \(Number.grouped(ReportPage.urgentCards)) of them \
            for artifacts that are dangerous or failed. Run mlm-inspect on any other artifact to see its details.
            """
    }
}
