/// A row of a bar chart.
struct ReportBar {
    let label: String
    let count: Int
    /// The filter of the table that shows what is counted, and its value.
    var filter: (name: String, value: String)?
    /// Said in place of a bar.
    var note: String?
    /// A total has no bar beside the others.
    var hasBar = true
    var isInset = false
}

/// A bar chart that is a table with a bar in each row, so it can be read without seeing the bars.
enum ReportChart {
    private static let mostFormats = 12

    /// The most frequent formats.
    static func formats(_ tally: ReportTally) -> HTML {
        let sorted = tally.formats.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var bars = sorted.prefix(mostFormats).map {
            ReportBar(label: $0.key, count: $0.value, filter: ("format", $0.key))
        }
        let others = sorted.dropFirst(mostFormats)
        if !others.isEmpty {
            let count = others.reduce(0) { $0 + $1.value }
            bars.append(ReportBar(label: "\(others.count) other formats", count: count, hasBar: false))
        }
        return chart("Formats", counted: "Format", bars, empty: "No format was recognised.")
    }

    /// How many models have how many parameters, by powers of ten without a gap between.
    static func parameters(_ tally: ReportTally) -> HTML {
        let known = tally.magnitudes.keys
        var bars: [ReportBar] = []
        if let low = known.min(), let high = known.max() {
            bars = (low...high).map { ReportBar(label: label($0), count: tally.magnitudes[$0] ?? 0) }
        }
        return chart(
            "Parameters", counted: "Parameters of a model", bars, empty: "No model says how many parameters it has.")
    }

    private static func label(_ power: Int) -> String {
        guard power > 0 else { return "fewer than 10" }
        return "\(round(power)) to \(round(power + 1))"
    }

    /// `10k` for 4.
    private static func round(_ power: Int) -> String {
        let units = ["", "k", "M", "B", "T", "Qa", "Qi"]
        return "1" + String(repeating: "0", count: power % 3) + units[min(power / 3, units.count - 1)]
    }

    static func chart(
        _ title: String, counted: String, _ bars: [ReportBar], empty: String, hint: String? = nil
    ) -> HTML {
        let most = bars.filter(\.hasBar).map(\.count).max() ?? 1
        let said: HTML = hint.map { "<p class=\"hint\">\($0)</p>" } ?? ""
        guard !bars.isEmpty else {
            return "<div class=\"chart\"><h3>\(title)</h3>\(said)<p class=\"hint\">\(empty)</p></div>"
        }
        return """
            <div class="chart"><h3>\(title)</h3>\(said)
            <table>
            <thead class="unseen"><tr><th scope="col">\(counted)</th><td></td><th scope="col">Artifacts</th></tr></thead>
            <tbody>
            \(bars.map { row($0, most: most) })</tbody>
            </table></div>
            """
    }

    private static func row(_ bar: ReportBar, most: Int) -> HTML {
        let label: HTML =
            bar.filter.map { "<span data-filter=\"\($0.name)\" data-value=\"\($0.value)\">\(bar.label)</span>" }
            ?? "\(bar.label)"
        let middle: HTML = bar.note.map { "<td class=\"note\">\($0)</td>" } ?? "<td>\(rectangle(bar, most: most))</td>"
        return """
            <tr><th scope="row"\(bar.isInset ? " class=\"inset\"" : "" as HTML)>\(label)</th>\(middle)\
            <td class="count">\(NumberText.grouped(bar.count))</td></tr>

            """
    }

    /// Even the smallest count has a visible bar.
    private static func rectangle(_ bar: ReportBar, most: Int) -> HTML {
        let width = bar.count == 0 || !bar.hasBar ? 0 : max(1, bar.count * 100 / max(most, 1))
        return "<svg aria-hidden=\"true\"><rect width=\"\(width)%\" height=\"100%\" rx=\"3\"/></svg>"
    }
}
