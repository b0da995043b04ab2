import ArgumentParser
import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON

/// `mlm-inspect formats`: what is recognised, and what is read of each.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "Lists the formats that are recognised and what is read of each.")

    @Flag(help: "Print the JSON Schema of the record instead.")
    var schema = false

    @OptionGroup var output: OutputOptions

    mutating func run() throws {
        let sink = try output.open()
        if schema {
            try sink.write(RecordSchema.document.write(pretty: !output.compact) + "\n")
            try output.finish(sink)
            return
        }
        let style = output.style(for: sink)
        for identity in Formats.all.flatMap({ $0.identities }) {
            let call = identity.artifactType.map { "  \($0)" } ?? ""
            try sink.write("\(style.bold(identity.id))  \(identity.name)\(style.dim(call))\n    \(identity.reads)\n")
        }
        try output.finish(sink)
    }
}
