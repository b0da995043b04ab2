import Foundation
import SystemPackage
import TestSupport
import Testing

/// What this machine can hold a program to. A container may keep from its programs what a fence is built with, and an older
/// kernel may not have it: tests of a fence are skipped there.
enum FenceParts {
    static let privileges = 1, files = 2, calls = 4, limits = 8
    static let all = privileges | files | calls | limits

    /// As `fence-probe` found.
    private static let held = Task { try await Program.run(Program.fenceProbe, ["inspecting", "held", "/"]).code }

    static func hold(_ parts: Int) async throws -> Bool {
        let held = try await held.value
        try #require((0...all).contains(held), "the fence could not be tried")
        return held & parts == parts
    }
}

extension Trait where Self == ConditionTrait {
    /// Where all of a fence can be had.
    static var needsFence: Self { needsFence(FenceParts.all) }

    static func needsFence(_ parts: Int) -> Self {
        .enabled("the kernel or a container around this has less than a whole fence") {
            try await FenceParts.hold(parts)
        }
    }
}

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

    @Test(.needsFence(FenceParts.calls), arguments: places, killed)
    func isKilled(_ place: String, _ what: String) async throws {
        #expect(try await Self.attempt(what, from: place) == -Int(SIGSYS))
    }

    @Test(.needsFence, arguments: places, refused)
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
    @Test(.needsFence(FenceParts.calls)) func theReaderMapsNoCode() async throws {
        #expect(try await Self.attempt("code", from: "reading") == Int(EACCES))
    }

    /// Otherwise the tests above prove nothing.
    @Test(arguments: killed + refused + ["code"])
    func isPossibleWithoutAFence(_ what: String) async throws {
        #expect(try await Self.attempt(what, from: "off") == 0)
    }

    @Test(.needsFence) func whatHoldsIsSaid() async throws {
        let artifact = Self.model
        let run = try await Program.run("-v", artifact)
        #expect(run.errors.contains("fenced: no new privileges, files (Landlock "), "\(run.errors)")
        let off = try await Program.run("-v", "--sandbox", "off", artifact)
        #expect(off.errors.contains("fenced: off"), "\(off.errors)")
        let plain = try await Program.run(artifact)
        #expect(plain.errors.isEmpty && plain.missingFence == nil, "\(plain.errors)")
        let scan = try await Program.run("scan", "--all", artifact)
        #expect(scan.errors.contains(", fenced"), "\(scan.errors)")
    }

    @Test(.needsFence) func outputsAreWritten() async throws {
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
    @Test(.needsFence) func allKindsOfPathsAreWithinReach() async throws {
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

    @Test(.needsFence) func aScanReadsWhatItWasAskedFor() async throws {
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
