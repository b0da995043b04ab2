import Foundation
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// The command as its users meet it: exit codes, what goes to which stream, and every option.
@Suite struct CommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func artifact(_ name: String) throws -> String {
        try #require(TestArtifact.all.first { $0.description == name }, "no \(name)").path
    }

    private func model() throws -> String { try Self.artifact("torch-state-dict/cnn_1_13.pt") }
    private func module() throws -> String { try Self.artifact("torch-module/cnn_1_13.pt") }
    private func dangerous() throws -> String { try Self.artifact("hostile/torch_system.pt") }
    private func truncated() throws -> String { try Self.artifact("hostile/truncated_torch.pt") }
    private func empty() throws -> String { try Self.artifact("hostile/empty.onnx") }

    // MARK: - Exit codes

    @Test func exitCodes() async throws {
        #expect(try await Program.run(model()).code == 0)
        #expect(try await Program.run(dangerous()).code == 1)
        #expect(try await Program.run(truncated()).code == 2)
        #expect(try await Program.run(empty()).code == 3)
        #expect(try await Program.run(folder.url.path(percentEncoded: false)).code == 3)
        #expect(try await Program.run(folder.path("absent.pt")).code == 2)
    }

    /// 1 before 2 before 3; one model among others that are none is enough for 0.
    @Test func exitCodesOfSeveral() async throws {
        #expect(try await Program.run(dangerous(), truncated(), empty()).code == 1)
        #expect(try await Program.run(empty(), truncated(), model()).code == 2)
        #expect(try await Program.run(empty(), model()).code == 0)
        #expect(try await Program.run(empty(), empty()).code == 3)
    }

    @Test(arguments: [
        [], ["--bogus"], ["--format", "yaml", "a"], ["--limit", "zip-entries", "a"],
        ["--limit", "zip-entries=-1", "a"],
        ["--limit", "no-such-limit=1", "a"], ["--fail-on", "everything", "a"], ["formats", "a"],
    ])
    func wrongUsage(_ arguments: [String]) async throws {
        let run = try await Program.run(Program.path, arguments)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(!run.errors.isEmpty)
    }

    @Test(arguments: [
        ("never", 0), ("danger", 0), ("needs-code", 1), ("warning", 1), ("note", 1), ("gap", 1),
    ])
    func failOnWhatAModuleNeeds(_ severity: String, _ code: Int) async throws {
        #expect(try await Program.run("--fail-on", severity, module()).code == code)
    }

    @Test(arguments: [("never", 0), ("danger", 0), ("needs-code", 0), ("gap", 1)])
    func failOnGaps(_ severity: String, _ code: Int) async throws {
        #expect(try await Program.run("--fail-on", severity, model()).code == code)
    }

    @Test func failNever() async throws {
        #expect(try await Program.run("--fail-on", "never", dangerous(), model()).code == 0)
        #expect(try await Program.run("--fail-on", "danger", dangerous(), model()).code == 1)
    }

    // MARK: - Streams

    @Test func oneRecordIsAnObjectSeveralAreAnArray() async throws {
        let one = try await Program.run("-f", "json", model())
        #expect(try JSONValue.parse(one.output)["path"]?.string == model())
        #expect(one.errors.isEmpty)
        let several = try await Program.run("-f", "json", model(), empty(), model())
        let array = try #require(try JSONValue.parse(several.output).array)
        #expect(array.map { $0["verdict"]?.string } == ["model", "not-a-model", "model"])
    }

    @Test func compactJSONIsOneLine() async throws {
        let run = try await Program.run("-f", "json", "--compact", model())
        #expect(run.output.filter { $0 == "\n" }.count == 1)
        #expect(try JSONValue.parse(run.output)["verdict"] == "model")
    }

    @Test func ndjsonIsOneRecordALine() async throws {
        let run = try await Program.run("-f", "ndjson", model(), truncated(), empty())
        let lines = run.output.split(separator: "\n")
        #expect(try lines.map { try JSONValue.parse(String($0))["verdict"] } == ["model", "failed", "not-a-model"])
        let schema = JSONSchema(RecordSchema.document)
        #expect(try lines.allSatisfy { schema.violations(of: try JSONValue.parse(String($0))).isEmpty })
    }

    /// A range that an artifact writes in place of a name is told once.
    @Test func boundsOfDimensionsAreToldOnce() async throws {
        let run = try await Program.run(Self.artifact("openvino-ir/branches.xml"))
        #expect(run.output.contains("image      float32  [any 1–8, 3, any ≥ 16, any]"))
    }

    @Test func theAssetAloneCanBePasted() async throws {
        let run = try await Program.run("-f", "asset", model())
        let record = try JSONValue.parse(try await Program.run("-f", "json", model()).output)
        #expect(try JSONValue.parse(run.output) == record["draft"]?["asset"])
        #expect(try await Program.run("-f", "asset", empty()).output.isEmpty)
    }

    /// Standard output carries data only: it is the same whether or not something went wrong besides.
    @Test func errorsGoToStandardErrorAlone() async throws {
        let run = try await Program.run("-f", "json", truncated())
        #expect(try JSONValue.parse(run.output)["verdict"] == "failed")
        #expect(run.errors.hasPrefix("mlm-inspect: \(try truncated()): "))
        #expect(run.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test func aFailureInTheMiddleDoesNotStopTheRest() async throws {
        let run = try await Program.run("-f", "ndjson", folder.path("absent.pt"), model())
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(run.errors == "mlm-inspect: \(folder.path("absent.pt")): no such file or directory\n")
    }

    /// Whoever reads has seen enough: that is no error to tell of.
    @Test func aClosedPipeIsQuiet() async throws {
        let run = try await Program.run(
            "/bin/sh",
            [
                "-c", #"{ "$@"; echo "$?" >&2; } | exec true"#, "sh", Program.path.string, "-f", "json",
            ] + Array(repeating: try model(), count: 64))
        // 128 + SIGPIPE, as any filter ends; nothing else was said.
        #expect(run.errors == "141\n")
    }

    /// What a terminal shows on standard output is not told once more on standard error; a pipe's reader may not see it.
    @Test func aTerminalIsToldOnce() async throws {
        let errors = folder.path("errors")
        let run = try await Program.run(
            "/usr/bin/script",
            ["-qec", "'\(Program.path.string)' '\(try truncated())' 2>'\(errors)'", "/dev/null"],
            environment: ["TERM": "xterm", "SHELL": "/bin/sh"])
        #expect(run.code == 2)
        #expect(run.output.contains("download it again"))
        #expect(run.output.contains("\u{1B}[31m"))
        #expect(Program.withoutFence(try String(contentsOfFile: errors, encoding: .utf8)).isEmpty)
        #expect(try await Program.run(truncated()).errors.contains("download it again"))
    }

    @Test func colourOnlyWhenAskedFor() async throws {
        let escape = "\u{1B}["
        #expect(try await !Program.run(model()).output.contains(escape))
        #expect(try await Program.run("--color", "always", model()).output.contains(escape))
        #expect(try await !Program.run("--color", "never", model()).output.contains(escape))
        let run = try await Program.run(Program.path, [model()], environment: ["NO_COLOR": "1", "TERM": "xterm"])
        #expect(!run.output.contains(escape))
    }

    // MARK: - Input

    @Test func standardInputOfAFile() async throws {
        let run = try await Program.run(["-f", "json", "-"], reading: model())
        let record = try JSONValue.parse(run.output)
        #expect(run.code == 0)
        #expect(record["path"] == "-")
        #expect(record["format"]?["id"] == "torch-state-dict")
    }

    @Test func standardInputOfAPipe() async throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: model())))
        let run = try await Program.run(["-f", "json", "-"], piping: bytes)
        #expect(try JSONValue.parse(run.output)["format"]?["id"] == "torch-state-dict")
        #expect(try JSONValue.parse(run.output)["size"]?.int == bytes.count)
        let limited = try await Program.run(["-f", "json", "--limit", "standard-input-bytes=100", "-"], piping: bytes)
        #expect(limited.code == 2)
        #expect(try JSONValue.parse(limited.output)["error"]?["reason"] == "limit")
    }

    @Test func aLimitIsNamedWhenItIsHit() async throws {
        // Limits are added and multiplied; one that no sum could hold is refused, and the highest of all is not.
        let folder = TestArtifact.root.appending(path: "torch-state-dict").path(percentEncoded: false)
        let limits = Limits.all.map { Limits()[keyPath: $0] } + FormatList.all.limits
        let highest = limits.map { "--limit=\($0.flag)=\(Limits.Limit.highest)" }
        let scan = try await Program.run(Program.path, ["scan", folder, "--jobs", "1"] + highest)
        #expect(scan.code == 0, "\(scan.errors)")
        for number in ["9223372036854775807", "\(Limits.Limit.highest + 1)"] {
            let refused = try await Program.run("scan", folder, "--limit", "record-bytes=\(number)")
            #expect(refused.code == 64)
            #expect(refused.errors.contains("the highest value is \(Limits.Limit.highest)"))
        }

        let run = try await Program.run("-f", "json", "--limit", "zip-entries=2", model())
        let error = try JSONValue.parse(run.output)["error"]
        #expect(run.code == 2)
        #expect(error?["reason"] == "limit")
        #expect(error?["message"]?.string?.hasPrefix("limit: zip entries ") == true)
        #expect(run.errors.contains("--limit"))
    }

    @Test func aFileNamedLikeACommand() async throws {
        try FileManager.default.copyItem(atPath: model(), toPath: folder.path("formats"))
        let run = try await Program.run(
            Program.path, ["-f", "json", "./formats"], in: folder.url.path(percentEncoded: false))
        #expect(try JSONValue.parse(run.output)["verdict"] == "model")
    }

    /// Nobody may read it: root may, so root becomes somebody else.
    @Test func anUnreadableFile() async throws {
        let path = try folder.write([1, 2, 3], to: "secret.pt")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let run: Program.Run
        if geteuid() == 0 {
            try FileManager.default.copyItem(atPath: Program.path.string, toPath: folder.path("mlm-inspect"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: folder.url.path(percentEncoded: false))
            run = try await Program.runAsNobody(FilePath(folder.path("mlm-inspect")), [path])
        } else {
            run = try await Program.run(path)
        }
        #expect(run.code == 2)
        #expect(run.errors == "mlm-inspect: \(path): permission denied\n")
    }

    // MARK: - Output

    @Test func anOutputFileThatExistsIsKept() async throws {
        let output = folder.path("record.json")
        let first = try await Program.run("-f", "json", "-o", output, model())
        #expect(first.code == 0)
        #expect(first.output.isEmpty)
        let written = try Data(contentsOf: URL(filePath: output))
        #expect(try JSONValue.parse(Array(written))["verdict"] == "model")

        let second = try await Program.run("-f", "json", "-o", output, empty())
        #expect(second.code == 64)
        #expect(second.errors.contains("--force"))
        #expect(try Data(contentsOf: URL(filePath: output)) == written)

        #expect(try await Program.run("-f", "json", "--force", "-o", output, empty()).code == 3)
        #expect(try JSONValue.parse(Array(Data(contentsOf: URL(filePath: output))))["verdict"] == "not-a-model")
    }

    /// Names and texts of an artifact cannot move the cursor, reorder a line or end one.
    @Test(arguments: [
        "new\nline", "escape\u{1B}[31mred", "right\u{202E}to-left", "zero\u{200B}width", "tag\u{E0041}", "c1\u{9B}31m",
    ])
    func textIsInert(_ name: String) async throws {
        let path = folder.path(name + ".pt")
        try FileManager.default.copyItem(atPath: dangerous(), toPath: path)
        let run = try await Program.run(path)
        let isActive = { (scalar: Unicode.Scalar) in
            scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
        }
        #expect(!run.output.unicodeScalars.contains(where: isActive))
        #expect(!run.errors.unicodeScalars.contains(where: isActive))
        #expect(!run.output.contains("new\nline"))
        let record = try JSONValue.parse(try await Program.run("-f", "json", path).output)
        #expect(record["path"]?.string == path)
    }

    @Test func whatIsNotThereIsNotReadToAnyEnd() async throws {
        let missing = try await Program.run("/nowhere/model.pt")
        #expect(missing.output.hasPrefix("/nowhere/model.pt: could not be read\n"))
        let brief = try await Program.run("--brief", "/nowhere/model.pt")
        #expect(brief.output == "/nowhere/model.pt: could not be read: no such file or directory\n")
        let truncated = try await Program.run(try truncated())
        #expect(truncated.output.contains("truncated_torch.pt: could not be read to the end\n"))
    }

    // MARK: - Texts

    @Test(arguments: [
        "--help", "inspect --help", "scan --help", "draft --help", "check --help", "report --help", "tensors --help",
        "formats --help", "formats", "--version",
    ])
    func theTextIsAsBefore(_ command: String) async throws {
        let run = try await Program.run(Program.path, command.split(separator: " ").map(String.init))
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let name = command.replacing("--", with: "").replacing(" ", with: "-") + ".txt"
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
        if let difference = try ExpectedText.difference(run.output, file) { Issue.record("\(difference)") }
    }

    @Test(arguments: ["--version -v", "--verbose --version"])
    func theVersionOfEveryLibrary(_ command: String) async throws {
        let run = try await Program.run(Program.path, command.split(separator: " ").map(String.init))
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
        let lines = run.output.split(separator: "\n")
        #expect(lines.first == "mlm-inspect \(programVersion)")
        let versions = Dictionary(
            uniqueKeysWithValues: lines.dropFirst(2).map { line in
                let words = line.split(separator: " ")
                return (String(words[0]), String(words[1]))
            })
        let names = [
            "bzip2", "expat", "HDF5", "libcrypto", "libyaml", "libzip", "lz4", "protobuf-c", "xz", "zlib", "zstd",
        ]
        #expect(Set(versions.keys) == Set(names))
        for (name, version) in versions {
            let numbers = version.split(separator: ".")
            #expect(numbers.count > 1 && numbers.prefix(2).allSatisfy { Int($0) != nil }, "\(name) has \(version)")
        }
    }

    @Test func theSchemaIsThatOfTheLibrary() async throws {
        let run = try await Program.run("formats", "--schema")
        #expect(try JSONValue.parse(run.output) == RecordSchema.document)
        let flat = try await Program.run("formats", "--schema", "--flat")
        #expect(try JSONValue.parse(flat.output) == RecordSchema.flat)
    }
}
