import Foundation
import MLMInspect
import ModelFormats
import SystemPackage
import TestSupport
import Testing

@testable import InspectCommands

/// What is written for a report, without a browser.
@Suite struct ReportPageTests {
    private static func text(_ records: [Record]) throws -> String {
        var page = ReportPage(roots: ["models"])
        return try page.head + records.map { try page.data($0) }.joined() + page.tail()
    }

    /// What the page of one says, and the cards of the page of many.
    private static func card(_ record: Record) throws -> String { try ModelPage.html(record) }

    @Test func whatIsInterpolatedIsEscaped() {
        let text = "<a href=\"x\">&'\u{202E}"
        #expect(("\(text)" as HTML).source == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\u{202e}")
        let inner: HTML = "<b>\(1)</b>"
        #expect(("<i>\(inner)\([inner, inner])</i>" as HTML).source == "<i><b>1</b><b>1</b><b>1</b></i>")
        #expect(("\(exactly: "a\u{200B}<")" as HTML).source == "a\u{200B}&lt;")
    }

    @Test(arguments: SampleRecords.hostileTexts.filter { $0.contains { "<>\"'&".contains($0) } })
    func noHostileTextStandsAsItIs(_ hostile: String) throws {
        let opened = { (text: String) in text.utf8.count { $0 == UInt8(ascii: "<") } }
        let text = try Self.card(SampleRecords.hostile(hostile))
        // As many tags as if it were a text without any of these characters.
        #expect(opened(text) == opened(try Self.card(SampleRecords.hostile("harmless"))))
        #expect(text.components(separatedBy: "</script").count == 2)
        #expect(text.components(separatedBy: "<!--").count == 1)
        let list = try Self.text([SampleRecords.hostile(hostile)])
        #expect(opened(list) == opened(try Self.text([SampleRecords.hostile("harmless")])))
    }

    @Test func theSameRecordsMakeTheSamePage() throws {
        let records = [SampleRecords.model("a"), SampleRecords.dangerous("b")]
        #expect(try Self.text(records) == Self.text(records))
    }

    /// Nothing of the page is fetched from anywhere.
    @Test func nothingIsLoaded() throws {
        for text in [try Self.text([SampleRecords.model("a")]), try Self.card(SampleRecords.model("a"))] {
            for word in ["http:", "https:", "//cdn", "url(", "@import", "<link", "<img", "<iframe"] {
                #expect(!text.contains(word), "\(word)")
            }
        }
    }

    /// Blocks of rows and details hold every record, whatever their number.
    @Test func everyRecordHasItsDetails() throws {
        var page = ReportPage(roots: [])
        var text = page.head
        for index in 0..<400 { text += try page.data(SampleRecords.model("models/\(index).pt2")) }
        text += try page.tail()
        for name in ["rows", "details"] {
            let counts = text.matches(
                of: try Regex("class=\"\(name)\" data-count=\"([0-9]+)\"", as: (Substring, Substring).self)
            )
            .compactMap { Int($0.output.1) }
            #expect(counts.reduce(0, +) == 400, "\(name)")
        }
        // Compressed, a record takes a few hundred bytes.
        #expect(text.utf8.count < 400 * 600 + 60_000)
    }

    /// No call of something dangerous can be copied from a page, nor a command that drafts it.
    @Test func noCallOfSomethingDangerous() throws {
        var record = SampleRecords.model("m.pt2")
        let card = try Self.card(record)
        #expect(card.contains("torch.export.load") && card.contains("mlm-inspect draft m.pt2"))
        record.loading?.verdict = .dangerous
        let without = try Self.card(record)
        #expect(!without.contains("torch.export.load") && !without.contains("mlm-inspect draft m.pt2"))
    }

    @Test(
        arguments: [
            ("a.pt", "a.pt"), ("a b.pt", "'a b.pt'"), ("it's", "'it'\\''s'"), ("-rf", "./-rf"), ("$(x)", "'$(x)'"),
            ("a!/b", nil), ("a\u{202E}b", nil), ("-", nil), ("a\nb", nil),
        ] as [(String, String?)])
    func wordsOfAShell(_ path: String, _ word: String?) {
        #expect(DraftLine.word(SampleRecords.model(path)) == word)
    }

    /// What a person still has to say is told with its flag, and counted.
    @Test func whatItTakesToPublish() throws {
        let needs = try #require(ReportReadiness(SampleRecords.model("m.pt2"))).needs
        #expect(needs.contains { $0.field == "mlm:tasks" && $0.flag == "--task NAME" })
        #expect(needs.contains { $0.field == "geometry" })
        #expect(ReportReadiness(SampleRecords.dangerous("x")) == nil)
        let page = try Self.text([SampleRecords.model("a"), SampleRecords.model("b"), SampleRecords.failed("c")])
        #expect(page.contains("0 of 2 models can be published"))
        #expect(page.contains("lack mlm:tasks"))
    }

    @Test func whyARowIsWhereItIs() {
        func reason(_ record: Record) -> String? { ReportRow(record, missing: []).reason }
        #expect(reason(SampleRecords.dangerous("a")) == "imports os.system")
        #expect(reason(SampleRecords.failed("a"))?.hasPrefix("ends too early") == true)
        #expect(reason(SampleRecords.model("a")) == nil)
        var record = SampleRecords.model("a")
        record.loading = Loading(.needsCode, call: "load()", classes: ["own.Net"])
        #expect(reason(record) == "needs own.Net")
    }

    /// A name of any length takes a bounded place in the list.
    @Test func longNames() throws {
        let long = String(repeating: "x\u{202E}", count: 50_000)
        let row = ReportRow(SampleRecords.hostile(long), missing: []).json.write(pretty: false)
        #expect(row.utf8.count < 10_000)
        #expect(!row.contains("\u{202E}"))
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
        #expect(page.contains("data-count=\"\(artifacts.count)\""))
        #expect(page.hasSuffix("</html>\n"))

        let second = try await Program.run(Program.path, arguments)
        #expect(second.code == 64)
        #expect(second.output.isEmpty)
        #expect(second.errors.contains("r.html exists; name another file or add --force"))
    }

    @Test func theProgramWritesAPageOfOne() async throws {
        let folder = try TemporaryFolder()
        let model = try #require(TestArtifact.all.first { $0.folder == "onnx" }).path
        let run = try await Program.run(Program.path, ["report", model, "-o", folder.path("m.html")])
        #expect(run.code == 0 && run.output.isEmpty)
        let page = try String(contentsOfFile: folder.path("m.html"), encoding: .utf8)
        #expect(page.contains("To publish it") && page.hasSuffix("</html>\n"))
        let piped = try await Program.run(Program.path, ["report", model])
        #expect(piped.output == page)
        let again = try await Program.run(Program.path, ["report", model, "-o", folder.path("m.html")])
        #expect(again.code == 64)
        #expect(page.contains("class=\"tensors\"") && page.contains("Tensors by module"))
    }

    /// There is no page about what is not there, nor about a folder that is no model.
    @Test(arguments: [("nothing.pt", 2, "no such file"), ("", 3, "mlm-inspect scan")] as [(String, Int32, String)])
    func noPageOfNothing(_ path: String, _ code: Int32, _ message: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run(
            Program.path, ["report", folder.path(path), "-o", folder.path("m.html")])
        #expect(run.code == code && run.errors.contains(message), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("m.html")))
    }

    /// Every tensor is in the page, and what a tensor is called stays a text.
    @Test(arguments: SampleRecords.hostileTexts)
    func tensorsOfAnyName(_ name: String) throws {
        func page(_ name: String) throws -> String {
            var tensors = PageTensors()
            for index in 0..<300 {
                tensors.add(StoredTensor(name: "\(name).\(index)", shape: [1], dataType: "float32", bytes: 4))
            }
            return try ModelPage.html(SampleRecords.model("m.pt2"), tensors: tensors)
        }
        let text = try page(name)
        #expect(text.contains("class=\"tensors\" data-count=\"300\""))
        let opened = { (text: String) in text.utf8.count { $0 == UInt8(ascii: "<") } }
        // A name with slashes in it makes no row more than a module of its own does.
        #expect(try opened(text) <= opened(page("harmless")))
    }

    /// A report that cannot be written to its end is not there at all, and the run says so.
    @Test func aFullDisk() async throws {
        let folder = try TemporaryFolder()
        // A file may be this large (blocks of 512 bytes), and a signal for a larger one is ignored, as it is on a full disk.
        let run = try await Program.run(
            "/bin/sh",
            [
                "-c", "trap '' XFSZ; ulimit -f 20; exec \"$@\"", "sh", Program.path.string, "--report",
                folder.path("r.html"),
                "-f", "ndjson", try #require(TestArtifact.all.first { $0.folder == "onnx" }).path,
            ])
        #expect(run.code == 2)
        #expect(run.errors.contains("r.html: cannot be written: it is larger than a file may be here"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).isEmpty)
    }
}
