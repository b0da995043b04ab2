import Foundation
import MLMInspect
import ModelFormats
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// Findings as a SARIF log.
@Suite struct SARIFTests {
    private static func log(_ records: [Record]) throws -> JSONValue {
        var writer = SARIFWriter(folder: "/work/models")
        let results = records.map { writer.results(of: $0) }.joined()
        return try JSONValue.parse(SARIFWriter.head + results + writer.end())
    }

    private static func results(_ log: JSONValue) -> [JSONValue] { log["runs"]?.array?.first?["results"]?.array ?? [] }

    private static func rules(_ log: JSONValue) -> [JSONValue] {
        log["runs"]?.array?.first?["tool"]?["driver"]?["rules"]?.array ?? []
    }

    @Test func itsShape() throws {
        let log = try Self.log([
            SampleRecords.dangerous("a b/é#.pkl"), SampleRecords.failed("../cut.pt"), SampleRecords.model("m.pt2"),
            SampleRecords.dangerous("again.pkl"),
        ])
        #expect(log["version"] == "2.1.0")
        let results = Self.results(log)
        #expect(
            results.compactMap { $0["ruleId"]?.string } == [
                "pickle.dangerous-import", "unread.truncated", "pickle.dangerous-import",
            ])
        #expect(results.compactMap { $0["level"]?.string } == ["error", "warning", "error"])
        #expect(
            results.first?["properties"] == [
                "verdict": "not-a-model", "format": "pickle-other", "loading": "dangerous",
            ])
        let places = results.compactMap {
            $0["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
        }
        #expect(places == ["a%20b/%C3%A9%23.pkl", "file:///work/cut.pt", "again.pkl"])
        // A rule stands there once, and its index is that of its place.
        let rules = Self.rules(log)
        #expect(rules.compactMap { $0["id"]?.string } == ["pickle.dangerous-import", "unread.truncated"])
        #expect(results.compactMap { $0["ruleIndex"]?.int } == [0, 1, 0])
        #expect(rules.allSatisfy { $0["help"]?["text"]?.string?.isEmpty == false })
        #expect(rules.first?["defaultConfiguration"]?["level"] == "error")
    }

    @Test func withoutResults() throws {
        let log = try Self.log([SampleRecords.model("m.pt2")])
        #expect(Self.results(log).isEmpty && Self.rules(log).isEmpty)
        #expect(log["runs"]?.array?.first?["results"] == [])
    }

    /// What makes a run fail is in its log, also where it is no finding.
    @Test func loadingThatRunsCode() throws {
        var record = SampleRecords.model("m.pt2")
        for (verdict, level) in [
            (Loading.Verdict.needsCode, "warning"), (.incomplete, "warning"), (.dangerous, "error"),
        ] {
            record.loading = Loading(
                verdict, call: "load()", imports: [Loading.Import(name: "os.system", tier: .dangerous, where: "")])
            let result = try #require(Self.results(Self.log([record])).first)
            #expect(result["ruleId"]?.string == "loading.\(verdict.rawValue)")
            #expect(result["level"]?.string == level)
            #expect(result["message"]?["text"]?.string?.hasSuffix(": os.system") == true)
        }
    }

    /// A message is shown as it is: it holds neither placeholders nor links, and no mark that reorders a line.
    @Test func hostileMessages() throws {
        var record = SampleRecords.model("m.pt2")
        let long = String(repeating: "x", count: 100_000)
        record.findings = ["[click](https://example.org) {0}\u{202E}", long].map {
            Finding(severity: .note, code: "note.hostile", message: $0, where: $0)
        }
        let log = try Self.log([record])
        let texts = Self.results(log).compactMap { $0["message"]?["text"]?.string }
        #expect(texts.first == "[click\\](https://example.org) {{0}}\\u{{202e}}")
        #expect(texts.allSatisfy { $0.utf8.count < 2000 })
    }

    @Test func members() throws {
        var writer = SARIFWriter(folder: "/")
        _ = writer.results(of: SampleRecords.model("a.zip"))
        let line = writer.results(of: SampleRecords.dangerous("a.zip!/b.pkl"), isMember: true)
        let result = try JSONValue.parse(line)
        let location = result["locations"]?.array?.first
        #expect(location?["physicalLocation"]?["artifactLocation"]?["uri"] == "a.zip")
        #expect(location?["logicalLocations"]?.array?.first?["fullyQualifiedName"] == "b.pkl: byte 3")
    }

    @Test(arguments: [
        ("a:b/c", "./a:b/c"), ("./x", "x"), ("/work/models/x", "x"), ("/etc/x", "file:///etc/x"), ("-", "-"),
        ("100%", "100%25"),
    ])
    func paths(_ path: String, _ uri: String) {
        #expect(SARIFPath.uri(path, from: "/work/models").uri == uri)
    }

    /// Every code of a finding has a help text, and none has one that is no finding's.
    @Test func everyCodeHasHelp() throws {
        let root = TestArtifact.root.deletingLastPathComponent().appending(path: "Sources")
        var codes: Set<String> = []
        for folder in ["ModelFormats", "MLMInspect", "STAC"] {
            let path = root.appending(path: folder).path(percentEncoded: false)
            for file in try FileManager.default.subpathsOfDirectory(atPath: path)
            where file.hasSuffix(".swift") && !file.hasPrefix("Check/") {
                let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
                for match in text.matches(
                    of: /(?:code: (?:[^"\n]*\? )?|(?:note|warning|danger), |in: |: )"([a-z0-9-]+\.[a-z0-9-]+)"/)
                {
                    codes.insert(String(match.output.1))
                }
            }
        }
        let families = Set(FindingHelp.texts.keys.map { $0.prefix { $0 != "." } })
        for code in codes.sorted() where families.contains(code.prefix { $0 != "." }) && code.contains("-") {
            #expect(FindingHelp.text(code) != nil, "\(code) has no line in findings.txt")
        }
        for artifact in TestArtifact.all {
            let record = try TestArtifact.json(artifact.expectedURL)
            for finding in record["findings"]?.array ?? [] {
                let code = finding["code"]?.string ?? ""
                #expect(FindingHelp.text(code) != nil, "\(code) has no line in findings.txt")
            }
        }
        #expect(FindingHelp.text("not-a-model.geotiff") == FindingHelp.text("not-a-model"))
    }

    @Test func theProgramWritesIt() async throws {
        let paths = TestArtifact.oneOfEachFolder.map(\.path)
        let one = try await Program.run(Program.path, ["-f", "sarif", "--fail-on", "never"] + paths)
        let scanned = try await Program.run(
            Program.path, ["scan", "-f", "sarif", "-q", "--fail-on", "never", "--all"] + paths)
        let results = Self.results(try JSONValue.parse(one.output))
        #expect(results.count > 20)
        #expect(Self.results(try JSONValue.parse(scanned.output)).count >= results.count)
    }
}
