import Foundation
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// `mlm-inspect scan` as its users meet it, with all that a tree of files can do to it.
@Suite struct ScanTests {
    private let tree: ScanTree

    init() throws { tree = try ScanTree() }

    private static let model = "torch-state-dict/cnn_1_13.pt"
    private static let dangerous = "hostile/torch_system.pt"

    // MARK: - Everything is there, once, in one order

    /// One artifact of each folder and everything hostile: a record for each, the same bytes for any number of workers,
    /// each record as `inspect` has it.
    @Test func oneRecordForEachWhateverTheJobs() async throws {
        var names: [String] = []
        for artifact in TestArtifact.all
        where artifact.folder == "hostile" || TestArtifact.oneOfEachFolder.contains(where: { $0.path == artifact.path })
        {
            // Below 100 kB each: what is in them matters here, not how much.
            guard let size = try? FileManager.default.attributesOfItem(atPath: artifact.path)[.size] as? Int,
                size < 100_000
            else { continue }
            names.append("\(artifact.folder)-\(artifact.name)/\(artifact.fileName)")
            try tree.copy(artifact.path, to: names[names.count - 1])
        }
        let one = try await tree.scan("--all", "--hidden", "--jobs", "1")
        let many = try await tree.scan("--all", "--hidden", "--jobs", "8")
        #expect(one.output == many.output)
        #expect(one.code == 1)
        let paths = one.paths(below: tree.path)
        #expect(Set(paths).count == paths.count)
        // A directory that is no model as a whole is entered.
        let missing = names.filter { name in !paths.contains { $0 == name || $0.hasPrefix(name + "/") } }
        #expect(missing.isEmpty)
        #expect(!one.records.contains { $0["error"]?["reason"]?.string == "worker-died" })
        for record in one.records.prefix(400).filter({ $0["path"]?.string?.contains("!/") == false }).prefix(25) {
            let path = try #require(record["path"]?.string)
            let alone = try await Program.run("-f", "ndjson", path)
            #expect(try JSONValue.parse(alone.output) == record)
        }
    }

    @Test func filesOfAFolderThenItsFolders() async throws {
        for name in ["b.pt", "a/z.pt", "c.pt", "a.pt", "a/b/y.pt", "B.pt"] {
            try tree.copy(ScanTree.artifact(Self.model).path, to: name)
        }
        #expect(
            try await tree.scan().paths(below: tree.path) == ["B.pt", "a.pt", "b.pt", "c.pt", "a/z.pt", "a/b/y.pt"])
    }

    // MARK: - What belongs together

    @Test func aFolderThatIsAModelIsOneArtifact() async throws {
        let saved = try #require(TestArtifact.all.first { $0.folder == "tf-saved-model" && $0.fileName == $0.name })
        let distributed = try #require(TestArtifact.all.first { $0.folder == "torch-dcp" && $0.fileName == $0.name })
        try tree.copy(saved.path, to: "saved")
        try tree.copy(distributed.path, to: "distributed")
        let run = try await tree.scan("--all", "--hidden")
        #expect(run.paths(below: tree.path) == ["distributed", "saved"])
        #expect(run.records.allSatisfy { $0["verdict"]?.string == "model" })
        // Named itself it is the same.
        let named = try await ScanTree.run(["scan", tree.path + "/saved", "-f", "ndjson"])
        #expect(named.records == [run.records[1]])
    }

    @Test func externalDataBelongsToItsModel() async throws {
        let source = TestArtifact.root.appending(path: "onnx").path(percentEncoded: false)
        for name in try FileManager.default.contentsOfDirectory(atPath: source)
        where name.hasPrefix("external_one_file.") && !name.hasSuffix(".json") {
            try tree.copy(source + "/" + name, to: name)
        }
        try tree.write([1, 2, 3], to: "other.data")
        let run = try await tree.scan("--all")
        #expect(run.paths(below: tree.path) == ["external_one_file.onnx", "other.data"])
        // A list names what it names.
        let listed = try await Program.run(
            ["scan", "--files-from", "-", "-f", "ndjson", "--all"],
            piping: Array("\(tree.path)/external_one_file.onnx\n\(tree.path)/external_one_file.onnx.data\n".utf8))
        #expect(try ScanRunResult(listed).records.count == 2)
    }

    @Test func archivesAreLookedInto() async throws {
        let model = Array(try Data(contentsOf: ScanTree.artifact(Self.model).url))
        var zip = ZipBuilder()
        zip.add("deep/model.pt", model)
        zip.add("readme.txt", Array("hello".utf8))
        zip.add("__MACOSX/._model.pt", [0, 1])
        try tree.write(zip.build().bytes, to: "a.zip")
        var tar = TarBuilder()
        tar.add("model.pt", model)
        tar.end()
        try tree.write(tar.bytes, to: "b.tar")
        try tree.write(tar.bytes, to: "c.tar")
        let packed = try await Program.run("/usr/bin/gzip", [tree.path + "/c.tar"])
        try #require(packed.code == 0)
        var outer = ZipBuilder()
        outer.add("inner.zip", zip.build().bytes)
        try tree.write(outer.build().bytes, to: "d.zip")

        let run = try await tree.scan()
        #expect(run.paths(below: tree.path) == ["a.zip!/deep/model.pt", "b.tar!/model.pt", "c.tar.gz!/model.pt"])
        #expect(run.records.allSatisfy { $0["facts"]?["parameters"]?["total"]?.int == 565 })
        #expect(run.records[0]["draft"]?["asset"]?["href"]?.string == "./a.zip!/deep/model.pt")
        let all = try await tree.scan("--all").paths(below: tree.path)
        #expect(
            all == [
                "a.zip", "a.zip!/deep/model.pt", "a.zip!/readme.txt", "b.tar", "b.tar!/model.pt", "c.tar.gz",
                "c.tar.gz!/model.pt", "d.zip", "d.zip!/inner.zip",
            ])
        let few = try await tree.scan("--all", "--limit", "archive-members=1")
        #expect(few.output.contains("1 of its members were not looked into"))
        let small = try await tree.scan("--all", "--limit", "archive-member-bytes=100").paths(below: tree.path)
        #expect(!small.contains("c.tar.gz!/model.pt") && small.contains("b.tar!/model.pt"))
    }

    // MARK: - What a tree does

    @Test func whatIsNoFileIsPassedOver() async throws {
        try tree.add(Self.model)
        try tree.link("sub/up", to: "..")
        try tree.link("sub/link.pt", to: "../cnn_1_13.pt")
        try tree.link("sub/nowhere", to: "absent")
        #expect(unsafe mkfifo(tree.path + "/fifo.pt", 0o600) == 0)
        let run = try await tree.scan("--all")
        #expect(run.paths(below: tree.path) == ["cnn_1_13.pt"])
        #expect(run.code == 0)
        let followed = try await tree.scan("--all", "--follow")
        #expect(followed.paths(below: tree.path) == ["cnn_1_13.pt", "sub/link.pt"])
        #expect(followed.code == 2)
        #expect(followed.errors.contains("sub/up: a link to a folder that it lies in; not followed"))
        #expect(followed.errors.contains("sub/nowhere: a link that leads nowhere"))
        // Named themselves they are inspected, and say what they are.
        let named = try await ScanTree.run(["scan", tree.path + "/fifo.pt", tree.path + "/gone", "-f", "ndjson"])
        #expect(named.records.map { $0["verdict"]?.string } == ["failed", "failed"])
        #expect(named.records.last?["error"]?["reason"]?.string == "not-found")
    }

    @Test func namesThatAreNotUTF8() async throws {
        let bytes = Array(try Data(contentsOf: ScanTree.artifact(Self.model).url))
        try tree.write(bytes, to: "plain 100%.pt")
        let name = Array((tree.path + "/caf").utf8) + [0xE9, 0x25] + Array(".pt".utf8)
        let place = unsafe FilePath(platformString: name.map { CChar(bitPattern: $0) } + [0])
        let file = try FileDescriptor.open(
            place, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
        try file.writeAll(bytes)
        try file.close()
        let run = try await tree.scan("--times")
        #expect(run.paths(below: tree.path) == ["caf%E9%25.pt", "plain 100%.pt"])
        #expect(run.records.allSatisfy { $0["verdict"]?.string == "model" })
        let listed = try await Program.run(
            ["scan", "--files-from", "-", "-0", "-f", "ndjson", "--times"],
            piping: name + [0] + Array("\(tree.path)/plain 100%.pt\0".utf8))
        #expect(listed.output == run.output)
    }

    @Test func aNameWithALineBreakNeedsANul() async throws {
        try tree.copy(ScanTree.artifact(Self.model).path, to: "two\nlines.pt")
        let listed = try await Program.run(
            ["scan", "--files-from", "-", "--null", "-f", "ndjson"], piping: Array("\(tree.path)/two\nlines.pt".utf8))
        #expect(try ScanRunResult(listed).records.first?["verdict"]?.string == "model")
        // The heading of the table, and one row.
        let run = try await Program.run("scan", tree.path)
        #expect(run.output.split(separator: "\n").count == 2)
    }

    @Test func sizesAndDepths() async throws {
        try tree.add(Self.model)
        try tree.write([UInt8](repeating: 0, count: 3_000), to: "sub/zeros")
        #expect(try await tree.scan("--all", "--max-size", "2K").paths(below: tree.path) == [])
        #expect(try await tree.scan("--all", "--max-size", "3000").paths(below: tree.path) == ["sub/zeros"])
        #expect(try await tree.scan("--all", "--max-depth", "1").paths(below: tree.path) == ["cnn_1_13.pt"])
        #expect(try await tree.scan("--all", "--max-depth", "0").records.isEmpty)
        #expect(try await tree.scan("--all", "-g", "!*.pt").paths(below: tree.path) == ["sub/zeros"])
    }

    // MARK: - What is given, and the exit code

    @Test func selections() async throws {
        try tree.add(Self.model)
        try tree.add(Self.dangerous)
        try tree.add("hostile/truncated_torch.pt")
        try tree.write(Array("hello".utf8), to: "readme.txt")
        func verdicts(_ arguments: String...) async throws -> [String] {
            let run = try await ScanTree.run(["scan", tree.path, "-f", "ndjson"] + arguments)
            return run.records.compactMap { $0["verdict"]?.string }
        }
        #expect(try await verdicts() == ["model", "not-a-model", "failed"])
        #expect(try await verdicts("--models-only") == ["model"])
        #expect(try await verdicts("--all") == ["model", "unrecognised", "not-a-model", "failed"])
        #expect(try await verdicts("--only", "torch-state-dict,onnx") == ["model", "failed"].filter { $0 == "model" })
        // What is not given counts as well.
        let run = try await tree.scan("--models-only")
        #expect(run.code == 1)
        #expect(run.errors.contains("4 artifacts: 1 model (1 data only), 1 dangerous, 1 failed, 1 not recognised"))
        #expect(try await tree.scan("--fail-on", "never").code == 2)
        #expect(try await tree.scan("--quiet").errors.isEmpty)
    }

    @Test func exitCodes() async throws {
        try tree.write(Array("hello".utf8), to: "readme.txt")
        #expect(try await tree.scan().code == 3)
        try tree.add(Self.model)
        #expect(try await tree.scan().code == 0)
        #expect(try await tree.scan("--fail-on", "gap").code == 1)
    }

    @Test(arguments: [
        [], ["--models-only", "--all", "a"], ["--jobs", "0", "a"], ["--only", "nothing", "a"], ["-0", "a"],
        ["--files-from", "-", "a"], ["--files-from", "/nowhere/list"], ["--max-size", "many", "a"],
        ["--max-depth", "-1", "a"],
        ["--resume", "/nowhere/records", "a"], ["-f", "pdf", "a"], ["-g", "", "a"],
    ])
    func wrongUsage(_ arguments: [String]) async throws {
        let run = try await Program.run(Program.path, ["scan"] + arguments)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test func jsonIsAnArray() async throws {
        try tree.add(Self.model)
        let json = try await Program.run("scan", tree.path, "-f", "json")
        let lines = try await tree.scan()
        #expect(try JSONValue.parse(json.output).array == lines.records)
        let none = try await Program.run("scan", tree.path, "-f", "json", "--only", "onnx")
        #expect(try JSONValue.parse(none.output).array == [])
    }

    // MARK: - Workers

    /// A worker that is killed costs the file it had, and no other.
    @Test(arguments: [(SIGKILL, "signal 9 (SIGKILL)"), (SIGSEGV, "signal 11 (SIGSEGV)")])
    func aWorkerThatIsKilledCostsOneRecord(_ signal: Int32, _ words: String) async throws {
        for index in 0..<30 { try tree.copy(ScanTree.artifact(Self.model).path, to: "\(100 + index).pt") }
        let expected = try await tree.scan("--jobs", "1")
        let scan = try RunningScan(["scan", tree.path, "-f", "ndjson", "--jobs", "1"], in: tree.folder)
        let worker = try scan.stopWorker()
        kill(worker, signal)
        kill(worker, SIGCONT)
        let (code, output, errors) = try scan.end()
        let run = try ScanRunResult(code: code, output: output, errors: errors)
        #expect(run.code == 2)
        #expect(run.paths(below: tree.path) == expected.paths(below: tree.path))
        let failed = run.records.filter { $0["verdict"]?.string == "failed" }
        #expect(failed.count == 1)
        #expect(failed.first?["error"]?["reason"]?.string == "worker-died")
        #expect(failed.first?["error"]?["message"]?.string?.contains(words) == true)
        #expect(
            run.records.filter { !failed.contains($0) }
                == expected.records.filter { record in
                    failed.first?["path"]?.string != record["path"]?.string
                })
    }

    @Test func aWorkerThatHangsCostsOneRecord() async throws {
        for index in 0..<10 { try tree.copy(ScanTree.artifact(Self.model).path, to: "\(100 + index).pt") }
        // So long that a busy machine is none that hangs.
        let scan = try RunningScan(
            ["scan", tree.path, "-f", "ndjson", "--jobs", "1", "--limit", "worker-hang-seconds=6"], in: tree.folder)
        _ = try scan.stopWorker()
        let (code, output, errors) = try scan.end()
        let run = try ScanRunResult(code: code, output: output, errors: errors)
        #expect(run.records.count == 10)
        let failed = run.records.filter { $0["verdict"]?.string == "failed" }
        #expect(failed.map { $0["error"]?["message"]?.string } == ["limit: worker hang seconds > 6"])
    }

    @Test func oneFileMayUseSoMuchOfAProcessor() async throws {
        // A value put on the stack and taken off again, sixteen million times.
        var values: [UInt8] = [0x4E, 0x30]
        for _ in 0..<24 { values += values }
        try tree.write([0x80, 2] + values + [0x4E, 0x2E], to: "busy.pkl")
        try tree.add(Self.model, to: "z/")
        let run = try await tree.scan("--all", "--limit", "worker-seconds=1")
        #expect(run.records.map { $0["verdict"]?.string } == ["failed", "model"])
        #expect(run.records.first?["error"]?["message"]?.string == "limit: worker seconds > 1")
    }

    @Test func anInterruptEndsWithWhatWasDone() async throws {
        for index in 0..<30 { try tree.copy(ScanTree.artifact(Self.model).path, to: "\(100 + index).pt") }
        let scan = try RunningScan(["scan", tree.path, "-f", "json", "--jobs", "1"], in: tree.folder)
        _ = try scan.stopWorker()
        scan.send(SIGINT)
        let (code, output, errors) = try scan.end()
        #expect(code == 130)
        #expect(try (JSONValue.parse(output).array?.count ?? 99) < 30)
        #expect(errors.contains("interrupted: "))
    }

    /// The worker answers in the order it was asked, and says where each answer ends.
    @Test func whatAWorkerSays() async throws {
        try tree.add(Self.model)
        let run = try await Program.run(["worker"], piping: Array("\(tree.path)/cnn_1_13.pt\0\(tree.path)/gone\0".utf8))
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(run.code == 0)
        #expect(lines.count == 7)
        #expect(lines[0].hasPrefix("model gap torch-state-dict "))
        #expect(try JSONValue.parse(String(lines[1]))["path"]?.string == "\(tree.path)/cnn_1_13.pt")
        #expect(lines[2].isEmpty)
        #expect(lines[3] == "failed none - 0 file failed - -")
        #expect(lines[5].isEmpty)
    }

    // MARK: - Output

    @Test func aFullDisk() async throws {
        try tree.add(Self.model)
        let run = try await Program.run("scan", tree.path, "-f", "ndjson", "-o", "/dev/full")
        #expect(run.code == 2)
        #expect(run.errors.contains("/dev/full: cannot be written: no space left on the device"))
    }

    @Test func aReaderThatHasSeenEnough() async throws {
        for index in 0..<60 { try tree.copy(ScanTree.artifact(Self.model).path, to: "\(100 + index).pt") }
        let run = try await Program.run(
            "/bin/bash",
            [
                "-c", "\"$0\" scan \"$1\" -f ndjson --quiet | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}",
                Program.path.string, tree.path,
            ])
        #expect(run.output == "141\n")
        #expect(run.errors.isEmpty)
    }

    // MARK: - Resuming

    @Test func whatHasNotChangedIsTakenOver() async throws {
        for name in ["a.pt", "b.pt", "c.pt", "d.pt", "sub/e.pt"] {
            try tree.copy(ScanTree.artifact(Self.model).path, to: name)
        }
        var zip = ZipBuilder()
        zip.add("m.pt", Array(try Data(contentsOf: ScanTree.artifact(Self.model).url)))
        zip.add("readme", Array("hello".utf8))
        try tree.write(zip.build().bytes, to: "z.zip")
        let first = try await tree.scan("--times", "--all")
        #expect(first.records.contains { $0["modified"]?.string?.hasSuffix("Z") == true })
        // A line that was cut short, and one that is none, are as if they were not there.
        let earlier = tree.folder.path("earlier.ndjson")
        try (first.output + "no record\n{\"schema\":\"mlm-inspect/rec").write(
            toFile: earlier, atomically: false, encoding: .utf8)

        let same = try await tree.scan("--resume", earlier, "--all")
        #expect(same.output == first.output)
        #expect(same.errors.contains("6 taken over"))

        try FileManager.default.removeItem(atPath: tree.path + "/a.pt")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: tree.path + "/b.pt")
        try tree.write([0], to: "c.pt")
        try tree.add(Self.dangerous)
        let resumed = try await tree.scan("--resume", earlier, "--all")
        let fresh = try await tree.scan("--times", "--all")
        #expect(resumed.output == fresh.output)
        #expect(resumed.errors.contains("3 taken over"))
        #expect(
            fresh.records.first { $0["path"]?.string?.hasSuffix("b.pt") == true }?["modified"]?.string
                == "1970-01-01T00:16:40.000000000Z")
    }

    /// Nothing could be taken over, and it would take as long as the first scan.
    @Test func recordsWithoutTimesAreRefused() async throws {
        try tree.add(Self.model)
        let earlier = tree.folder.path("earlier.ndjson")
        try await tree.scan().output.write(toFile: earlier, atomically: false, encoding: .utf8)
        let run = try await tree.scan("--resume", earlier)
        #expect(run.code == 64)
        #expect(run.errors.contains("its records have no times"))
        #expect(run.errors.contains("--times"))
    }

    // MARK: - The account

    private func addStandIns() throws {
        let pointer =
            "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0", count: 64))\nsize 9\n"
        for name in ["a.pt", "a.txt"] { try tree.write(Array(pointer.utf8), to: name) }
        for name in ["b.onnx", "b.html"] { try tree.write(Array("<!DOCTYPE html><html></html>".utf8), to: name) }
        for name in ["c.safetensors", "c.py"] { try tree.write([], to: name) }
    }

    /// What was not fetched is listed where a model was expected, and only there.
    @Test func whatStandsInForAModelIsListed() async throws {
        try tree.add(Self.model)
        try addStandIns()
        let run = try await tree.scan()
        #expect(run.paths(below: tree.path) == ["a.pt", "b.onnx", "c.safetensors", "cnn_1_13.pt"])
        let table = try await Program.run("scan", "-q", tree.path).output
        for words in ["LFS pointer", "HTML page", "empty"] { #expect(table.contains(words)) }
        #expect(try await tree.scan("--models-only").paths(below: tree.path) == ["cnn_1_13.pt"])
    }

    @Test func theSummarySaysWhereEveryFileWent() async throws {
        try tree.add(Self.model)
        try tree.add("torch-module/cnn_1_13.pt", to: "m/")
        try addStandIns()
        var zip = ZipBuilder()
        zip.add("m.pt", Array(try Data(contentsOf: ScanTree.artifact(Self.model).url)))
        zip.add("readme", Array("hello".utf8))
        try tree.write(zip.build().bytes, to: "z.zip")
        let run = try await tree.scan()
        #expect(
            run.errors.contains(
                "9 artifacts: 2 models (1 data only, 1 needs code), 2 Git LFS pointers, 2 HTML pages, 2 empty, "
                    + "1 not recognised\n"))
        #expect(run.errors.contains("2 members of archives: 1 model (1 data only), 1 not recognised\n"))
        let alone = try await Program.run("scan", "--summary", tree.path)
        let lines = alone.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("Git LFS pointers 2") && lines.contains("members of archives 2"), "\(alone.output)")
        #expect(!alone.output.contains("cnn_1_13.pt"))
        #expect(alone.errors.filter { $0 == "\n" }.count == 1)
        #expect(try await Program.run("scan", "--summary", "-f", "csv", tree.path).code == 64)
    }

    /// A row is the same whether a worker makes it or the record is at hand, as it is for a page.
    @Test(arguments: ["text", "csv"]) func rowsOfWorkersAreThoseOfRecords(_ format: String) async throws {
        try tree.add(Self.model)
        try tree.add(Self.dangerous)
        try tree.add("hostile/truncated_torch.pt")
        try addStandIns()
        for (index, text) in SampleRecords.hostileTexts.enumerated() where !text.contains("\0") && !text.contains("/") {
            try tree.copy(ScanTree.artifact(Self.model).path, to: "\(index)/\(text).pt")
        }
        let rows = try await Program.run("scan", "--all", "-q", "-f", format, tree.path)
        let page = tree.folder.path("page.html")
        let records = try await Program.run("scan", "--all", "-q", "-f", format, "--report", page, tree.path)
        #expect(rows.output == records.output)
        let times = try await tree.scan("--all", "--times").output
        let earlier = tree.folder.path("earlier.ndjson")
        try times.write(toFile: earlier, atomically: false, encoding: .utf8)
        let resumed = try await Program.run("scan", "--all", "-q", "-f", format, "--resume", earlier, tree.path)
        #expect(resumed.output == rows.output)
    }

    @Test func theNumberOfWorkersMayStandBesideItsFlag() async throws {
        try tree.add(Self.model)
        #expect(try await tree.scan("-j2").output == tree.scan("-j", "1").output)
        #expect(try await tree.scan("-j0").code == 64)
    }

    @Test(arguments: [
        (["scan", "https://example.com/a.pt"], "curl -LO"), (["scan", "s3://bucket/a.pt"], "aws s3 cp"),
        (["https://example.com/a.pt"], "curl -LO"), (["draft", "hf://a/b"], "hf download"),
        (["scna"], "the command scan?"),
        (["inspct"], "the command inspect?"), (["scan", "--only", "torch-exprot", "a"], "did you mean torch-export?"),
        (["--limit", "zip-entris=3", "a"], "did you mean zip-entries?"),
        (["scan", "--modles-only", "a"], "'--models-only'"),
        (
            [
                "draft", "--task", "segmentaton",
                TestArtifact.root.path(percentEncoded: false) + "torch-export/unet.pt2",
            ], "did you mean segmentation?"
        ),
        (["draft", "--sensor", "sentinel-2-l1", "a"], "did you mean sentinel-2-l1c?"),
    ])
    func whatWasMeantIsSaid(_ arguments: [String], _ advice: String) async throws {
        let run = try await Program.run(Program.path, arguments, in: "/")
        #expect(run.code != 0)
        #expect(run.errors.contains(advice), "\(run.errors)")
    }

    @Test func theEarlierRecordsAreNotWrittenOver() async throws {
        let run = try await Program.run("scan", tree.path, "--resume", "a.ndjson", "-o", "a.ndjson")
        #expect(run.code == 64)
        #expect(run.errors.contains("name the same file"))
    }
}
