import MLMInspect
import ModelJSON

/// One self-contained page about many artifacts, written as they come: `head`, the data of each record, `tail`. It keeps
/// counts in memory, what waits to be compressed, and the worst for readers without scripts.
///
///     var page = ReportPage(roots: ["models"])
///     try sink.write(page.head)
///     for record in records { try sink.write(page.data(record)) }
///     try sink.write(page.tail())
///
/// The page needs nothing beside itself, and loads nothing. The same records make the same page.
struct ReportPage {
    private let roots: [String]
    private var tally = ReportTally()
    private var worst = ReportWorst()
    private var rows = ReportBlocks("rows", capacity: 1 << 20)
    private var details = ReportBlocks("details", capacity: 1 << 20)

    /// `roots` are the paths as they were given.
    init(roots: [String]) { self.roots = roots }

    var head: String {
        let frame = PageFrame.head(
            "Model report: \(rootsText)", styles: PageFiles.listStyles, scripts: PageFiles.listScripts,
            bodyClass: "list")
        let html: HTML = """
            \(frame)\
            <a class="skip" href="#artifacts">Skip to the table</a>
            <header>
            <h1>Model report</h1>
            <p class="roots">\(rootsText)</p>
            </header>
            <main>
            <section id="artifacts" tabindex="-1" aria-labelledby="artifacts-title">
            <h2 id="artifacts-title">Artifacts</h2>
            \(Self.filters)
            \(Self.columns)

            """
        return html.source
    }

    /// The data of a record, or of several once a block of them is full. `json` is the record as it is written, where that
    /// is at hand.
    mutating func data(_ record: Record, json: [UInt8]? = nil) throws -> String {
        let readiness = ReportReadiness(record)
        tally.add(record, readiness)
        let row = ReportRow(record, missing: readiness?.needs.map(\.field) ?? [])
        worst.add(record.path, row)
        let card = ReportCard.html(record, readiness, isWhole: false).source
        var detail = Array("{\"card\":".utf8) + JSONValue.string(card).bytes(pretty: false)
        detail += Array(",\"csv\":".utf8) + JSONValue.string(CSVTable.cells(record)).bytes(pretty: false)
        detail += Array(",\"record\":".utf8) + (try json ?? JSONValueEncoder().line(record))
        detail.append(UInt8(ascii: "}"))
        return try rows.add(row.json.bytes(pretty: false)) + details.add(detail)
    }

    /// What is left, and the end of the page. `account` is the scan's, of all files; else the page counts its own.
    mutating func tail(account: Scan.Summary? = nil) throws -> String {
        let html: HTML = """
            \(worst.html(of: tally.artifacts))
            \(ReportSummary.html(tally))
            \(ReportFigures.html(tally, account))
            </main>
            <dialog id="card" aria-labelledby="card-title">
            <header>
            <h2 id="card-title" class="mono"></h2>
            <button type="button" class="button" id="before" title="The one before (←)">Previous</button>
            <button type="button" class="button" id="behind" title="The next one (→)">Next</button>
            <button type="button" class="button" id="close">Close</button>
            </header>
            <div id="card-body" class="card" tabindex="0" autofocus role="region" aria-labelledby="card-title"></div>
            </dialog>
            \(PageFrame.tail(scripts: PageFiles.listScripts))
            """
        return Self.tableEnd + (try rows.flush()) + (try details.flush()) + html.source
    }

    private var rootsText: String {
        let shown = roots.prefix(4).joined(separator: ", ")
        return roots.count > 4 ? "\(shown) and \(NumberText.grouped(roots.count - 4)) more" : shown
    }

    private static let filters: HTML = """
        <form id="filters" role="search" data-script hidden>
        <label>Search<input type="search" name="search" autocomplete="off" spellcheck="false" \
        placeholder="Press / to search" aria-keyshortcuts="/"></label>
        \(["Verdict", "Format", "Framework", "Task", "Loading", "Missing", "Structure"].map(choice))\
        <button type="reset" class="button">Clear</button>
        </form>
        <div class="bar" data-script hidden>
        <p id="status" role="status">Unpacking …</p>
        <button type="button" class="button export" id="draft">Draft command</button>
        <button type="button" class="button export" id="csv" data-header="\(header)">CSV</button>
        <button type="button" class="button export" id="json">JSON</button>
        </div>
        """

    private static let header = CSVColumn.all.map(\.name).joined(separator: ",")

    private static func choice(_ title: String) -> HTML {
        """
        <label>\(title)<select name="\(title.lowercased())" autocomplete="off"><option value="">All</option></select></label>

        """
    }

    /// `data-first` is the direction in which a column is sorted first. The data stand outside of the table.
    private static let columns: HTML = """
        <div class="scroll" data-script hidden>
        <table id="table">
        <caption class="unseen">One artifact a row</caption>
        <thead>
        <tr>
        <th scope="col" data-column="path"><span>Path</span></th>
        <th scope="col" data-column="verdict"><span>Verdict</span></th>
        <th scope="col" class="format" data-column="format"><span>Format</span></th>
        <th scope="col" class="framework" data-column="framework"><span>Framework</span></th>
        <th scope="col" class="ports" data-column="ports"><span>Inputs → outputs</span></th>
        <th scope="col" class="number parameters" data-column="parameters" data-first="descending"><span>Parameters</span></th>
        <th scope="col" class="number size" data-column="size" data-first="descending"><span>Size</span></th>
        <th scope="col" class="number gaps" data-column="gaps" data-first="descending"><span>Missing</span></th>
        </tr>
        </thead>
        <tbody></tbody>
        </table>
        </div>
        <nav id="pages" aria-label="Pages of the table" hidden>
        <span id="page"></span>
        <button type="button" class="button" id="previous">Previous</button>
        <button type="button" class="button" id="next">Next</button>
        </nav>
        """

    private static let tableEnd = "</section>\n"
}
