import Foundation
import MLMInspect
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// An output file is there whole or not at all.
@Suite struct OutputTests {
    private let folder: TemporaryFolder
    private let model = TestArtifact.root.appending(path: "torch-state-dict/cnn_1_13.pt").path(percentEncoded: false)

    init() throws { folder = try TemporaryFolder() }

    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path(percentEncoded: false)).sorted()
        }
    }

    @Test func nothingButTheFileIsLeft() async throws {
        #expect(try await Program.run("-f", "json", "-o", folder.path("a.json"), model).code == 0)
        #expect(try await Program.run("-f", "json", "--force", "-o", folder.path("a.json"), model).code == 0)
        #expect(try await Program.run("-f", "json", "-o", folder.path("a.json"), model).code == 64)
        #expect(try names == ["a.json"])
    }

    @Test func aDashIsStandardOutput() async throws {
        let run = try await Program.run("-f", "json", "-o", "-", model, in: folder.url.path(percentEncoded: false))
        #expect(try JSONValue.parse(run.output)["verdict"] == "model")
        #expect(try names.isEmpty)
    }

    /// The file keeps its permissions, and a link stays one.
    @Test func whatIsOverwrittenKeepsItsPlace() async throws {
        let path = try folder.write([], to: "real.json")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.json"), withDestinationPath: "real.json")
        #expect(try await Program.run("-f", "json", "--force", "-o", folder.path("link.json"), model).code == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.json")) == "real.json")
        #expect(try JSONValue.parse(Array(Data(contentsOf: URL(filePath: path))))["verdict"] == "model")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
    }

    /// A limit on the size of files stands for a disk that is full: it ends in the middle of the output too.
    @Test func aFullDiskLeavesWhatWasThere() async throws {
        try folder.write(Array("before".utf8), to: "a.json")
        for (name, flag) in [("a.json", "--force"), ("b.json", "--compact")] {
            // In blocks of 512 bytes; a shell that ignores the signal makes its children ignore it.
            let run = try await Program.run(
                "/bin/sh",
                [
                    "-c", #"trap "" XFSZ; ulimit -f 1; exec "$@""#, "sh", Program.path.string, "-f", "json", flag, "-o",
                    folder.path(name), model,
                ])
            #expect(run.code == 2)
            #expect(run.errors.contains("\(name): cannot be written: "))
            #expect(run.errors.filter { $0 == "\n" }.count == 1)
        }
        #expect(try names == ["a.json"])
        #expect(try String(contentsOfFile: folder.path("a.json"), encoding: .utf8) == "before")
    }

    /// The content is on the disk before the name, and the name before the end: else a loss of power leaves an empty file
    /// under it.
    @Test(arguments: [[], ["--force"]]) func theFileIsOnTheDiskBeforeItHasItsName(_ flags: [String]) async throws {
        let log = folder.path("trace")
        let run = try await Program.run(
            "/usr/bin/strace",
            ["-y", "-o", log, "-e", "trace=fsync,link,linkat,rename,renameat,renameat2", Program.path.string]
                + ["-f", "json", "-o", folder.path("a.json")] + flags + [model])
        #expect(run.code == 0, "\(run.errors)")
        let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
        let named = try #require(calls.firstIndex { $0.hasPrefix("link") || $0.hasPrefix("rename") })
        let syncs = calls.indices.filter { calls[$0].hasPrefix("fsync") }
        #expect(syncs.count == 2)
        #expect(syncs.first.map { $0 < named && calls[$0].contains(".tmp>") } == true)
        #expect(syncs.last.map { $0 > named && !calls[$0].contains(".tmp>") } == true)
    }

    @Test func aDeviceIsWrittenToAsItIs() async throws {
        #expect(try await Program.run("-o", "/dev/null", model).code == 0)
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
                == .typeCharacterSpecial)
        let full = try await Program.run("-o", "/dev/full", model)
        #expect(full.code == 2)
        #expect(full.errors == "mlm-inspect: /dev/full: cannot be written: no space left on the device\n")
    }

    @Test func standardOutputThatIsFull() async throws {
        let run = try await Program.run("/bin/sh", ["-c", #""$@" >/dev/full"#, "sh", Program.path.string, model])
        #expect(run.code == 2)
        #expect(run.errors == "mlm-inspect: standard output: cannot be written: no space left on the device\n")
    }

    @Test func aFolderThatIsNotThere() async throws {
        let run = try await Program.run("-o", folder.path("no/a.json"), model)
        #expect(run.code == 64)
        #expect(run.errors.contains("no such folder"))
        #expect(try await Program.run("-o", folder.url.path(percentEncoded: false), "--force", model).code == 64)
    }

    /// Where the signal is ignored the error comes instead.
    @Test func aClosedPipeIsQuietWithoutTheSignal() async throws {
        let run = try await Program.run(
            "/bin/sh",
            ["-c", #"trap "" PIPE; { "$@"; echo "$?" >&2; } | exec true"#, "sh", Program.path.string, "-f", "json"]
                + Array(repeating: model, count: 64))
        #expect(run.errors == "141\n")
    }
}
