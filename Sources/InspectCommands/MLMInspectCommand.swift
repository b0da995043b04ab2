public import ArgumentParser
import Glibc
import ModelBytes

/// The root command. Runs `inspect` unless another command is named.
public struct MLMInspectCommand: ParsableCommand {
    public static let version = programVersion

    public static let configuration = CommandConfiguration(
        commandName: "mlm-inspect",
        abstract: "Identifies machine-learning model files and drafts their STAC MLM metadata, without running them.",
        usage: """
            mlm-inspect PATH…            describe a model: format, loading, inputs, outputs, and a draft
            mlm-inspect -f json PATH…    the same as a JSON record; -f ndjson writes one per line
            mlm-inspect -f asset PATH    only the Model Asset block, to paste into an Item
            mlm-inspect scan DIR…        list every model in folders; -f ndjson writes one record per line
            mlm-inspect draft PATH…      write a STAC Item; flags supply what is missing
            mlm-inspect check ITEM.json… validate STAC documents and list what is missing
            mlm-inspect report MODEL     write a page about one model; scan --report writes one about many
            mlm-inspect tensors PATH     list every tensor, or with --nodes every operator
            mlm-inspect formats          list the supported formats and what is read from each
            """,
        discussion: """
            Every value in a draft was read from the artifact or derived from it, and the record says where. What the \
            artifact does not say is listed as missing, with a hint. It is never guessed.

            To inspect a file that has the name of a command, give a path: mlm-inspect ./formats
            """,
        version: version,
        subcommands: [
            InspectCommand.self, ScanCommand.self, DraftCommand.self, CheckCommand.self, ReportCommand.self,
            TensorsCommand.self, FormatsCommand.self, WorkerCommand.self,
        ],
        defaultSubcommand: InspectCommand.self)

    public init() {}

    /// What a person can ask for by name.
    static var commandNames: [String] {
        configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
    }

    /// Parses the command line, runs the command and exits with its code.
    public static func start() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if VersionText.isAsked(by: arguments) {
                try Sink().write(VersionText.text)
            } else if let inspection = plainInspection(arguments) {
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
        } catch let code as ExitCode {
            // Nothing is left to say; ArgumentParser would make the whole help before it found that out.
            Glibc.exit(code.rawValue)
        } catch {
            exit(withError: error)
        }
    }

    /// The inspection that a command line of paths alone asks for; nil for any other command line.
    ///
    /// Skips ArgumentParser, which takes a third of the time spent on a small file.
    private static func plainInspection(_ arguments: [String]) -> Inspection? {
        guard let first = arguments.first, first != "help", command(first) == nil,
            arguments.allSatisfy({ $0 == "-" || $0.utf8.first != UInt8(ascii: "-") && !$0.isEmpty })
        else { return nil }
        return Inspection(paths: arguments)
    }

    /// The command that the line names, `inspect` if it names none; nil if the line is wrong.
    ///
    /// When asked to parse from the root, ArgumentParser builds the arguments of every command, which takes a tenth of
    /// the time spent on a small file.
    private static func named(_ arguments: [String]) -> (any ParsableCommand)? {
        guard let first = arguments.first, first != "help" else { return nil }
        // The root command prints help and errors, because it knows the whole usage.
        guard let command = command(first) else { return try? InspectCommand.parse(arguments) }
        return try? command.parse(Array(arguments.dropFirst()))
    }

    private static func command(_ word: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0._commandName == word }
    }
}
