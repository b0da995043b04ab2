import ArgumentParser
import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON

/// `mlm-inspect formats`.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "Lists the supported formats and what is read from each.")

    @Flag(help: "Print the JSON Schema of the record instead.")
    var schema = false

    @Flag(help: "With --schema: the schema of a line of -f ndjson --flat.")
    var flat = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if flat, !schema { throw ValidationError("--flat needs --schema") }
    }

    mutating func run() throws {
        let sink = try output.open()
        if schema {
            let document = flat ? RecordSchema.flat : RecordSchema.document
            try sink.write(document.write(pretty: !output.compact) + "\n")
            try output.finish(sink)
            return
        }
        let style = output.style(for: sink)
        try sink.write(FormatsText(style: style).text(of: .all))
        try output.finish(sink)
    }
}
