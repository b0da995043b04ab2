import MLMInspect

/// One self-contained page about many artifacts, written as they come: `head`, a row for each record, `tail`. What it
/// keeps meanwhile are counts alone.
///
///     var page = ReportPage(roots: ["models"])
///     try sink.write(page.head)
///     for record in records { try sink.write(page.row(record)) }
///     try sink.write(page.tail)
///
/// The page needs nothing beside itself, and loads nothing. The same records make the same page.
struct ReportPage {
    /// How many artifacts at most have a card.
    static let mostCards = 2000
    /// How many of these are kept for artifacts that are dangerous or failed, whenever they come.
    static let urgentCards = 1000

    private let roots: [String]
    private var tally = ReportTally()

    /// `roots` are the paths as they were given.
    init(roots: [String]) { self.roots = roots }

    var head: String {
        let title = "Model report"
        let policy = ContentPolicy.text(styles: [ReportStyle.text], scripts: [ReportScript.text])
        let html: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="mlm-inspect \(MLMInspectCommand.version)">
            <title>\(title): \(rootsText)</title>
            <style>\(resource: ReportStyle.text)</style>
            </head>
            <body>
            <a class="skip" href="#artifacts">Skip to the table</a>
            <header>
            <h1>\(title)</h1>
            <p class="roots">\(rootsText)</p>
            </header>
            <main>
            <section id="artifacts" tabindex="-1" aria-labelledby="artifacts-title">
            <h2 id="artifacts-title">Artifacts</h2>
            <noscript><p class="hint">All artifacts are listed below. Search, filters, sorting and cards need JavaScript; \
            the <a href="#summary">summary</a> is at the end.</p></noscript>
            \(Self.filters)
            \(Self.columns)

            """
        return html.source
    }

    /// The row of a record, with its card while there is room for one.
    mutating func row(_ record: Record) -> String {
        let hasCard = tally.add(record)
        return ReportRow.html(record, hasCard: hasCard).source
    }

    var tail: String {
        let html: HTML = """
            </tbody>
            </table>
            </div>
            <nav id="pages" aria-label="Pages of the table" hidden>
            <span id="page"></span>
            <button type="button" class="button" id="previous">Previous</button>
            <button type="button" class="button" id="next">Next</button>
            </nav>
            </section>
            \(ReportSummary.html(tally))
            </main>
            <footer>
            <p>Made by mlm-inspect \(MLMInspectCommand.version). Nothing of the artifacts was run. \
            What an artifact does not say is a gap, never a guess.</p>
            </footer>
            <dialog id="card" aria-labelledby="card-title">
            <header>
            <h2 id="card-title" class="path"></h2>
            <button type="button" class="button" id="close">Close</button>
            </header>
            <div id="card-body" tabindex="0" role="region" aria-labelledby="card-title"></div>
            <p id="card-status" class="unseen" role="status"></p>
            </dialog>
            <script>\(resource: ReportScript.text)</script>
            </body>
            </html>

            """
        return html.source
    }

    private var rootsText: String {
        let shown = roots.prefix(4).joined(separator: ", ")
        return roots.count > 4 ? "\(shown) and \(Number.grouped(roots.count - 4)) more" : shown
    }

    private static let filters: HTML = """
        <form id="filters" role="search" hidden>
        <label>Search<input type="search" name="search" autocomplete="off" spellcheck="false"></label>
        <label>Format<select name="format"><option value="">All</option></select></label>
        <label>Framework<select name="framework"><option value="">All</option></select></label>
        <label>Verdict<select name="verdict"><option value="">All</option></select></label>
        <button type="reset" class="button">Clear</button>
        </form>
        <p id="status" role="status"></p>
        """

    /// `data-first` is the direction in which a column is sorted first.
    private static let columns: HTML = """
        <div class="scroll">
        <table id="table">
        <caption class="unseen">One artifact a row</caption>
        <thead>
        <tr>
        <th scope="col"><span>Path</span></th>
        <th scope="col"><span>Verdict</span></th>
        <th scope="col" class="format"><span>Format</span></th>
        <th scope="col" class="framework"><span>Framework</span></th>
        <th scope="col" class="ports"><span>Inputs → outputs</span></th>
        <th scope="col" class="number parameters" data-first="descending"><span>Parameters</span></th>
        <th scope="col" class="number size" data-first="descending"><span>Size</span></th>
        <th scope="col" class="number gaps" data-first="descending"><span>Missing</span></th>
        </tr>
        </thead>
        <tbody>
        """
}
