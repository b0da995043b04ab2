import Foundation
import MLMInspect
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// The page of one model as a person uses it: its map of modules, and the table of its tensors.
@Suite(
    .serialized,
    .enabled(if: Chromium.executable != nil, "Chromium is missing; install it (apt install chromium)"))
struct ModelPageBrowserTests {
    private let folder: TemporaryFolder
    private let browser: Chromium

    init() throws {
        folder = try TemporaryFolder()
        browser = try Chromium()
    }

    /// Two modules with several in one, a chain of modules that hold one another, and a tensor that shares another's numbers.
    private static let some: [StoredTensor] =
        (0..<200).map { index in
            StoredTensor(
                name: "net.encoder.layer\(index).weight", shape: [10, index + 1], dataType: "float32",
                bytes: 40 * (index + 1), place: StoredTensor.Place(entry: "data/\(index)", offset: 64 * index))
        } + [
            StoredTensor(name: "net.head.fc.weight", shape: [50, 1000], dataType: "float16", bytes: 100_000),
            StoredTensor(name: "net.head.fc.bias", shape: [50], dataType: "float16", bytes: 100),
            StoredTensor(
                name: "net.tied.weight", shape: [50, 1000], dataType: "float16", bytes: 100_000,
                sharedWith: "net.head.fc.weight"),
        ]

    private func open(
        _ tensors: [StoredTensor], width: Int = 1000, state: String = "", runsScripts: Bool = true
    ) throws {
        var shown = PageTensors()
        for tensor in tensors { shown.add(tensor) }
        let text = try ModelPage.html(SampleRecords.model("models/unet.pt2"), tensors: shown)
        try browser.call(
            "Emulation.setDeviceMetricsOverride",
            ["width": JSONValue(width), "height": 900, "deviceScaleFactor": 1, "mobile": false])
        try browser.open(try folder.write(text.utf8, to: "model.html") + (state.isEmpty ? "" : "#" + state))
        if runsScripts { try browser.until("document.documentElement.dataset.ready === ''") }
    }

    @discardableResult
    private func value(_ expression: String) throws -> JSONValue { try browser.evaluate(expression) }

    private static let status = "document.getElementById('tensors-status').textContent"
    private static let areas = "[...document.querySelectorAll('#map a')].map(a => a.getAttribute('aria-label'))"
    private static let trail = "document.getElementById('trail').textContent"

    private func picture(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["REPORT_SCREENSHOTS"] else { return }
        try value("document.getElementById('tensors').scrollIntoView()")
        try browser.screenshot(to: "\(folder)/\(name).png")
    }

    @Test func everyTensorIsInTheTable() throws {
        try open(Self.some)
        #expect(try value(Self.status) == "203 tensors, 1 to 100 shown")
        #expect(
            try value("[...document.querySelectorAll('#tensor-table tbody tr')][1].innerText.split('\\t').join('|')")
                == "net.encoder.layer1.weight|[10, 2]|float32|20|80|data/1 at 64")
        try value("document.getElementById('next').click()")
        #expect(try value(Self.status) == "203 tensors, 101 to 200 shown")
        #expect(try value("location.hash") == "#page=2")
        try value("document.getElementById('next').click()")
        #expect(
            try value("document.querySelector('#tensor-table tbody tr:last-child .place').textContent")
                == "shared with net.head.fc.weight")
        let said = browser.events.filter {
            ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains($0["method"]?.string)
        }
        #expect(said.isEmpty, "\(said)")
    }

    @Test func filtering() throws {
        try open(Self.some)
        try browser.press("/")
        try browser.type("float16 weight")
        #expect(try value(Self.status) == "2 of 203 tensors")
        try value("document.querySelector('[name=filter]').select()")
        try browser.type("10,7")
        #expect(
            try value("document.querySelector('#tensor-table tbody th').textContent") == "net.encoder.layer6.weight")
        try value("document.querySelector('[name=filter]').select()")
        try browser.type("no such")
        #expect(try value(Self.status) == "No tensor matches. Clear the filter to see all.")
    }

    /// Areas are as large as their numbers, and lead into their modules and back.
    @Test func theMapLeadsIntoModules() throws {
        try open(Self.some)
        #expect(
            try value(Self.areas) == [
                "net.encoder: 201,000 elements, 80 %, 200 tensors", "net.head.fc: 50,050 elements, 20 %, 2 tensors",
            ])
        let share = try value(
            """
            (() => { const [a, b] = [...document.querySelectorAll('#map .ground')].map(r => r.getBoundingClientRect());
            return Math.abs(a.width * a.height / (a.width * a.height + b.width * b.height) - 0.8) < 0.02; })()
            """)
        #expect(share == true)
        try value("document.querySelectorAll('#map a')[1].dispatchEvent(new MouseEvent('click', { bubbles: true }))")
        try browser.until("\(Self.trail) === 'all › net.head.fc'")
        #expect(try value(Self.status) == "2 of 203 tensors")
        #expect(
            try value(Self.areas) == [
                "weight: 50,000 elements, 100 %", "bias: 50 elements, 0.1 %",
            ])
        try value("document.querySelector('#trail a').click()")
        try browser.until("\(Self.status) === '203 tensors, 1 to 100 shown'")
    }

    /// One stop of the keyboard; arrows, Enter and Escape within.
    @Test func theMapByTheKeyboard() throws {
        try open(Self.some)
        for _ in 0..<60 where try value("document.activeElement.matches('#map a')") != true { try browser.press("Tab") }
        #expect(try value("document.activeElement.getAttribute('aria-label')").string?.hasPrefix("net.encoder") == true)
        try browser.press("ArrowRight")
        #expect(try value("document.activeElement.getAttribute('aria-label')").string?.hasPrefix("net.head") == true)
        try browser.press("Enter")
        try browser.until("\(Self.trail).endsWith('net.head.fc')")
        #expect(try value("document.activeElement.matches('#map a')") == true)
        try browser.press("Escape")
        try browser.until("\(Self.trail) === 'all'")
        try browser.press("Tab")
        #expect(try value("document.activeElement.name") == "filter")
    }

    /// What is beyond the largest parts is one area without a link.
    @Test func manyParts() throws {
        try open(Self.some, state: "module=net.encoder")
        #expect(try value("document.querySelectorAll('#map a').length") == 48)
        #expect(try value("document.querySelectorAll('#map .rest').length") == 1)
        #expect(try value("document.querySelector('#map').textContent.includes('152 more')") == true)
    }

    @Test func anAddressThatLeadsNowhere() throws {
        try open(Self.some, state: "module=net.none&page=9999")
        #expect(try value(Self.trail) == "all")
        #expect(try value(Self.status) == "203 tensors, 201 to 203 shown")
    }

    @Test func withoutScriptsModulesAreSummedUp() throws {
        try browser.call("Emulation.setScriptExecutionDisabled", ["value": true])
        try open(Self.some, runsScripts: false)
        try browser.call("Emulation.setScriptExecutionDisabled", ["value": false])
        let rows = try value(
            "[...document.querySelectorAll('#tensors noscript tbody tr')].map(r => r.innerText.split('\\t').join('|'))")
        #expect(rows == ["all|203|251,050|904,100", "net|203|251,050|904,100"])
        #expect(try value("document.getElementById('map').checkVisibility()") == false)
    }

    /// Whatever tensors are called.
    @Test func hostileNames() throws {
        let names = SampleRecords.hostileTexts
        try open(names.map { StoredTensor(name: $0, shape: [1], dataType: $0, bytes: 1, sharedWith: nil) })
        #expect(try value("window.pwned") == .null)
        #expect(try value("document.querySelectorAll('#tensors img, #tensors b, #tensors script').length") == 0)
        #expect(try value("document.querySelectorAll('#tensor-table tbody tr').length") == JSONValue(names.count))
        #expect(!browser.events.contains { "\($0)".contains("Content Security Policy") })
    }

    @Test(arguments: ["light", "dark"], [320, 1000])
    func everywhere(_ scheme: String, _ width: Int) throws {
        try browser.call(
            "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": .string(scheme)]]])
        try open(Self.some, width: width)
        try picture("tensors-\(scheme)-\(width)")
        #expect(try value("document.documentElement.scrollWidth") == JSONValue(width))
        #expect(
            try value("[...document.querySelectorAll('.inner')].every(e => e.scrollWidth <= e.clientWidth)") == true)
        #expect(try value(ReportBrowserTests.lowContrast) == [])
        guard let axe = ReportBrowserTests.axe else { return }
        try value(try String(contentsOfFile: axe, encoding: .utf8) + "; 0")
        #expect(
            try value("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3)))")
                == [])
    }
}
