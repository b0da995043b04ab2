import MLMInspect
import ModelFormats

/// How an artifact is loaded, and what that may run.
enum ReportLoading {
    static func html(_ record: Record, _ loading: Loading) -> HTML {
        var facts = HTML()
        if let weightsOnly = loading.weightsOnly {
            facts += "<dt>weights_only</dt><dd>\(weightsOnly ? "True is accepted" : "True is refused")</dd>"
        }
        let lists = [
            ("Requires", loading.requires), ("Import first", loading.first),
            ("Define first", loading.define?.map(CodeNeed.ownName)),
            ("Classes", loading.classes),
        ]
        for (term, names) in lists {
            guard let names, !names.isEmpty else { continue }
            let more = names.count > ReportCard.most ? " and \(names.count - ReportCard.most) more" : ""
            facts += "<dt>\(term)</dt><dd>\(names.prefix(ReportCard.most).joined(separator: ", ") + more)</dd>"
        }
        let dangerous = (loading.imports ?? []).filter { $0.tier == .dangerous }
        return """
            <section><h3>Loading</h3>\
            <p><span class="badge \(tone(loading.verdict))">\(loading.verdict.rawValue)</span> \
            \(LoadingText.sentence(record, loading))</p>\
            \(call(loading))<dl>\(facts)</dl></section>\
            \(ReportCard.section("Imports something dangerous", dangerous.map { item in
                "<code>\(item.name)</code> <span class=\"place\">\(item.where)</span>"
            }))
            """
    }

    /// No call of something dangerous is there to be copied.
    private static func call(_ loading: Loading) -> HTML {
        guard loading.verdict != .dangerous else { return "<p class=\"hint\">How to load it is not shown.</p>" }
        guard let call = loading.call else { return "" }
        return """
            <div class="code"><pre class="short" tabindex="0"><code>\(call)</code></pre>\
            <button type="button" class="button copy">Copy</button></div>
            """
    }

    private static func tone(_ verdict: Loading.Verdict) -> String {
        switch verdict {
        case .dataOnly: "good"
        case .needsCode, .incomplete: "warning"
        case .dangerous: "danger"
        }
    }
}
