import MLMInspect

/// One self-contained page about one model: its card, open, and its tensors.
enum ModelPage {
    static func html(_ record: Record, tensors: PageTensors? = nil) throws -> String {
        let slash = record.path.dropLast().lastIndex(of: "/").map { record.path.index(after: $0) }
        let name = String(record.path[(slash ?? record.path.startIndex)...])
        let folder: HTML = slash.map { "<p class=\"roots mono\">\(String(record.path[..<$0]))</p>" } ?? ""
        let shown = try tensors?.shown()
        let scripts = shown == nil ? PageFiles.oneScripts : PageFiles.tensorScripts
        let frame = PageFrame.head(
            name, styles: shown == nil ? PageFiles.oneStyles : PageFiles.tensorStyles, scripts: scripts,
            bodyClass: "single")
        let html: HTML = """
            \(frame)\
            <a class="skip" href="#model">Skip to the model</a>
            <header>
            <h1>\(name)</h1>
            \(folder)
            </header>
            <main id="model" class="one" tabindex="-1">
            <div class="card">\(ReportCard.html(record, ReportReadiness(record), tensors: shown?.section ?? ""))</div>
            </main>
            \(shown?.data ?? "")\
            \(PageFrame.tail(scripts: scripts))
            """
        return html.source
    }
}
