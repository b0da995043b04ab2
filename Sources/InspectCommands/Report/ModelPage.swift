import MLMInspect

/// One self-contained page about one model: its card, open, without anything to search.
enum ModelPage {
    static func html(_ record: Record) -> String {
        let slash = record.path.dropLast().lastIndex(of: "/").map { record.path.index(after: $0) }
        let name = String(record.path[(slash ?? record.path.startIndex)...])
        let folder: HTML = slash.map { "<p class=\"roots mono\">\(String(record.path[..<$0]))</p>" } ?? ""
        let frame = PageFrame.head(
            name, styles: PageFiles.oneStyles, scripts: PageFiles.oneScripts, bodyClass: "single")
        let html: HTML = """
            \(frame)\
            <a class="skip" href="#model">Skip to the model</a>
            <header>
            <h1>\(name)</h1>
            \(folder)
            </header>
            <main id="model" class="one" tabindex="-1">
            <div class="card">\(ReportCard.html(record, ReportReadiness(record)))</div>
            </main>
            \(PageFrame.tail(scripts: PageFiles.oneScripts))
            """
        return html.source
    }
}
