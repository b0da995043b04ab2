import Foundation
import ModelBytes
import ModelFormats
import TestSupport
import Testing

@testable import MLMInspect

/// The scan as a library has it, and its parts.
@Suite struct ScanLibraryTests {
    /// Without a program the calling process inspects, with the same records.
    @Test func recordsInThisProcess() throws {
        let folder = TestArtifact.root.appending(path: "torch-state-dict").path(percentEncoded: false)
        var records: [ScannedRecord] = []
        let summary = try Scan([folder]).run { event in
            if case .record(let record) = event { records.append(record) }
        }
        #expect(summary.models == records.count { $0.verdict == .model })
        #expect(records.count > 3)
        for record in records.prefix(5) {
            let decoded = try record.record()
            #expect(decoded == Inspector().inspect(decoded.path))
        }
    }

    /// Nothing that could fail stands between an error and its record: one without a record would be waited for for ever.
    @Test func aFailureIsWrittenAsItsRecordIs() throws {
        for path in ["a.pt", "\"\\\u{1B}/a!/b"] {
            let error = InspectionError(.workerDied, "ended by \u{0}", entry: "inner", offset: 3)
            let failed = ScannedRecord(failed: path, error)
            var record = Record(path: path, verdict: .failed)
            record.error = Failure(error)
            #expect(failed.line == ScannedRecord(record).line)
            #expect(try failed.record() == record)
            #expect(ScannedRecord(heading: failed.heading[...], line: failed.line[...], limits: Limits()) != nil)
        }
    }

    @Test func workersHaveTheLimitsOfTheScan() {
        var scan = Scan(["models"])
        #expect(scan.worker == ["worker"])
        scan.limits.zipEntries.value = 3
        scan.limits[KerasLimits.calls].value = 7
        #expect(scan.worker == ["worker", "--limit", "zip-entries=3", "--limit", "keras-calls=7"])
    }

    @Test func whatBodyThrowsEndsTheScan() {
        struct Enough: Error {}
        let folder = TestArtifact.root.appending(path: "torch-state-dict").path(percentEncoded: false)
        #expect(throws: Enough.self) {
            try Scan([folder]).run { if case .record = $0 { throw Enough() } }
        }
    }

    // MARK: - What belongs to whom

    private func record(
        _ path: String, files: [String] = [], _ verdict: Record.Verdict = .model,
        _ change: (inout Record) -> Void = { _ in }
    )
        throws -> (ScannedRecord, PathBytes)
    {
        var record = Record(path: path, verdict: verdict)
        if !files.isEmpty { record.files = files.map { FileMember(path: $0) } }
        change(&record)
        return (ScannedRecord(record), try #require(PathBytes(path)))
    }

    private func given(_ items: [(ScannedRecord, PathBytes)]) throws -> [String] {
        var held = HeldRecords()
        for (record, path) in items { held.add(record, of: path, keepsLine: true) }
        var paths: [String] = []
        try held.release { paths.append(try $0.record().path) }
        return paths
    }

    @Test func filesOfAModelAreNotGivenApart() throws {
        let all = [
            try record("d/a.bin"), try record("d/m", files: ["a.bin", "./b.bin", "m"]), try record("d/b.bin"),
            try record("d/c.bin"),
        ]
        #expect(try given(all) == ["d/m", "d/c.bin"])
    }

    @Test func twoThatNameEachOtherDoNotBothVanish() throws {
        #expect(try given([record("d/a", files: ["b"]), record("d/b", files: ["a"])]) == ["d/a"])
    }

    /// A model cannot hide what is dangerous by naming it.
    @Test func whatIsDangerousIsGivenAnyway() throws {
        let evil = try record("d/evil", .notAModel) {
            $0.findings = [Finding(severity: .danger, code: "x", message: "x")]
        }
        #expect(try given([record("d/a", files: ["evil"]), evil]) == ["d/a", "d/evil"])
    }

    @Test func onlyAModelHasFiles() throws {
        #expect(try given([record("d/a", files: ["b"], .notAModel), record("d/b")]) == ["d/a", "d/b"])
    }

    /// More than memory should hold waits in a file, and comes out as it went in.
    @Test func manyRecordsWaitOnDisk() throws {
        var held = HeldRecords()
        for index in 0..<600 {
            let (item, path) = try record("d/\(index)") { $0.cause = String(repeating: "x", count: 20_000) }
            held.add(item, of: path, keepsLine: true)
        }
        var next = 0
        try held.release { item in
            let path = try item.record().path
            #expect(path == "d/\(next)")
            next += 1
        }
        #expect(next == 600)
    }

    // MARK: - Parts

    @Test func whatAWorkerWritesIsNotTrusted() {
        let line = Array(#"{"schema":"mlm-inspect/record/1","path":"a","verdict":"model"}"#.utf8)
        func parse(_ heading: String, _ line: [UInt8]) -> ScannedRecord? {
            ScannedRecord(heading: Array(heading.utf8)[...], line: line[...], limits: Limits())
        }
        #expect(parse("model gap onnx 12 file data-only - -", line)?.bytesRead == 12)
        #expect(parse("model gap onnx 12 file data-only - ff", line)?.structure == 255)
        #expect(parse(#"model gap onnx 12 file data-only expected - ["a b","c"]"#, line)?.files == ["a b", "c"])
        for heading in [
            "", "model", "model gap onnx 12 file", "modal gap onnx 12 file data-only - -",
            "model gap onnx -1 file data-only - -", "model gap onnx 1 file good - -",
            "model gap onnx 1 file data-only -", "model gap onnx 1 file data-only - - [",
        ] {
            #expect(parse(heading, line) == nil)
        }
        #expect(parse("model gap onnx 12 file data-only - -", Array("{}".utf8)) == nil)
        #expect(parse("model gap onnx 12 file data-only - -", line.dropLast()) == nil)
    }

    @Test(
        arguments: [
            (Array("a/b".utf8), "a/b"), ([0x61, 0xFF], "a%FF"), ([0x25, 0xFF, 0x25], "%25%FF%25"),
            ([0x25, 0x46], "%F"),
            ([0xC3, 0xA9, 0xC3], "é%C3"), ([0xF0, 0x9F, 0x98, 0x80, 0x80], "😀%80"),
        ] as [([UInt8], String)])
    func spellings(_ bytes: [UInt8], _ expected: String) {
        #expect(PathBytes(bytes)?.spelling == expected)
    }

    @Test func pathsWithoutSlashesAtTheirEnd() {
        #expect(PathBytes("a//")?.trimmed.spelling == "a")
        #expect(PathBytes("/")?.trimmed.spelling == "/")
        #expect(PathBytes("/")?.appending(Array("a".utf8)).spelling == "/a")
        #expect(PathBytes("") == nil)
        #expect(PathBytes([0x61, 0]) == nil)
    }
}
