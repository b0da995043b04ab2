import Foundation
import MLMInspect
import ModelContainers
import ModelJSON
import STAC
import TestSupport
import Testing

@testable import InspectCommands

/// The report as a person uses it, in a real browser. REPORT_SCREENSHOTS=FOLDER in the environment keeps pictures.
@Suite(
    .serialized,
    .enabled(if: Chromium.executable != nil, "Chromium is missing; install it (apt install chromium)"))
struct ReportBrowserTests {
    private let folder: TemporaryFolder
    private let browser: Chromium

    init() throws {
        folder = try TemporaryFolder()
        browser = try Chromium()
    }

    private static let some: [Record] =
        (1...240).map { index in
            SampleRecords.model(
                "models/unet_\(index).pt2", parameters: index * index * 1000,
                framework: index % 3 == 0 ? "ONNX" : "PyTorch")
        } + [
            SampleRecords.dangerous("downloads/evil.pkl"), SampleRecords.failed("downloads/cut.pt"),
            SampleRecords.unrecognised("README.txt"),
        ]

    /// Writes the page of these records and loads it.
    private func open(
        _ records: [Record], width: Int = 1280, state: String = "", runsScripts: Bool = true
    ) throws {
        var page = ReportPage(roots: ["models"])
        var text = page.head
        for record in records { text += try page.data(record) }
        text += try page.tail()
        try browser.call(
            "Emulation.setDeviceMetricsOverride",
            ["width": JSONValue(width), "height": 900, "deviceScaleFactor": 1, "mobile": false])
        try browser.open(try folder.write(text.utf8, to: "report.html") + (state.isEmpty ? "" : "#" + state))
        guard runsScripts else { return }
        try until("document.documentElement.dataset.ready === ''")
    }

    /// Waits until an expression holds, five seconds at most.
    private func until(_ expression: String) throws { try browser.until(expression) }

    /// Opens the card of a row that is shown.
    private func openCard(_ index: Int) throws {
        try value("document.querySelectorAll('button.open')[\(index)].click()")
        try until("document.getElementById('card').open")
    }

    @discardableResult
    private func value(_ expression: String) throws -> JSONValue { try browser.evaluate(expression) }

    /// The paths of the rows that are shown.
    private var paths: [String] {
        get throws {
            let value = try browser.evaluate(
                "[...document.querySelectorAll('#table tbody .open')].map(e => e.textContent)")
            return (value.array ?? []).compactMap(\.string)
        }
    }

    private static let statusText = "document.getElementById('status').textContent"

    /// Types into the search field, in place of what was there.
    private func search(_ text: String) throws {
        try value("document.querySelector('[name=search]').select()")
        try value("document.querySelector('[name=search]').focus()")
        try browser.type(text)
    }

    /// Presses a key until the element with the focus is of this selector; how often that was.
    private func tab(to selector: String) throws -> Int {
        for count in 1...400 {
            try browser.press("Tab")
            if try value("document.activeElement.matches('\(selector)')") == true { return count }
        }
        throw Chromium.Failure(description: "\(selector) is not reached by the keyboard")
    }

    // MARK: - Loading

    @Test func itLoadsQuietly() throws {
        try open(Self.some)
        #expect(try value(Self.statusText) == "243 artifacts, 1 to 100 shown")
        let requests = browser.events.filter { $0["method"] == "Network.requestWillBeSent" }
        #expect(requests.count == 1)
        #expect(requests.allSatisfy { $0["params"]?["request"]?["url"]?.string?.hasSuffix("/report.html") == true })
        let said = browser.events.filter {
            ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains($0["method"]?.string)
        }
        #expect(said.isEmpty, "\(said)")
        #expect(try value("document.title") == "Model report: models")
    }

    @Test func withoutScriptsTheWorstAreThere() throws {
        try browser.call("Emulation.setScriptExecutionDisabled", ["value": true])
        try open(Self.some, runsScripts: false)
        try browser.call("Emulation.setScriptExecutionDisabled", ["value": false])
        #expect(try value("document.querySelectorAll('#worst tbody tr').length") == 200)
        #expect(
            try value("document.querySelector('#worst tbody th').textContent") == "downloads/evil.pklimports os.system")
        #expect(try value("document.getElementById('filters').checkVisibility()") == false)
        #expect(try value("document.querySelector('noscript').checkVisibility()") == true)
    }

    @Test func thousandsOfRows() throws {
        try open((1...3000).map { SampleRecords.model("models/unet_\($0).pt2") })
        #expect(try value(Self.statusText) == "3,000 artifacts, 1 to 100 shown")
        #expect(try value("document.querySelectorAll('#table tbody tr').length") == 100)
        try search("unet_2999")
        #expect(try paths == ["models/unet_2999.pt2"])
        // Every row opens, not only those of the first blocks.
        try openCard(0)
        #expect(try value("document.getElementById('card-body').innerText").string?.contains("unet_2999.pt2") == true)
    }

    @Test func noArtifacts() throws {
        try open([])
        #expect(try value(Self.statusText).string?.hasPrefix("No artifact") == true)
    }

    // MARK: - Finding

    @Test func searching() throws {
        try open(Self.some)
        try search("EVIL")
        #expect(try paths == ["downloads/evil.pkl"])
        #expect(try value(Self.statusText) == "1 of 243 artifacts")
        // Every word, in any order, in any column.
        try search("onnx unet_12")
        #expect(
            try paths == [
                "models/unet_12.pt2", "models/unet_120.pt2", "models/unet_123.pt2", "models/unet_126.pt2",
                "models/unet_129.pt2",
            ])
        try search("nothing like it")
        #expect(try paths.isEmpty)
        #expect(try value(Self.statusText).string?.hasPrefix("No artifact matches") == true)
        try value("document.querySelector('[type=reset]').click()")
        #expect(
            try value("new Promise(done => setTimeout(() => done(\(Self.statusText)), 50))")
                == "243 artifacts, 1 to 100 shown")
    }

    @Test func filtering() throws {
        try open(Self.some)
        let choices = try value("[...document.querySelector('[name=verdict]').options].map(o => o.text)")
        #expect(choices == ["All", "dangerous (1)", "failed (1)", "model (240)", "not recognised (1)"])
        try choose("verdict", "dangerous")
        #expect(try paths == ["downloads/evil.pkl"])
        try choose("verdict", "")
        try choose("framework", "ONNX")
        #expect(try value(Self.statusText) == "80 of 243 artifacts")
        try choose("format", "torch-export")
        #expect(try paths.isEmpty)
    }

    /// Models of the same structure are found together, from any of them, and the address keeps that.
    @Test func theSameStructure() throws {
        var records = Self.some
        for index in [4, 9, 200] {
            records[index].fingerprint = Fingerprint(
                structure: "0123456789abcdef0123456789abcdef", names: "\(index)", tensors: 1)
        }
        records[5].fingerprint = Fingerprint(structure: "ffff456789abcdef0123456789abcdef", names: "x", tensors: 1)
        try open(records)
        let choices = try value("[...document.querySelector('[name=structure]').options].map(o => o.text)")
        #expect(choices == ["All", "shared with others (3)", "as models/unet_5.pt2 (3)"])
        #expect(try value("document.querySelectorAll('.same').length") == 2)
        try value("document.querySelector('.same').click()")
        #expect(try paths == ["models/unet_5.pt2", "models/unet_10.pt2", "models/unet_201.pt2"])
        #expect(try value("location.hash") == "#structure=0123456789abcdef")
        try open(records, state: "structure=0123456789abcdef")
        #expect(try paths.count == 3)
        try open(records, state: "structure=shared")
        #expect(try paths.count == 3)
        try open(records, state: "structure=nonsense")
        #expect(try value(Self.statusText).string?.hasPrefix("243 artifacts") == true)
    }

    private func choose(_ name: String, _ value: String) throws {
        try browser.evaluate(
            """
            (() => { const field = document.querySelector('[name=\(name)]'); field.value = '\(value)';
            field.dispatchEvent(new Event('input', { bubbles: true })); })()
            """)
    }

    @Test func figuresAndBarsFilter() throws {
        try open(Self.some)
        try value("document.querySelector('.tiles .danger button').click()")
        #expect(try paths == ["downloads/evil.pkl"])
        try value("[...document.querySelectorAll('.chart button')].find(b => b.textContent === 'onnx').click()")
        #expect(try value(Self.statusText) == "80 of 243 artifacts")
        #expect(try value("document.activeElement.id") == "artifacts")
    }

    @Test func sorting() throws {
        try open(Self.some)
        try sort(0)
        #expect(try paths.prefix(3) == ["downloads/cut.pt", "downloads/evil.pkl", "models/unet_1.pt2"])
        #expect(try sorting(0) == "ascending")
        try sort(0)
        #expect(try paths.first == "README.txt")
        #expect(try sorting(0) == "descending")
        // The worst comes first, then the most parameters; what is unknown comes last either way.
        try sort(1)
        #expect(try paths.prefix(2) == ["downloads/evil.pkl", "downloads/cut.pt"])
        try sort(5)
        #expect(try (sorting(0), sorting(5)) == ("none", "descending"))
        #expect(try paths.first == "models/unet_240.pt2")
        try sort(5)
        #expect(try paths.first == "models/unet_1.pt2")
    }

    private func sort(_ column: Int) throws {
        try value("document.querySelectorAll('#table thead button')[\(column)].click()")
    }

    private func sorting(_ column: Int) throws -> String {
        try value("document.querySelectorAll('#table thead th')[\(column)].getAttribute('aria-sort')").string ?? ""
    }

    @Test func pages() throws {
        try open(Self.some)
        #expect(try value("document.getElementById('previous').disabled") == true)
        for _ in 1...2 { try value("document.getElementById('next').click()") }
        #expect(try value("document.getElementById('page').textContent") == "Page 3 of 3")
        #expect(try paths.count == 43)
        #expect(try value("document.getElementById('next').disabled") == true)
        #expect(try value(Self.statusText) == "243 artifacts, 201 to 243 shown")
    }

    // MARK: - Triage

    /// Whoever opens the page sees first what to fear, and why.
    @Test func theWorstComesFirst() throws {
        try open(Self.some)
        #expect(try paths.prefix(3) == ["downloads/evil.pkl", "downloads/cut.pt", "models/unet_1.pt2"])
        let reasons = try value("[...document.querySelectorAll('#table .reason')].map(e => e.textContent)")
        #expect(reasons.array?.first == "imports os.system")
    }

    @Test func searchFindsWhatTheTableDoesNotShow() throws {
        try open(Self.some)
        for (words, count) in [("pickle.dangerous-import", 1), ("os.system", 1), ("unet torch>=2.9", 240)] {
            try search(words)
            #expect(try value(Self.statusText).string?.hasPrefix("\(count) of 243") == true, "\(words)")
        }
    }

    @Test func filteringByWhatIsMissing() throws {
        try open(Self.some)
        try choose("missing", "mlm:tasks")
        #expect(try value(Self.statusText).string?.hasPrefix("240 of 243") == true)
        try choose("loading", "dangerous")
        #expect(try paths.isEmpty)
    }

    /// The address keeps what is shown, and brings it back.
    @Test func theAddressKeepsTheState() throws {
        try open(Self.some)
        try choose("framework", "ONNX")
        try search("unet_12")
        try sort(5)
        try until("location.hash === '#search=unet_12&framework=ONNX&sort=-parameters'")
        try openCard(0)
        try until("location.hash.endsWith('&open=129')")
        try open(Self.some, state: "search=unet_12&framework=ONNX&sort=-parameters&open=129")
        #expect(try paths.first == "models/unet_129.pt2")
        #expect(try sorting(5) == "descending")
        try until("document.getElementById('card').open")
        #expect(try value("document.getElementById('card-title').textContent") == "models/unet_129.pt2")
        try browser.press("Escape")
        try until("!location.hash.includes('open')")
        // What the address says wrongly is passed over.
        try open(Self.some, state: "verdict=nobody&sort=__proto__&page=-3&open=9999999")
        #expect(try value(Self.statusText) == "243 artifacts, 1 to 100 shown")
        try value("location.hash = '#verdict=failed'")
        try until("\(Self.statusText) === '1 of 243 artifacts'")
    }

    @Test func theSlashSearches() throws {
        try open(Self.some)
        try browser.press("/")
        #expect(try value("document.activeElement.name") == "search")
        #expect(try value("document.activeElement.value") == "")
    }

    @Test func previousAndNext() throws {
        try open(Self.some)
        try openCard(0)
        #expect(try value("document.getElementById('before').disabled") == true)
        for _ in 1...2 {
            try value("document.getElementById('behind').click()")
        }
        try until("document.getElementById('card-title').textContent === 'models/unet_1.pt2'")
        try until("document.getElementById('card-body').innerText.includes('unet_1.pt2')")
        try browser.press("ArrowLeft")
        try until("document.getElementById('card-title').textContent === 'downloads/cut.pt'")
        try browser.press("Escape")
        try until("document.activeElement.textContent === 'downloads/cut.pt'")
    }

    // MARK: - Export

    /// What a button saves, in place of a file.
    private func saved(_ button: String) throws -> String {
        try value(
            """
            (() => { window.saved = null; URL.createObjectURL = (blob) => { blob.text().then(t => window.saved = t); return ''; };
            HTMLAnchorElement.prototype.click = () => {};
            document.getElementById('\(button)').click(); })()
            """)
        try until("window.saved !== null")
        return try value("window.saved").string ?? ""
    }

    @Test func exports() throws {
        try open(Self.some)
        try search("unet_24")
        let rows = try saved("csv").split(separator: "\r\n", omittingEmptySubsequences: true)
        #expect(try rows.count == paths.count + 1)
        #expect(rows.first.map(String.init) == CSVColumn.all.map(\.name).joined(separator: ","))
        let records = try JSONValue.parse(try saved("json")).array ?? []
        #expect(try records.compactMap { $0["path"]?.string } == paths)
        #expect(records.first?["schema"] == "mlm-inspect/record/1")
    }

    @Test func theDraftCommand() throws {
        try open([
            SampleRecords.model("models/a b.pt2"), SampleRecords.model("-x.pt2"), SampleRecords.dangerous("evil.pkl"),
            SampleRecords.model("a.zip!/b.pt2"), SampleRecords.model("it's.pt2"),
        ])
        try value("document.getElementById('draft').click()")
        #expect(
            try value("document.querySelector('#card-body code').textContent")
                == "mlm-inspect draft --collection catalogue 'models/a b.pt2' ./-x.pt2 'it'\\''s.pt2'")
        #expect(
            try value("document.querySelector('#card-body').innerText").string?.contains(
                "2 of what was found are left out") == true)
        try browser.press("Escape")
        try search("it's")
        try value("document.getElementById('draft').click()")
        #expect(
            try value("document.querySelector('#card-body code').textContent")
                == "mlm-inspect draft 'it'\\''s.pt2' -o item.json")
    }

    /// Nothing that would run code is offered to be copied.
    @Test func noCallOfSomethingDangerous() throws {
        try open([SampleRecords.dangerous("evil.pkl")])
        try openCard(0)
        #expect(try value("document.querySelectorAll('#card-body .copy').length") == 0)
        #expect(try value("document.querySelector('#card-body').innerText").string?.contains("pickle.load") == false)
    }

    // MARK: - One model

    @Test(arguments: [320, 1000])
    func thePageOfOne(_ width: Int) throws {
        try browser.call(
            "Emulation.setDeviceMetricsOverride",
            ["width": JSONValue(width), "height": 900, "deviceScaleFactor": 1, "mobile": false])
        let text = try ModelPage.html(SampleRecords.hostile("<b>\(String(repeating: "long", count: 100))"))
        try browser.open(try folder.write(text.utf8, to: "model.html"))
        try picture("one-\(width)")
        #expect(try value("document.documentElement.scrollWidth") == JSONValue(width))
        #expect(try value(Self.lowContrast) == [])
        #expect(try value("document.querySelectorAll('b').length") == 0)
        try value("document.querySelector('.copy').click()")
        try until("['Copied', 'Press Ctrl+C'].includes(document.querySelector('.copy').textContent)")
        guard let axe = Self.axe else { return }
        try value(try String(contentsOfFile: axe, encoding: .utf8) + "; 0")
        #expect(
            try value("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3)))")
                == [])
    }

    // MARK: - Cards

    @Test func aCardOpensByTheKeyboardAndClosesAgain() throws {
        try open(Self.some)
        try search("unet_7.pt2")
        _ = try tab(to: "button.open")
        try browser.press("Enter")
        try until("document.getElementById('card').open")
        #expect(try value("document.getElementById('card').contains(document.activeElement)") == true)
        let text = try value("document.getElementById('card').innerText").string ?? ""
        for part in ["models/unet_7.pt2", "49,000", "batch, channel, height, width", "torch.export.load", "mlm:name"] {
            #expect(text.contains(part), "\(part)")
        }
        try browser.press("Escape")
        #expect(try value("document.getElementById('card').open") == false)
        #expect(try value("document.activeElement.matches('button.open')") == true)
    }

    @Test func theDraftIsCopied() throws {
        let record = SampleRecords.model("unet.pt2")
        try open([record])
        try browser.call(
            "Browser.grantPermissions", ["permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]])
        try openCard(0)
        _ = try tab(to: ".copy")
        _ = try tab(to: "pre:not(.short)")
        _ = try tab(to: ".copy")
        try browser.press("Enter")
        #expect(try value(Self.later("document.activeElement.textContent")) == "Copied")
        let copied = try value("navigator.clipboard.readText()").string
        #expect(try JSONValue.parse(copied ?? "") == record.draft.map { .object($0.asset) })
    }

    /// Where the clipboard is refused, by the selection.
    @Test func theDraftIsCopiedWithoutTheClipboard() throws {
        try open([SampleRecords.model("unet.pt2")])
        try value("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
        try value("document.execCommand = () => false")
        try openCard(0)
        try value("document.querySelector('dialog .copy').click()")
        #expect(try value(Self.later("document.querySelector('dialog .copy').textContent")) == "Press Ctrl+C")
        #expect(try value("getSelection().toString()") == "torch.export.load(\"unet.pt2\")")
    }

    private static func later(_ expression: String) -> String {
        "new Promise(done => setTimeout(() => done(\(expression)), 100))"
    }

    // MARK: - For everyone

    /// Tab goes through the page in the order in which it is read.
    @Test func theKeyboardsOrder() throws {
        try open(Self.some)
        #expect(try tab(to: ".skip") == 1)
        #expect(try value("document.querySelector('.skip').getBoundingClientRect().top >= 0") == true)
        #expect(try tab(to: ".tiles button") == 1)
        _ = try tab(to: "[name=search]")
        let filters = ["verdict", "format", "framework", "task", "loading", "missing", "structure"].map {
            "[name=\($0)]"
        }
        for field in filters + ["[type=reset]", "#draft", "#csv", "#json", "#table thead button"] {
            #expect(try tab(to: field) == 1, "\(field)")
        }
        #expect(try tab(to: "button.open") == 8)
        // What has the focus is seen to have it.
        #expect(try value("getComputedStyle(document.activeElement).outlineStyle") == "solid")
        try value("document.querySelector('.skip').focus()")
        try browser.press("Enter")
        #expect(try value("document.activeElement.id") == "artifacts")
    }

    @Test func whatAScreenReaderIsTold() throws {
        try open(Self.some)
        try browser.call("Accessibility.enable")
        let nodes = try browser.call("Accessibility.getFullAXTree")["nodes"]?.array ?? []
        func named(_ role: String) -> Set<String> {
            Set(nodes.filter { $0["role"]?["value"]?.string == role }.compactMap { $0["name"]?["value"]?.string })
        }
        #expect(named("columnheader").isSuperset(of: ["Path", "Verdict", "Parameters"]))
        #expect(named("rowheader").contains("models/unet_1.pt2"))
        #expect(named("searchbox") == ["Search"])
        #expect(named("combobox") == ["Format", "Framework", "Loading", "Missing", "Structure", "Task", "Verdict"])
        #expect(named("button").allSatisfy { !$0.isEmpty })
        #expect(named("table").contains("One artifact a row"))
    }

    static let axe = ProcessInfo.processInfo.environment["AXE_CORE"]

    /// What axe-core, the checker behind most audits, has to say of the page and of an open card.
    @Test(.enabled(if: axe != nil, "AXE_CORE names no axe.min.js"), arguments: ["light", "dark"])
    func accessibility(_ scheme: String) throws {
        try browser.call(
            "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": .string(scheme)]]])
        try open(Self.some.suffix(20) + [SampleRecords.hostile("x")])
        try browser.evaluate(try String(contentsOfFile: try #require(Self.axe), encoding: .utf8) + "; 0")
        let violations =
            "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3)))"
        #expect(try value(violations) == [])
        try openCard(4)
        #expect(try value(violations) == [])
    }

    /// Every text on its ground: 4.5 to 1 (WCAG 2.2, 1.4.3), in both colour schemes, with a card open.
    @Test(arguments: ["light", "dark"])
    func contrast(_ scheme: String) throws {
        try browser.call(
            "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": .string(scheme)]]])
        try open(Self.some.suffix(8))
        try picture("\(scheme)-1280")
        let ground = try value("getComputedStyle(document.body).backgroundColor")
        #expect((ground == "rgb(17, 20, 26)") == (scheme == "dark"))
        #expect(try value(Self.lowContrast) == [])
        try openCard(4)
        try picture("\(scheme)-card-1280")
        #expect(try value(Self.lowContrast) == [])
    }

    /// Texts whose contrast is too low, with the contrast.
    static let lowContrast = """
        (() => {
          const channels = (text) => text.match(/[0-9.]+/g).map(Number);
          const luminance = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = channels(getComputedStyle(e).backgroundColor);
              if (color.length < 4 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const found = [];
          for (const e of document.querySelectorAll('body *')) {
            const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
            if (!own || !e.checkVisibility() || e.closest('.unseen, script, style, option, :disabled')) continue;
            const [a, b] = [luminance(channels(getComputedStyle(e).color)), luminance(ground(e))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) found.push(`${e.className} ${e.textContent.slice(0, 20)} ${contrast.toFixed(2)}`);
          }
          return [...new Set(found)];
        })()
        """

    /// On a telephone a row is a stack, whose path has the whole width.
    @Test func rowsStackOnATelephone() throws {
        try open(Self.some, width: 400)
        #expect(try value("getComputedStyle(document.querySelector('#table tbody tr')).display") == "flex")
        let widths = try value(
            """
            (() => { const row = document.querySelector('#table tbody tr');
            return row.cells[0].getBoundingClientRect().width / row.getBoundingClientRect().width > 0.85; })()
            """)
        #expect(widths == true)
    }

    /// On a telephone nothing is wider than the screen.
    @Test(arguments: [320, 400, 800])
    func narrow(_ width: Int) throws {
        try open(
            Array(Self.some.suffix(20)) + [SampleRecords.hostile(String(repeating: "long", count: 100))], width: width)
        try picture("light-\(width)")
        #expect(try value("document.documentElement.scrollWidth") == JSONValue(width))
        #expect(
            try value("document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth")
                == true)
        try openCard(0)
        try picture("light-card-\(width)")
        #expect(try value("document.getElementById('card').scrollWidth <= innerWidth") == true)
        #expect(try value("document.getElementById('card-body').scrollWidth <= innerWidth") == true)
    }

    private func picture(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["REPORT_SCREENSHOTS"] else { return }
        try browser.screenshot(to: "\(folder)/\(name).png")
    }

    // MARK: - Hostile texts

    /// Whatever an artifact is called and says: it is read, never run, and the page stays as it is.
    @Test func hostileTexts() throws {
        let texts = SampleRecords.hostileTexts
        try open(texts.map(SampleRecords.hostile))
        #expect(try paths == texts.map { TextStyle.inert("models/\($0)") })
        for index in texts.indices {
            try openCard(index)
            let draft = try value(
                "[...document.querySelectorAll('dialog pre:not(.short) code')].map(e => e.textContent)")
            let properties = try JSONValue.parse(draft[1]?.string ?? "")
            #expect(properties == [texts[index]: .string(texts[index])])
            #expect(
                try value("document.querySelector('[data-evidence] li').textContent")
                    == .string("name read: " + TextStyle.inert(texts[index])))
            try browser.press("Escape")
        }
        #expect(try value("window.pwned") == .null)
        #expect(try value("document.querySelectorAll('script:not([type])').length") == 7)
        #expect(
            try value("document.querySelectorAll('img, svg:not(.chart svg), h1:not(body > header h1)').length") == 0)
        #expect(
            try value(
                "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => a.name.startsWith('on')))")
                == false)
        let violations = browser.events.filter { "\($0)".contains("Content Security Policy") }
        #expect(violations.isEmpty)
    }

    /// The last line of defence: what has become markup all the same is not run.
    @Test func thePolicyStopsScripts() throws {
        try open(Self.some)
        try value("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pwned = 1\">')")
        try value(
            "(() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); })()"
        )
        #expect(try value(Self.later("window.pwned")) == .null)
        #expect(browser.events.contains { "\($0)".contains("Content Security Policy") })
    }
}
