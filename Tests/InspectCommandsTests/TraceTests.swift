import Foundation
import SystemPackage
import TestSupport
import Testing

/// Nothing of an artifact runs, and nothing but the artifact is looked at: proved by the system calls of a whole run.
@Suite struct TraceTests {
    /// A pair of sockets, by which the reader of HDF5 is handed the open file, reaches nobody else.
    private static let network: Set<String> = ["socket", "connect", "bind", "sendto"]

    @Test(arguments: TestArtifact.oneOfEachFolder)
    func onlyTheArtifactIsOpenedAndNothingIsRun(_ artifact: TestArtifact) async throws {
        let all = try await Self.trace(artifact)
        let own = try #require(all.first?.process)
        let calls = all.filter { $0.process == own }
        try await Self.checkReader(all.filter { $0.process != own }, startedBy: calls)
        #expect(calls.filter { $0.name.hasPrefix("exec") }.count == 1, "more than mlm-inspect itself was run")
        #expect(!all.contains { Self.network.contains($0.name) }, "the network was reached for")

        let opened = calls.filter { $0.name.hasPrefix("open") && $0.succeeded && !$0.isForItsPlace }
        #expect(!opened.contains { $0.isForWriting }, "a file was opened for writing")
        let first = try #require(opened.firstIndex { Self.isInside(artifact, $0.path) }, "the artifact was not opened")
        let libraries = try await Self.libraries(of: Program.path)
        for call in opened[..<first] {
            // The reader of HDF5, in case it is needed.
            let isReader = call.path == Program.hdf5Reader.string
            #expect(
                libraries.contains(call.path) || Self.isStartUp(call.path) || isReader, "\(call.path) at the start")
        }
        for call in opened[first...] {
            // The time zone: libzip turns the DOS times of a directory into Unix ones. None of them gets into a record.
            let isTimeZone = call.path == "/etc/localtime" || call.path.hasPrefix("/usr/share/zoneinfo/")
            #expect(Self.isInside(artifact, call.path) || isTimeZone, "\(call.path) after the artifact")
        }
        // No library is loaded, and no code mapped, once the artifact is open.
        let artifactCall = try #require(
            calls.firstIndex { $0.name.hasPrefix("open") && !$0.isForItsPlace && Self.isInside(artifact, $0.path) })
        try await Self.expectFence(calls[..<artifactCall])
        let granted = Set(calls.filter { $0.isForItsPlace && $0.succeeded }.map(\.path))
        for path in granted.subtracting(Self.places(of: libraries)) {
            #expect(Self.isPlace(of: artifact, path), "\(path) is within reach")
        }
        #expect(!calls[artifactCall...].contains { $0.text.contains("PROT_EXEC") }, "code was mapped")
    }

    /// The fence stands: files, system calls, and no new privileges.
    private static func expectFence(_ calls: some Sequence<SystemCall>) async throws {
        // Where less can be had, other tests say that they were skipped.
        guard try await FenceParts.hold(FenceParts.all) else { return }
        // What another process interrupted in the trace is told in two lines, the first without an end.
        let built = calls.filter { $0.succeeded || $0.text.hasSuffix("<unfinished ...>") }
        #expect(Set(built.map(\.name)).isSuperset(of: ["landlock_restrict_self", "seccomp"]), "no fence before")
        #expect(built.contains { $0.text.contains("PR_SET_NO_NEW_PRIVS, 1") })
    }

    /// The one other process there may be: it opens its libraries and nothing else, the artifact least of all.
    private static func checkReader(_ calls: [SystemCall], startedBy parent: [SystemCall]) async throws {
        let readers = calls.filter { $0.name.hasPrefix("exec") }
        #expect(readers.count <= 1 && readers.allSatisfy { $0.path == Program.hdf5Reader.string })
        // Before it is handed the first file.
        if !calls.isEmpty { try await expectFence(calls.prefix { $0.name != "recvmsg" }) }
        #expect((parent + calls).filter(\.makesProcess).count == readers.count, "a process was made")
        let libraries = try await libraries(of: Program.hdf5Reader)
        for call in calls where call.name.hasPrefix("open") && call.succeeded {
            let isForErrors = call.path == "/dev/null"
            #expect(!call.isForWriting || isForErrors, "\(call.path) was opened for writing")
            #expect(
                isForErrors || libraries.contains(call.path) || isStartUp(call.path),
                "\(call.path), opened to read HDF5")
        }
    }

    /// A scan runs itself and the reader of HDF5, whatever lies in the tree.
    @Test func aScanRunsItselfAndTheReaderOnly() async throws {
        let tree = try ScanTree()
        for artifact in TestArtifact.oneOfEachFolder {
            try tree.copy(artifact.path, to: "\(artifact.folder)/\(artifact.fileName)")
        }
        for name in ["torch_system.pt", "bomb_gzip.pkl.gz"] { try tree.add("hostile/" + name) }
        let calls = try await Self.trace([Program.path.string, "scan", tree.path, "-f", "ndjson", "--jobs", "2", "-q"])
        let programs = calls.filter { $0.name.hasPrefix("exec") && !$0.path.isEmpty }.map(\.path)
        let own = [Program.path.string, "/proc/self/exe"]
        #expect(programs.count { own.contains($0) } == 3)
        #expect(programs.allSatisfy { own.contains($0) || $0 == Program.hdf5Reader.string })
        #expect(programs.contains(Program.hdf5Reader.string))
        // Whoever reads an artifact has built its fence before.
        let parent = try #require(calls.first?.process)
        for (process, own) in Dictionary(grouping: calls, by: \.process) where process != parent {
            let first = own.firstIndex {
                $0.name.hasPrefix("open") && $0.path.hasPrefix(tree.path + "/") && !$0.isForItsPlace
            }
            if let first, own.contains(where: { $0.name.hasPrefix("exec") }) {
                try await Self.expectFence(own[..<first])
            }
        }
        #expect(!calls.contains { Self.network.contains($0.name) })
        let written = calls.filter { $0.name.hasPrefix("open") && $0.succeeded && $0.isForWriting }.map(\.path)
        #expect(written.allSatisfy { $0 == "/dev/null" }, "\(written)")
        #expect(!calls.contains { ["unlink", "rename", "mkdir", "chmod", "link", "symlink"].contains($0.name) })
    }

    /// The trace sees what it is there to see.
    @Test func aProgramThatRunsAnotherIsSeen() async throws {
        let calls = try await Self.trace(["/bin/sh", "-c", "cat /etc/hostname; true"])
        #expect(calls.filter { $0.name.hasPrefix("exec") }.count == 2)
        #expect(calls.contains { $0.path == "/etc/hostname" && $0.succeeded })
    }

    @Test func hdf5IsLinkedToItsReaderAlone() async throws {
        let own = try await Self.libraries(of: Program.path)
        #expect(own.contains { $0.contains("libzip") })
        #expect(!own.contains { $0.contains("hdf5") })
        // Its archive, and so none of the libraries for networks that the shared one brings.
        let reader = try await Self.libraries(of: Program.hdf5Reader)
        #expect(!reader.isEmpty && !reader.contains { $0.contains("hdf5") || $0.contains("curl") })
        let word = ["-qF", "H5Fopen"]
        #expect(try await Program.run("/usr/bin/grep", word + [Program.hdf5Reader.string]).code == 0)
        #expect(try await Program.run("/usr/bin/grep", word + [Program.path.string]).code == 1)
    }

    /// The libraries that a program is linked to, as the dynamic linker finds them.
    private static func libraries(of program: FilePath) async throws -> Set<String> {
        let run = try await Program.run("/usr/bin/ldd", [program.string])
        try #require(run.code == 0, "\(run.errors)")
        return Set(run.output.matches(of: /\/[^ ]+/).map { String($0.0) })
    }

    /// What the dynamic linker and the runtimes look at besides: where libraries are, the program itself, the processors.
    private static func isStartUp(_ path: String) -> Bool {
        // The processors stand in /proc/stat where /sys is not mounted.
        ["/etc/ld.so.cache", "/proc/stat"].contains(path) || path.hasPrefix("/proc/self/")
            || path.hasPrefix("/sys/devices/system/cpu")
    }

    /// What has to be within reach for a program to be started, that of HDF5 here.
    private static func places(of libraries: Set<String>) -> Set<String> {
        let usual = [
            "/etc/ld.so.cache", "/etc/ld.so.preload", "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib",
        ]
        return libraries.union(libraries.map { FilePath($0).removingLastComponent().string }).union(usual)
    }

    /// The folder that an artifact lies in, or that it is.
    private static func isPlace(of artifact: TestArtifact, _ path: String) -> Bool {
        let folder = FilePath(artifact.path).removingLastComponent()
        return FilePath(path) == folder || FilePath(path) == FilePath(artifact.path)
    }

    private static func isInside(_ artifact: TestArtifact, _ path: String) -> Bool {
        path.hasPrefix(TestArtifact.root.appending(path: artifact.folder).path(percentEncoded: false))
    }

    private static func trace(_ artifact: TestArtifact) async throws -> [SystemCall] {
        try await trace([Program.path.string, "-f", "json", artifact.path])
    }

    private static func trace(_ command: [String]) async throws -> [SystemCall] {
        let folder = try TemporaryFolder()
        let log = folder.path("trace")
        let strace: FilePath = "/usr/bin/strace"
        try #require(
            (try? strace.stat()) != nil, "strace is missing; install it (apt install strace): this promise needs it")
        let run = try await Program.run(
            strace,
            [
                "-f", "-qq", "-y", "-s", "4096", "-o", log, "-e",
                "trace=%process,%network,%file,mmap,mprotect,prctl,seccomp,landlock_restrict_self",
            ] + command)
        // What strace says of itself: a container may keep ptrace from its programs.
        let refusal = run.errors.split(separator: "\n").first { $0.contains("PTRACE") || $0.contains("ptrace") }
        try #require(
            refusal == nil, "ptrace is refused here, so that nothing can be traced; run it where it is allowed")
        // strace that fails before it begins writes no log.
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        try #require(!text.isEmpty, "strace could not trace: \(run.errors)")
        return text.split(separator: "\n").compactMap { SystemCall(String($0)) }
    }
}

/// A line of strace: `1234 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3`.
struct SystemCall {
    /// The process or thread.
    let process: String
    let name: String
    let text: String
    /// The first text among the arguments, or for a program that was opened before its path; empty when there is none.
    let path: String

    /// Nil for a line about a signal or an exit.
    init?(_ line: String) {
        guard let match = line.firstMatch(of: /^([0-9]+) +([a-z0-9_]+)\((.*)/) else { return nil }
        process = String(match.1)
        name = String(match.2)
        text = line
        let words = match.3.firstMatch(of: /"([^"]*)"/).map { String($0.1) } ?? ""
        let opened = match.3.prefixMatch(of: /[0-9]+<([^>]*)>, ""/).map { String($0.1) }
        path = name == "execveat" ? opened ?? words : words
    }

    var succeeded: Bool { text.firstMatch(of: /= [0-9]+(<.*>)?$/) != nil }
    /// Neither its content nor its listing can be read: only its place is known.
    var isForItsPlace: Bool { text.contains("O_PATH") }
    var isForWriting: Bool { text.contains("O_WRONLY") || text.contains("O_RDWR") || text.contains("O_CREAT") }
    /// Threads are `clone` too, and allowed.
    var makesProcess: Bool {
        ["fork", "vfork"].contains(name) || ["clone", "clone3"].contains(name) && !text.contains("CLONE_THREAD")
    }
}
