import MLMInspect
import ModelFormats
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// NDJSON as rows of a table.
@Suite struct FlatTests {
    @Test func settingsAreListsOfKeyAndText() throws {
        var record = SampleRecords.model("m.pt2")
        record.facts?.hyperparameters = ["depth": 3, "rates": [0.1, "auto"], "seed": .null]
        record.facts?.opsets = ["ai.onnx": 17]
        let row = try JSONValue.parse(FlatRecord.line(record))
        #expect(
            row["facts"]?["hyperparameters"] == [
                ["key": "depth", "json": "3"], ["key": "rates", "json": "[0.1,\"auto\"]"],
                ["key": "seed", "json": "null"],
            ])
        #expect(row["facts"]?["opsets"] == [["key": "ai.onnx", "value": 17]])
        #expect(row["facts"]?["architecture"] == "UNet")
    }

    /// Every key is on every line, of one type: that is what makes a table.
    @Test func everyLineHasTheSameKeys() throws {
        let records = [
            SampleRecords.model("a"), SampleRecords.failed("b"), SampleRecords.unrecognised("c"),
            SampleRecords.hostile("d"),
        ]
        let rows = try records.map { try JSONValue.parse(FlatRecord.line($0)) }
        #expect(Set(rows.map { $0.object?.keys ?? [] }).count == 1)
        #expect(rows[1]["facts"] == .null && rows[1]["error"]?["reason"] == "truncated")
        #expect(rows[0]["facts"]?.object?.keys == rows[3]["facts"]?.object?.keys)
    }

    @Test func theProgramWritesIt() async throws {
        let paths = TestArtifact.oneOfEachFolder.map(\.path)
        let inspected = try await Program.run(Program.path, ["-f", "ndjson", "--flat", "--fail-on", "never"] + paths)
        let scanned = try await Program.run(
            Program.path,
            ["scan", "-f", "ndjson", "--flat", "-q", "--fail-on", "never", "--all", "--only", "onnx,torch-export"]
                + paths)
        #expect(inspected.output.split(separator: "\n").count == paths.count)
        let lines = Set(inspected.output.split(separator: "\n"))
        #expect(!scanned.output.isEmpty)
        #expect(scanned.output.split(separator: "\n").allSatisfy(lines.contains))
        let wrong = try await Program.run(Program.path, ["--flat"] + paths)
        #expect(wrong.code == 64 && wrong.errors.contains("--flat needs -f ndjson"))
    }

    /// A row is the same whether a worker makes it or the record is at hand, as it is for a page.
    @Test func rowsOfWorkersAreThoseOfRecords() async throws {
        let folder = try TemporaryFolder()
        let arguments = ["scan", "-f", "ndjson", "--flat", "-q", "--all", "--fail-on", "never"]
        let paths = TestArtifact.oneOfEachFolder.prefix(12).map(\.path)
        let rows = try await Program.run(Program.path, arguments + paths)
        let beside = try await Program.run(Program.path, arguments + ["--report", folder.path("r.html")] + paths)
        #expect(!rows.output.isEmpty && rows.output == beside.output)
    }
}
