import MLMInspect

/// What the report counts, below the table: where every file went, what keeps models from being published, formats and sizes.
enum ReportFigures {
    static func html(_ tally: ReportTally, _ account: Scan.Summary?) -> HTML {
        """
        <section id="figures" aria-labelledby="figures-title">
        <h2 id="figures-title">Figures</h2>
        <div class="charts">
        \(files(tally, account))
        \(readiness(tally))
        \(ReportChart.formats(tally))
        \(ReportChart.parameters(tally))
        </div>
        </section>
        """
    }

    /// Of a scan, also what it does not list.
    private static func files(_ tally: ReportTally, _ account: Scan.Summary?) -> HTML {
        let counts = account?.files ?? tally.classes
        var bars = bars(counts)
        var members = ""
        if let inside = account?.members, !inside.isEmpty {
            let total = inside.values.reduce(0, +)
            members = " and \(ScanSummary.count(total, ("member of archives", "members of archives")))"
            bars.append(ReportBar(label: "members of archives", count: total, hasBar: false))
            bars += Self.bars(inside).map { ReportBar(label: $0.label, count: $0.count, isInset: true) }
        }
        let total = counts.values.reduce(0, +)
        return ReportChart.chart(
            "Where every file went", counted: "Kind", bars, empty: "There was no file.",
            hint: """
                \(ScanSummary.count(total, ("artifact", "artifacts")))\(members), \(NumberText.grouped(tally.artifacts)) in the \
                list. They have \(NumberText.bytes(tally.bytes)); \(NumberText.bytes(tally.bytesRead)) were read.
                """)
    }

    private static func bars(_ counts: [FileClass: Int]) -> [ReportBar] {
        FileClass.allCases.compactMap { kind in
            counts[kind].map { count in
                let words = kind.words
                return ReportBar(label: count == 1 ? words.one : words.many, count: count)
            }
        }
    }

    private static func readiness(_ tally: ReportTally) -> HTML {
        let lacking = tally.lacking.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return ReportChart.chart(
            "Ready to be published", counted: "Lacks",
            lacking.map { field, lack in
                ReportBar(
                    label: "lack \(field)", count: lack.count, filter: ("missing", field),
                    note: lack.need.flag.map { "\(lack.need.why): \($0)" } ?? lack.need.why)
            },
            empty: tally.models == 0 ? "There is no model." : "Nothing is missing from any of them.",
            hint: """
                \(NumberText.grouped(tally.ready)) of \(ScanSummary.count(tally.models, ("model", "models"))) can be published \
                as \(tally.models == 1 ? "it is" : "they are"). What only people know, draft takes as flags or from a side file.
                """)
    }
}
