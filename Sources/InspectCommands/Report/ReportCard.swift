import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// All that a person wants to know of one artifact, as the page shows it when its row is opened.
enum ReportCard {
    /// How many elements of a list are shown; `-f json` has all.
    static let most = 32
    /// A draft with more is not part of the page.
    static let draftBytes = 128 << 10

    static func html(_ record: Record) -> HTML {
        """
        \(heading(record))\
        \(error(record))\
        <section><dl>\(ReportFacts.html(record))</dl></section>\
        \(record.loading.map(ReportLoading.html) ?? "")\
        \(ReportPorts.html("Inputs", record.facts?.inputs))\
        \(ReportPorts.html("Outputs", record.facts?.outputs))\
        \((record.facts?.signatures ?? []).prefix(most).map(ReportPorts.signature))\
        \(findings(record))\
        \(files(record))\
        \(record.draft.map(draft) ?? "")\
        \(evidence(record))
        """
    }

    private static func heading(_ record: Record) -> HTML {
        let title: String
        switch record.verdict {
        case .failed: title = "Could not be read to the end"
        case .unrecognised: title = "Not recognised as a model"
        case .model, .notAModel: title = record.format?.name ?? ""
        }
        return "<p class=\"what\">\(title) \(ReportBadge.html(ListVerdict(record)))</p>"
    }

    private static func error(_ record: Record) -> HTML {
        guard let error = record.error else { return "" }
        let place = error.where.map { " (\($0))" } ?? ""
        return "<p class=\"notice\">\(error.message + place)</p>"
    }

    private static func findings(_ record: Record) -> HTML {
        section(
            "Findings",
            (record.findings ?? []).map { finding in
                let tone =
                    switch finding.severity {
                    case .note: ""
                    case .warning: "warning"
                    case .danger: "danger"
                    }
                let place: HTML = finding.where.map { " <span class=\"place\">\($0)</span>" } ?? ""
                return """
                    <span class="badge \(tone)">\(finding.severity.rawValue)</span>\(finding.message)\(place) \
                    <code class="place">\(finding.code)</code>
                    """
            })
    }

    private static func files(_ record: Record) -> HTML {
        section(
            "Files",
            (record.files ?? []).map { file in
                let role: HTML = file.role.map { " <span class=\"place\">\($0)</span>" } ?? ""
                let missing: HTML = file.present == false ? "<span class=\"badge warning\">missing</span>" : ""
                return "\(missing)<code>\(file.path)</code>\(role)"
            })
    }

    private static func draft(_ draft: Draft) -> HTML {
        """
        \(section("Missing", draft.gaps.map { "<code>\($0.pointer)</code> \($0.hint)" }))\
        <section><h3>Draft: the model asset, for <code>assets</code> of a STAC Item</h3>\(block(.object(draft.asset)))\
        <h3>Draft: its metadata, for <code>properties</code> of the same Item</h3>\(block(.object(draft.properties)))\
        </section>
        """
    }

    /// Exactly as `-f asset` writes it.
    private static func block(_ value: JSONValue) -> HTML {
        let text = value.write(pretty: true)
        guard text.utf8.count <= draftBytes else {
            return """
                <p class="hint">Too large to show here (\(Number.bytes(text.utf8.count))): \
                run mlm-inspect -f json on the artifact.</p>
                """
        }
        return """
            <div class="code"><pre tabindex="0"><code>\(exactly: text)</code></pre>\
            <button type="button" class="button copy">Copy</button></div>
            """
    }

    private static func evidence(_ record: Record) -> HTML {
        guard let evidence = record.evidence else { return "" }
        let items: [HTML] = evidence.map { "<code>\($0.field)</code> \($0.origin.rawValue): \($0.where)" }
        return "<details><summary>Where each value comes from</summary>\(list(items))</details>"
    }

    static func section(_ title: String, _ items: [HTML]) -> HTML {
        items.isEmpty ? "" : "<section><h3>\(title)</h3>\(list(items))</section>"
    }

    private static func list(_ items: [HTML]) -> HTML {
        let shown: [HTML] = items.prefix(most).map { "<li>\($0)</li>" }
        let rest: HTML = items.count > most ? "<li>… and \(Number.grouped(items.count - most)) more</li>" : ""
        return "<ul class=\"items\">\(shown)\(rest)</ul>"
    }
}
