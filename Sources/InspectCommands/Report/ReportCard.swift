import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// The details of one artifact: what the page of many shows when a row is opened, and the page of one shows at once.
enum ReportCard {
    /// How many elements of a list are shown; `-f json` has all.
    static let most = 32
    /// A longer draft is not part of the page.
    static let draftBytes = 128 << 10

    /// `isWhole` is false where a script fills in the draft and the evidence from the record that stands beside the card.
    static func html(
        _ record: Record, _ readiness: ReportReadiness?, isWhole: Bool = true, tensors: HTML = ""
    ) -> HTML {
        """
        \(heading(record))\
        \(error(record))\
        \(findings(record))\
        \(record.loading.map { ReportLoading.html(record, $0) } ?? "")\
        \(facts(record))\
        \(ReportPorts.html("Inputs", record.facts?.inputs))\
        \(ReportPorts.html("Outputs", record.facts?.outputs))\
        \((record.facts?.signatures ?? []).prefix(most).map(ReportPorts.signature))\
        \(tensors)\
        \(readiness.map { publishing($0, record) } ?? "")\
        \(record.draft.map { draft($0, readiness, isWhole) } ?? "")\
        \(files(record))\
        \(evidence(record, isWhole))
        """
    }

    private static func facts(_ record: Record) -> HTML {
        let facts = ReportFacts.html(record)
        return facts.source.isEmpty ? "" : "<section><h3>What it is</h3><dl>\(facts)</dl></section>"
    }

    /// What it takes to publish its Item, and the command that writes it.
    private static func publishing(_ readiness: ReportReadiness, _ record: Record) -> HTML {
        let items: [HTML] = readiness.needs.map { need in
            let flag: HTML = need.flag.map { " <span class=\"place\">\($0)</span>" } ?? ""
            return "<code>\(need.field)</code> is missing: \(need.why)\(flag)"
        }
        let said: HTML = items.isEmpty ? "<p>Nothing is missing.</p>" : list(items)
        let command: HTML =
            DraftLine.text(record).map { command in
                """
                <div class="code"><pre class="short" tabindex="0"><code>\(exactly: command)</code></pre>\
                <button type="button" class="button copy">Copy</button></div>
                """
            } ?? ""
        return "<section><h3>To publish it</h3>\(said)\(command)</section>"
    }

    private static func heading(_ record: Record) -> HTML {
        let title: String
        switch record.verdict {
        case .failed: title = "Could not be read to the end"
        case .unrecognised: title = "Not recognised as a model"
        case .model, .notAModel: title = record.format?.name ?? ""
        }
        return "<h2 class=\"what\">\(title) \(ReportBadge.html(ListVerdict(record)))</h2>"
    }

    private static func error(_ record: Record) -> HTML {
        guard let error = record.error else { return "" }
        return "<p class=\"notice\">\(error.placed)</p>"
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

    private static func draft(_ draft: Draft, _ readiness: ReportReadiness?, _ isWhole: Bool) -> HTML {
        let told = Set((readiness?.needs ?? []).map(\.field))
        let others = draft.gaps.filter { !told.contains(ReportReadiness.field($0)) }
        return """
            \(section("Also missing", others.map { "<code>\(MissingText.place($0.pointer))</code> \($0.hint)" }))\
            <section><h3>Draft: the model asset, for <code>assets</code> of a STAC Item</h3>\(block(draft.asset, "asset", isWhole))\
            <h3>Draft: its metadata, for <code>properties</code> of the same Item</h3>\(block(draft.properties, "properties", isWhole))\
            </section>
            """
    }

    /// As `-f asset` writes it.
    private static func block(_ object: JSONObject, _ name: String, _ isWhole: Bool) -> HTML {
        let text = JSONValue.object(object).write(pretty: true)
        guard text.utf8.count <= draftBytes else {
            return """
                <p class="hint">Too large to show here (\(NumberText.bytes(text.utf8.count))): \
                run mlm-inspect -f json on the artifact.</p>
                """
        }
        let code: HTML = isWhole ? "<code>\(exactly: text)</code>" : "<code data-draft=\"\(name)\"></code>"
        return """
            <div class="code"><pre tabindex="0">\(code)</pre>\
            <button type="button" class="button copy">Copy</button></div>
            """
    }

    private static func evidence(_ record: Record, _ isWhole: Bool) -> HTML {
        guard let evidence = record.evidence else { return "" }
        let items: [HTML] = evidence.map { "<code>\($0.field)</code> \($0.origin.rawValue): \($0.where)" }
        let shown: HTML = isWhole ? list(items) : "<ul class=\"items\" data-evidence=\"\(most)\"></ul>"
        return "<details><summary>Where each value comes from</summary>\(shown)</details>"
    }

    static func section(_ title: String, _ items: [HTML]) -> HTML {
        items.isEmpty ? "" : "<section><h3>\(title)</h3>\(list(items))</section>"
    }

    private static func list(_ items: [HTML]) -> HTML {
        let shown: [HTML] = items.prefix(most).map { "<li>\($0)</li>" }
        let rest: HTML = items.count > most ? "<li>… and \(NumberText.grouped(items.count - most)) more</li>" : ""
        return "<ul class=\"items\">\(shown)\(rest)</ul>"
    }
}
