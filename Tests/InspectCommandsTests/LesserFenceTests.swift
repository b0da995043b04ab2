import Glibc
import SystemPackage
import TestSupport
import Testing

/// On an older kernel, and in a container that keeps something from its programs, as much of the fence is built as can be, what
/// is missing is said, and what was asked for is done.
@Suite(.needsFence(FenceParts.calls)) struct LesserFenceTests {
    struct Machine: CustomTestStringConvertible, Sendable {
        /// What it lacks, as `fence-probe` names it.
        let without: [String]
        let error: Int32
        /// Words of what is said; empty where nothing is missing after all.
        let said: [String]

        var testDescription: String { "without \(without.joined(separator: ", ")): \(error)" }
    }

    static let machines = [
        Machine(without: ["landlock"], error: ENOSYS, said: ["files"]),
        Machine(without: ["landlock"], error: EPERM, said: ["files"]),
        // It is there, and was not switched on.
        Machine(without: ["landlock"], error: EOPNOTSUPP, said: ["files"]),
        Machine(without: ["seccomp"], error: EPERM, said: ["system calls"]),
        Machine(without: ["seccomp"], error: ENOSYS, said: ["system calls"]),
        Machine(without: ["landlock", "seccomp"], error: EPERM, said: ["files", "system calls"]),
        Machine(without: ["landlock", "seccomp", "execveat"], error: ENOSYS, said: ["files", "system calls"]),
        Machine(without: ["close_range"], error: EPERM, said: []),
    ]

    private static let model = TestArtifact.all.first { $0.path.hasSuffix("/unet.pt2") }?.path ?? ""
    /// One that the reader of HDF5 is started for.
    private static let weights = TestArtifact.all.first { $0.path.hasSuffix(".keras") }?.path ?? ""

    private func run(_ machine: Machine, _ arguments: String...) async throws -> Program.Run {
        let before = ["without", machine.without.joined(separator: ","), "\(machine.error)", Program.path.string]
        return try await Program.run(Program.fenceProbe, before + arguments)
    }

    @Test(.needsFence, arguments: machines) func autoGoesOnAndSaysSo(_ machine: Machine) async throws {
        let fenced = try await run(machine, "-f", "ndjson", Self.model, Self.weights)
        let unfenced = try await Program.run("--sandbox", "off", "-f", "ndjson", Self.model, Self.weights)
        #expect(fenced.code == 0 && fenced.output == unfenced.output, "\(fenced.errors)")
        #expect(fenced.errors.isEmpty, "\(fenced.errors)")
        #expect((fenced.missingFence == nil) == machine.said.isEmpty)
        for word in machine.said {
            #expect(fenced.missingFence?.contains(word) == true, "\(fenced.missingFence ?? "")")
        }
    }

    /// Of root privileges stay then; others have none.
    @Test func whereNoPrivilegeCanBeGivenUp() async throws {
        let machine = Machine(without: ["capset"], error: EPERM, said: [])
        let fenced = try await run(machine, "-f", "ndjson", Self.model, Self.weights)
        let unfenced = try await Program.run("--sandbox", "off", "-f", "ndjson", Self.model, Self.weights)
        #expect(fenced.code == 0 && fenced.output == unfenced.output, "\(fenced.errors)")
    }

    @Test(.needsFence, arguments: machines) func aScanGoesOnAndSaysSo(_ machine: Machine) async throws {
        let fenced = try await run(machine, "scan", "--all", "-f", "ndjson", Self.model, Self.weights)
        let unfenced = try await Program.run(
            "scan", "--sandbox", "off", "--all", "-f", "ndjson", Self.model, Self.weights)
        #expect(fenced.code == 0 && fenced.output == unfenced.output, "\(fenced.errors)")
        #expect(fenced.errors.contains(machine.said.isEmpty ? ", fenced" : ", fence: no new privileges"))
        #expect((fenced.missingFence == nil) == machine.said.isEmpty)
    }

    @Test(.needsFence, arguments: machines) func allOrNothing(_ machine: Machine) async throws {
        for command in ["inspect", "scan"] {
            let run = try await run(machine, command, "--sandbox", "require", Self.model)
            if machine.said.isEmpty {
                #expect(run.code == 0, "\(run.errors)")
            } else {
                #expect(run.code != 0 && run.output.isEmpty, "\(command) looked at something")
                #expect(run.errors.contains("--sandbox require"), "\(run.errors)")
            }
        }
    }

    /// Without Landlock the filter still holds, and without the filter Landlock.
    @Test func whatIsLeftHolds() async throws {
        let folder = try TemporaryFolder()
        func attempt(_ what: String, without part: String) async throws -> Int {
            let place = [Program.fenceProbe.string, "inspecting", what, folder.path("")]
            return try await Program.run(Program.fenceProbe, ["without", part, "\(EPERM)"] + place).code
        }
        #expect(try await attempt("connect", without: "landlock") == -Int(SIGSYS))
        #expect(try await attempt("open", without: "landlock") == 0)
        #expect(try await attempt("fork", without: "seccomp") == 0)
        if try await FenceParts.hold(FenceParts.files) {
            #expect(try await attempt("open", without: "seccomp") == Int(EACCES))
        }
    }
}
