/// A bar chart that is a table with a bar in each row, so it can be read without seeing the bars.
enum ReportChart {
    private static let mostFormats = 12

    /// The most frequent formats.
    static func formats(_ tally: ReportTally) -> HTML {
        let sorted = tally.formats.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var bars = sorted.prefix(mostFormats).map { Bar(label: $0.key, count: $0.value, filter: $0.key) }
        let others = sorted.dropFirst(mostFormats)
        if !others.isEmpty {
            let count = others.reduce(0) { $0 + $1.value }
            bars.append(Bar(label: "\(others.count) other formats", count: count, filter: nil, hasBar: false))
        }
        return chart("Formats", counted: "Format", bars, empty: "No format was recognised.")
    }

    /// How many models have how many parameters, by powers of ten without a gap between.
    static func parameters(_ tally: ReportTally) -> HTML {
        let known = tally.magnitudes.keys
        var bars: [Bar] = []
        if let low = known.min(), let high = known.max() {
            bars = (low...high).map { power in
                Bar(label: label(power), count: tally.magnitudes[power] ?? 0, filter: nil)
            }
        }
        return chart(
            "Parameters", counted: "Parameters of a model", bars, empty: "No model says how many parameters it has.")
    }

    private struct Bar {
        let label: String
        let count: Int
        /// The format that a click shows in the table.
        let filter: String?
        /// A total has no bar beside the others.
        var hasBar = true
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

    private static func chart(_ title: String, counted: String, _ bars: [Bar], empty: String) -> HTML {
        let most = bars.filter(\.hasBar).map(\.count).max() ?? 1
        guard !bars.isEmpty else {
            return "<div class=\"chart\"><h2>\(title)</h2><p class=\"hint\">\(empty)</p></div>"
        }
        return """
            <div class="chart"><h2>\(title)</h2>
            <table>
            <thead class="unseen"><tr><th scope="col">\(counted)</th><td></td><th scope="col">Artifacts</th></tr></thead>
            <tbody>
            \(bars.map { row($0, most: most) })</tbody>
            </table></div>
            """
    }

    private static func row(_ bar: Bar, most: Int) -> HTML {
        // Even the smallest count has a visible bar.
        let width = bar.count == 0 || !bar.hasBar ? 0 : max(1, bar.count * 100 / max(most, 1))
        let label: HTML =
            bar.filter.map { "<span data-filter=\"format\" data-value=\"\($0)\">\(bar.label)</span>" } ?? "\(bar.label)"
        return """
            <tr><th scope="row">\(label)</th>\
            <td><svg aria-hidden="true"><rect width="\(width)%" height="100%" rx="3"/></svg></td>\
            <td class="count">\(NumberText.grouped(bar.count))</td></tr>

            """
    }
}
