import Foundation
import SystemPackage
import TestSupport
import Testing

/// What README and `--help` tell a reader to type is typed here, by a shell, in a folder that looks like a fresh clone after
/// its first command.
@Suite struct ReadmeTests {
    @Test func everyCommandOfTheReadmePrintsWhatStandsUnderIt() async throws {
        let readme = try String(contentsOf: TestArtifact.root.appending(path: "../README.md"), encoding: .utf8)
        let commands = Session.commands(of: readme)
        try #require(commands.count >= 7, "README has too few commands to be a session")
        let printed = try await Session.run(commands.map(\.line))
        for (command, output) in zip(commands, printed) {
            let difference = Session.difference(command.output, output)
            #expect(difference == nil, "$ \(command.line)\n\(difference ?? "")")
        }
    }

    @Test(arguments: ["draft", "check", "scan", "inspect", "formats"])
    func examplesOfHelpCanBePasted(_ command: String) async throws {
        let help = try await Program.run(command, "--help").output
        let examples = Session.examples(of: help)
        // The Item that the example of `check` reads is the one that the example of `draft` writes.
        let draft = Session.examples(of: try await Program.run("draft", "--help").output)
        try #require(!draft.isEmpty)
        let before = command == "draft" ? [] : draft
        let lines = ["cp TestArtifacts/torch-export/unet.pt2 ."] + before + examples
        let printed = try await Session.run(lines.map { $0 + " >/dev/null && echo done" })
        for (line, output) in zip(lines, printed) { #expect(output == ["done"], "\(line)") }
    }

    /// CONTRIBUTING leads to files.
    @Test func everyPlaceInContributingExists() throws {
        let root = TestArtifact.root.appending(path: "..")
        let text = try String(contentsOf: root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
        let places = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) && $0.element.contains("/") && !$0.element.contains(" ") }
            .map(\.element)
        try #require(places.count > 10)
        for place in places {
            let exists = ["", "Sources/"].contains { folder in
                FileManager.default.fileExists(atPath: root.path + "/" + folder + place)
            }
            #expect(exists, "\(place)")
        }
    }

    /// The comparison itself can fail.
    @Test func aDifferenceIsSeen() {
        #expect(Session.difference(["a", "b"], ["a", "b"]) == nil)
        #expect(Session.difference(["a", "…", "d"], ["a", "b", "c", "d"]) == nil)
        #expect(Session.difference(["…"], []) == nil)
        #expect(Session.difference(["a"], ["b"]) != nil)
        #expect(Session.difference(["a"], ["a", "b"]) != nil)
        #expect(Session.difference(["a", "…", "d"], ["a", "b"]) != nil)
    }
}

/// Commands as a document shows them, and the shell that runs them.
private enum Session {
    struct Command {
        var line: String
        var output: [String] = []
    }

    /// The lines that begin with `$` in indented blocks, each with the lines below it. A command ends where its last line has
    /// no backslash; its output ends at the next command or at a line that is not indented.
    static func commands(of document: String) -> [Command] {
        var commands: [Command] = []
        var isInCommand = false
        var isInOutput = false
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("    ") || (line.isEmpty && isInOutput) else {
                isInOutput = false
                continue
            }
            let text = String(line.dropFirst(4))
            if isInCommand {
                commands[commands.count - 1].line += "\n" + text
            } else if text.hasPrefix("$ ") {
                commands.append(Command(line: String(text.dropFirst(2))))
                isInOutput = true
            } else if isInOutput {
                commands[commands.count - 1].output.append(text)
            }
            isInCommand = (isInCommand || text.hasPrefix("$ ")) && text.hasSuffix("\\")
        }
        for index in commands.indices {
            while commands[index].output.last?.isEmpty == true { commands[index].output.removeLast() }
        }
        return commands
    }

    /// The indented lines that begin with the name of the program, joined where they end with a backslash.
    static func examples(of help: String) -> [String] {
        var examples: [String] = []
        var continues = false
        for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
            if continues {
                examples[examples.count - 1] += "\n" + line
            } else if line.hasPrefix("    mlm-inspect ") {
                examples.append(String(line.dropFirst(4)))
            } else {
                continue
            }
            continues = line.hasSuffix("\\")
        }
        return examples
    }

    /// What each line prints, on standard output and error, when one shell runs them all.
    static func run(_ lines: [String]) async throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "readme-\(UUID().uuidString)")
        let release = folder.appending(path: ".build-release/release")
        try FileManager.default.createDirectory(at: release, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for program in [Program.path, Program.hdf5Reader] {
            try FileManager.default.createSymbolicLink(
                atPath: release.path + "/" + (program.lastComponent?.string ?? ""), withDestinationPath: program.string)
        }
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "TestArtifacts"), withDestinationURL: TestArtifact.root)
        let end = "-- end of a command --"
        let script =
            "exec 2>&1\nexport PATH=$PWD/.build-release/release:$PATH\n"
            + lines.map { "\($0)\necho '\(end)'\n" }.joined()
        let run = try await Program.run(
            FilePath("/bin/sh"), ["-c", script], environment: ["COLUMNS": "80"], in: folder.path)
        var outputs: [[String]] = [[]]
        // The README is of a machine with all of a fence.
        let printed = Program.withoutFence(run.output)
        for line in printed.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == end {
                outputs.append([])
            } else {
                outputs[outputs.count - 1].append(String(line))
            }
        }
        // What follows the last mark is the end of the text.
        return outputs.dropLast().map { output in
            Array(output.reversed().drop { $0.isEmpty }.reversed())
        }
    }

    /// Where `shown` is not what was printed; a line of `…` stands for any number of lines.
    static func difference(_ shown: [String], _ printed: [String]) -> String? {
        var rest = printed[...]
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false).map(Array.init)
        for (index, part) in parts.enumerated() {
            if index == 0 || parts.count == 1 {
                guard rest.starts(with: part) else { return differing(part, Array(rest)) }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                guard rest.count >= part.count, Array(rest.suffix(part.count)) == part else {
                    return differing(part, Array(rest.suffix(part.count)))
                }
                rest = []
            } else {
                let starts = rest.indices.first { rest[$0...].starts(with: part) }
                guard let starts else { return "does not print\n" + part.joined(separator: "\n") }
                rest = rest[(starts + part.count)...]
            }
        }
        return rest.isEmpty ? nil : "also prints\n" + rest.joined(separator: "\n")
    }

    private static func differing(_ shown: [String], _ printed: [String]) -> String {
        let index = zip(shown, printed).enumerated().first { $1.0 != $1.1 }?.offset ?? min(shown.count, printed.count)
        let lines = [shown, printed].map { $0.indices.contains(index) ? $0[index] : "(nothing)" }
        return "shown:   \(lines[0])\nprinted: \(lines[1])"
    }
}
