public import ArgumentParser
import Glibc
import STAC

/// The program: `inspect` unless another command is named.
public struct MLMInspectCommand: ParsableCommand {
    public static let version = Item.generator

    public static let configuration = CommandConfiguration(
        commandName: "mlm-inspect",
        abstract: "Says what a machine-learning model file is and drafts its STAC MLM metadata. Runs nothing of it.",
        usage: """
            mlm-inspect PATH…            what it is, how to load it, what goes in and out, and a draft
            mlm-inspect -f json PATH…    the same as a record for programs; -f ndjson one line each
            mlm-inspect -f asset PATH    the Model Asset block alone, to paste into an Item
            mlm-inspect scan DIR…        every model below folders, in a list; -f ndjson one record a line
            mlm-inspect draft PATH…      a STAC Item, to be completed by flags and published
            mlm-inspect check ITEM.json… what is invalid in it, and what is still open
            mlm-inspect formats          what is recognised, and what is read of each
            """,
        discussion: """
            Every value of a draft was read from the artifact or derived from it, and the record says where. What the \
            artifact does not say is a gap with a hint, never a guess.

            A file named like a command is inspected by a path: mlm-inspect ./formats
            """,
        version: version,
        subcommands: [
            InspectCommand.self, ScanCommand.self, DraftCommand.self, CheckCommand.self, FormatsCommand.self,
            WorkerCommand.self,
        ],
        defaultSubcommand: InspectCommand.self)

    public init() {}

    /// Parses the command line, runs and ends the process with its exit code.
    public static func start() {
        // libzip asks for the local time of every entry, and glibc looks for /etc/localtime each time when TZ is unset.
        unsafe setenv("TZ", "UTC", 0)
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let inspection = plainInspection(arguments) {
                try inspection.run()
            } else {
                var command = try named(arguments) ?? parseAsRoot(arguments)
                try command.run()
            }
        } catch let error as UsageError {
            StandardError.write("mlm-inspect: \(error.message)\n")
            Glibc.exit(UsageError.code)
        } catch let error as OutputError {
            if !error.isQuiet { StandardError.write("mlm-inspect: \(error)\n") }
            Glibc.exit(error.code)
        } catch {
            exit(withError: error)
        }
    }

    /// What a line of nothing but paths means; nil for every other.
    ///
    /// Its parser is a third of the whole time that a small file takes.
    private static func plainInspection(_ arguments: [String]) -> Inspection? {
        guard let first = arguments.first, first != "help", command(first) == nil,
            arguments.allSatisfy({ $0 == "-" || $0.utf8.first != UInt8(ascii: "-") && !$0.isEmpty })
        else { return nil }
        return Inspection(paths: arguments)
    }

    /// The command that a line names, or means by naming none; nil for one that is wrong.
    ///
    /// Asked from the root, ArgumentParser builds the arguments of every command on the way: a tenth of the whole time
    /// that a small file takes.
    private static func named(_ arguments: [String]) -> (any ParsableCommand)? {
        guard let first = arguments.first, first != "help" else { return nil }
        // Help and what is wrong are said by the root, which knows the whole usage.
        guard let command = command(first) else { return try? InspectCommand.parse(arguments) }
        return try? command.parse(Array(arguments.dropFirst()))
    }

    private static func command(_ word: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0._commandName == word }
    }
}
