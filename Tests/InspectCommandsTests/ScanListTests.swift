import Foundation
import TestSupport
import Testing

/// The lists that a scan writes: a table, CSV and the report, with the same artifacts in each.
@Suite struct ScanListTests {
    private static let folders = ["safetensors", "pickle-other"].map {
        TestArtifact.root.appending(path: $0).path(percentEncoded: false)
    }

    private static func scan(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(Program.path, ["scan", "--all", "--quiet"] + arguments + folders)
    }

    @Test func everyListHasEveryArtifact() async throws {
        let folder = try TemporaryFolder()
        let records = try await Self.scan("-f", "ndjson", "--report", folder.path("r.html"))
        let paths = try records.output.split(separator: "\n").map { line in
            try #require(line.firstMatch(of: /"path":"([^"]*)"/)).1
        }
        #expect(paths.count > 50)
        let page = try String(contentsOfFile: folder.path("r.html"), encoding: .utf8)
        let rows = page.matches(of: /class="rows" data-count="([0-9]+)"/).compactMap { Int($0.output.1) }
        #expect(rows.reduce(0, +) == paths.count)

        let table = try await Self.scan()
        #expect(table.output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != " " } } == paths)
        let csv = try await Self.scan("-f", "csv")
        #expect(csv.output.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "," } } == paths)
        for run in [records, table, csv] { #expect(run.code == 0) }
    }

    /// The report, too, is the same whatever the number of workers.
    @Test func theReportDoesNotDependOnTheWorkers() async throws {
        let folder = try TemporaryFolder()
        for jobs in ["1", "8"] {
            _ = try await Self.scan("--jobs", jobs, "--report", folder.path(jobs))
        }
        #expect(FileManager.default.contentsEqual(atPath: folder.path("1"), andPath: folder.path("8")))
    }

    /// Nothing is scanned when the report could not be kept.
    @Test func aReportThatExistsIsKept() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mine".utf8, to: "r.html")
        let run = try await Self.scan("--report", folder.path("r.html"))
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("r.html exists; name another file or add --force"))
        #expect(try String(contentsOfFile: folder.path("r.html"), encoding: .utf8) == "mine")
    }
}
