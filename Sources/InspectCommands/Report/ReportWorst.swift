/// The artifacts that somebody must look at, for readers without scripts: they see no table.
struct ReportWorst {
    /// How many are kept of each verdict.
    private static let most = 200

    private var rows: [ListVerdict: [HTML]] = [:]

    mutating func add(_ path: String, _ row: ReportRow) {
        let standing = row.overview.standing
        guard rows[standing, default: []].count < Self.most else { return }
        let reason: HTML = row.reason.map { "<span class=\"reason\">\(String($0.prefix(240)))</span>" } ?? ""
        rows[standing, default: []].append(
            """
            <tr><th scope="row"><span class="mono">\(String(path.prefix(4096)))</span>\(reason)</th>\
            <td>\(ReportBadge.html(standing))</td><td>\(row.overview.format)</td></tr>

            """)
    }

    func html(of artifacts: Int) -> HTML {
        let worst = ListVerdict.allCases.flatMap { rows[$0] ?? [] }.prefix(Self.most)
        return """
            <noscript>
            <p class="hint">The worst \(worst.count) of \(artifacts) artifacts. All of them, search, filters and cards need \
            JavaScript.</p>
            <div class="scroll"><table id="worst" class="inner"><caption class="unseen">The worst artifacts</caption>
            <thead><tr><th scope="col">Path</th><th scope="col">Verdict</th><th scope="col">Format</th></tr></thead>
            <tbody>
            \(Array(worst))</tbody></table></div>
            </noscript>
            """
    }
}
