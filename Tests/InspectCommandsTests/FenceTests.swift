import Foundation
import SystemPackage
import TestSupport
import Testing

/// From inside each fence somebody who has taken over the process tries what it is there to keep from them.
@Suite struct FenceTests {
    private static let places = ["inspecting", "scanning", "reading"]
    /// What ends the process, and what is only refused.
    private static let killed = ["connect", "exec", "ptrace", "keyring", "memory-file", "fork"]
    private static let refused = ["open", "write", "write-nameless", "exec-open", "exec-path", "raise"]

    /// One that is a model.
    private static let model = TestArtifact.all.first { $0.path.hasSuffix("/unet.pt2") }?.path ?? ""

    private static func attempt(_ what: String, from place: String) async throws -> Int {
        let folder = try TemporaryFolder()
        return try await Program.run(Program.fenceProbe, [place, what, folder.path("")]).code
    }

    @Test(arguments: places, killed)
    func isKilled(_ place: String, _ what: String) async throws {
        #expect(try await Self.attempt(what, from: place) == -Int(SIGSYS))
    }

    @Test(arguments: places, refused)
    func isRefused(_ place: String, _ what: String) async throws {
        let code = try await Self.attempt(what, from: place)
        // The reader starts nothing at all, and is killed for it.
        if place == "reading", what.hasPrefix("exec") {
            #expect(code == -Int(SIGSYS))
        } else {
            #expect([EPERM, EACCES, ENOSYS, EINVAL].contains(Int32(code)), "\(code)")
        }
    }

    /// New code comes with the libraries of a program that is started, and the reader starts none.
    @Test func theReaderMapsNoCode() async throws {
        #expect(try await Self.attempt("code", from: "reading") == Int(EACCES))
    }

    /// Otherwise the tests above prove nothing.
    @Test(arguments: killed + refused + ["code"])
    func isPossibleWithoutAFence(_ what: String) async throws {
        #expect(try await Self.attempt(what, from: "off") == 0)
    }

    @Test func whatHoldsIsSaid() async throws {
        let artifact = Self.model
        let run = try await Program.run("-v", artifact)
        #expect(run.errors.contains("fenced: no new privileges, files (Landlock "), "\(run.errors)")
        let off = try await Program.run("-v", "--sandbox", "off", artifact)
        #expect(off.errors.contains("fenced: off"), "\(off.errors)")
        let plain = try await Program.run(artifact)
        #expect(plain.errors.isEmpty, "\(plain.errors)")
        let scan = try await Program.run("scan", "--all", artifact)
        #expect(scan.errors.contains(", fenced"), "\(scan.errors)")
    }

    /// A kernel without Landlock, as strace plays it.
    @Test func aKernelThatOffersLess() async throws {
        let artifact = Self.model
        let inject = [
            "-f", "-o", "/dev/null", "-e", "inject=landlock_create_ruleset:error=ENOSYS", Program.path.string,
        ]
        let auto = try await Program.run("/usr/bin/strace", inject + [artifact])
        #expect(auto.code == 0)
        #expect(auto.errors.contains("the fence does not hold for files, since this kernel has no Landlock"))
        let required = try await Program.run("/usr/bin/strace", inject + ["--sandbox", "require", artifact])
        #expect(required.code == 64)
        #expect(required.output.isEmpty && required.errors.contains("--sandbox require"), "\(required.errors)")
    }

    @Test func outputsAreWritten() async throws {
        let folder = try TemporaryFolder()
        let artifact = Self.model
        let (record, page) = (folder.path("record.json"), folder.path("page.html"))
        let run = try await Program.run(
            "--sandbox", "require", "-f", "json", "-o", record, "--report", page, artifact)
        #expect(run.code == 0, "\(run.errors)")
        #expect(FileManager.default.fileExists(atPath: record) && FileManager.default.fileExists(atPath: page))
        // What is there is replaced.
        let item = folder.path("item.json")
        for _ in 0..<2 {
            let draft = try await Program.run(
                "draft", "--sandbox", "require", "--checksum", "--force", "-o", item, artifact)
            #expect(draft.code == 0, "\(draft.errors)")
        }
        let check = try await Program.run(
            "check", "--sandbox", "require", "--artifact", artifact, "-o", folder.path("check.txt"), item)
        #expect(check.errors.isEmpty, "\(check.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.path("check.txt")))
    }

    /// Standard input, a link, a relative path, a folder, HDF5: what each needs is within reach.
    @Test func allKindsOfPathsAreWithinReach() async throws {
        let folder = try TemporaryFolder()
        let model = Self.model
        let link = folder.path("link.pt2")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: model)
        for arguments in [[link], [model, link]] {
            let run = try await Program.run(Program.path, ["--sandbox", "require", "-f", "ndjson"] + arguments)
            #expect(run.code == 0, "\(run.errors)")
        }
        let relative = try await Program.run("--sandbox", "require", "link.pt2", in: folder.path(""))
        #expect(relative.code == 0, "\(relative.errors)")
        let piped = try await Program.run(["--sandbox", "require", "-"], reading: model)
        #expect(piped.code == 0, "\(piped.errors)")
        let hdf5 = try #require(TestArtifact.all.first { $0.path.hasSuffix(".keras") }).path
        let read = try await Program.run("--sandbox", "require", hdf5)
        #expect(read.code == 0, "\(read.errors)")
    }

    @Test func aScanReadsWhatItWasAskedFor() async throws {
        let tree = try ScanTree()
        for artifact in TestArtifact.oneOfEachFolder {
            try tree.copy(artifact.path, to: "\(artifact.folder)/\(artifact.fileName)")
        }
        func records(_ mode: String) async throws -> String {
            let run = try await Program.run(
                "scan", "--all", "-q", "--sandbox", mode, "-f", "ndjson", "--jobs", "2", tree.path)
            #expect(!run.output.isEmpty, "\(run.errors)")
            return run.output
        }
        let fenced = try await records("require")
        let unfenced = try await records("off")
        #expect(!fenced.isEmpty && fenced == unfenced)
    }
}
