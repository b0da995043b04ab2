import Foundation
import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import SystemPackage
import TestSupport
import Testing

@testable import InspectCommands

/// `-f csv`: what other programs make of it.
@Suite struct CSVTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a;b", "\"a;b\""),
        (" space", "\" space\""), ("日本", "日本"), ("a\r\nb", "a\\u{d}\\u{a}b"), ("a\u{202E}b", "a\\u{202e}b"),
    ])
    func cells(_ text: String, _ cell: String) { #expect(CSVCell.encoded(text) == cell) }

    /// The first characters that OWASP names, and their full-width forms.
    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}1", "  =1", "'=1",
    ])
    func noCellIsAFormula(_ text: String) {
        let cell = CSVCell.encoded(text).trimmingCharacters(in: ["\""])
        #expect(cell == "'" + text)
    }

    /// A tab or a carriage return in front is escaped, so that what follows is no formula either.
    @Test(arguments: ["\t=1", "\r=1", "\n=1"])
    func controlCharactersInFront(_ text: String) {
        #expect(CSVCell.encoded(text).hasPrefix("\\u{"))
    }

    @Test func columnsHaveNamesOfTheirOwn() {
        let names = CSVColumn.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z][a-z_]*/) != nil })
    }

    @Test func whatIsKnownIsInItsColumn() throws {
        var record = SampleRecords.model("m/unet.pt2")
        record.findings = SampleRecords.dangerous("x").findings
        let row = try Self.read([record])[0]
        #expect(row["path"] == "m/unet.pt2")
        #expect(row["verdict"] == "model")
        #expect(row["format"] == "torch-export")
        #expect(row["inputs"] == "x float32[-1,13,64,64]")
        #expect(row["outputs"] == "y float32[-1,5,64,64]")
        #expect(row["parameters"] == "7185")
        #expect(row["data_types"] == "float32 7185")
        #expect(row["loading"] == "data-only")
        #expect(row["load_with"] == "torch.export.load(\"unet.pt2\")")
        #expect((row["dangers"], row["warnings"], row["notes"]) == ("1", "0", "0"))
        #expect(row["gaps"] == record.draft.map { String($0.gaps.count) })
        #expect((row["size"], row["bytes_read"]) == ("29740", "1000"))
    }

    @Test func aFailureIsARow() throws {
        let row = try Self.read([SampleRecords.failed("cut.pt")])[0]
        #expect(row["verdict"] == "failed")
        #expect(row["reason"] == "truncated: ends too early (archive/data.pkl at byte 402)")
        #expect(row["gaps"]?.isEmpty == true)
    }

    /// Python reads the same number of rows and columns, and the same texts, whatever an artifact is called.
    @Test func hostileNames() throws {
        let records = SampleRecords.hostileTexts.map(SampleRecords.hostile)
        let rows = try Self.read(records)
        #expect(rows.count == records.count)
        for (row, record) in zip(rows, records) {
            #expect(row.count == CSVColumn.all.count)
            #expect(row["path"] == TextStyle.inert(record.path))
            // Without the apostrophe it is the text again.
            let text = TextStyle.inert(record.facts?.architecture ?? "")
            #expect(row["architecture"] == text || row["architecture"] == "'" + text)
            #expect(row.values.allSatisfy { !"=+-@\t\r".contains($0.first ?? "x") })
        }
    }

    @Test func theProgramWritesIt() async throws {
        let artifacts = TestArtifact.oneOfEachFolder
        let run = try await Program.run(Program.path, ["-f", "csv", "--fail-on", "never"] + artifacts.map(\.path))
        let rows = try Self.parse(run.output)
        #expect(rows.map { $0["path"] } == artifacts.map(\.path))
        #expect(run.output.hasPrefix("path,verdict,"))
        #expect(run.output.utf8.count { $0 == 10 } == artifacts.count + 1)
    }

    private static func read(_ records: [Record]) throws -> [[String: String]] {
        try parse(CSVTable.header + records.map(CSVTable.row).joined())
    }

    /// As Python's csv module reads it, in its strict mode.
    private static func parse(_ text: String) throws -> [[String: String]] {
        let folder = try TemporaryFolder()
        let file = try folder.write(text.utf8, to: "records.csv")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import csv, json, sys; json.dump(list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'), "
                + "strict=True)), sys.stdout)", file,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "python3 is missing, or cannot read the file")
        return try JSONValue.parse(Array(output)).array.map { rows in
            rows.map { row in
                Dictionary(uniqueKeysWithValues: (row.object ?? [:]).map { ($0.key, $0.value.string ?? "no text") })
            }
        } ?? []
    }
}
