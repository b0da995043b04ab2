import Foundation
import MLMInspect
import ModelFormats
import SystemPackage
import TestSupport
import Testing

@testable import InspectCommands

/// What is written for a report, without a browser.
@Suite struct ReportPageTests {
    private static func text(_ records: [Record]) -> String {
        var page = ReportPage(roots: ["models"])
        return page.head + records.map { page.row($0) }.joined() + page.tail
    }

    @Test func whatIsInterpolatedIsEscaped() {
        let text = "<a href=\"x\">&'\u{202E}"
        #expect(("\(text)" as HTML).source == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\u{202e}")
        let inner: HTML = "<b>\(1)</b>"
        #expect(("<i>\(inner)\([inner, inner])</i>" as HTML).source == "<i><b>1</b><b>1</b><b>1</b></i>")
        #expect(("\(exactly: "a\u{200B}<")" as HTML).source == "a\u{200B}&lt;")
    }

    @Test(arguments: SampleRecords.hostileTexts.filter { $0.contains { "<>\"'&".contains($0) } })
    func noHostileTextStandsAsItIs(_ hostile: String) {
        let plain = Self.text([SampleRecords.model("models/x")])
        let text = Self.text([SampleRecords.hostile(hostile)])
        let opened = { (text: String) in text.utf8.count { $0 == UInt8(ascii: "<") } }
        // As many tags as if it were a text without any of these characters.
        #expect(opened(text) == opened(Self.text([SampleRecords.hostile("harmless")])))
        #expect(opened(text) > opened(plain))
        #expect(text.components(separatedBy: "</script").count == 2)
        #expect(text.components(separatedBy: "<!--").count == 1)
    }

    @Test func theSameRecordsMakeTheSamePage() {
        let records = [SampleRecords.model("a"), SampleRecords.dangerous("b")]
        #expect(Self.text(records) == Self.text(records))
    }

    /// Nothing of the page is fetched from anywhere.
    @Test func nothingIsLoaded() {
        let text = Self.text([SampleRecords.model("a")])
        for word in ["http:", "https:", "//cdn", "url(", "@import", "<link", "<img", "<iframe"] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    /// However many come first, the dangerous ones have a card.
    @Test func cardsAreKeptForWhatIsUrgent() {
        var page = ReportPage(roots: [])
        func cards(_ count: Int, _ record: Record) -> Int {
            (0..<count).count { _ in page.row(record).contains("<template>") }
        }
        #expect(cards(3000, SampleRecords.model("a")) == ReportPage.mostCards - ReportPage.urgentCards)
        #expect(cards(600, SampleRecords.dangerous("b")) == 600)
        #expect(cards(600, SampleRecords.failed("c")) == ReportPage.urgentCards - 600)
        #expect(page.tail.contains("2,000 of the artifacts have a card"))
    }

    @Test func urgentOnesMayHaveAllCards() {
        var page = ReportPage(roots: [])
        #expect(
            (0..<3000).count { _ in page.row(SampleRecords.failed("c")).contains("<template>") } == ReportPage.mostCards
        )
    }

    @Test func standings() {
        #expect(ListVerdict(SampleRecords.model("a")) == .model)
        #expect(ListVerdict(SampleRecords.dangerous("a")) == .dangerous)
        #expect(ListVerdict(SampleRecords.failed("a")) == .failed)
        #expect(ListVerdict(SampleRecords.unrecognised("a")) == .unrecognised)
        var record = SampleRecords.model("a")
        record.loading?.verdict = .needsCode
        #expect(ListVerdict(record) == .needsCode)
    }

    /// A page about what is in TestArtifacts, written beside the records.
    @Test func theProgramWritesIt() async throws {
        let folder = try TemporaryFolder()
        let artifacts = TestArtifact.oneOfEachFolder
        let arguments =
            ["-f", "ndjson", "--fail-on", "never", "--report", folder.path("r.html")] + artifacts.map(\.path)
        let run = try await Program.run(Program.path, arguments)
        #expect(run.output.split(separator: "\n").count == artifacts.count)
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        #expect(page.components(separatedBy: "<tr data-format").count == artifacts.count + 1)
        #expect(page.hasSuffix("</html>\n"))

        let second = try await Program.run(Program.path, arguments)
        #expect(second.code == 64)
        #expect(second.output.isEmpty)
        #expect(second.errors.contains("r.html exists; name another file or add --force"))
    }

    /// A report that cannot be written to its end is not there at all, and the run says so.
    @Test func aFullDisk() async throws {
        let folder = try TemporaryFolder()
        // A file may be this large (blocks of 512 bytes), and a signal for a larger one is ignored, as it is on a full disk.
        let run = try await Program.run(
            "/bin/sh",
            [
                "-c", "trap '' XFSZ; ulimit -f 40; exec \"$@\"", "sh", Program.path.string, "--report",
                folder.path("r.html"),
                "-f", "ndjson", try #require(TestArtifact.all.first { $0.folder == "onnx" }).path,
            ])
        #expect(run.code == 2)
        #expect(run.errors.contains("r.html: cannot be written: it is larger than a file may be here"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).isEmpty)
    }
}
