import ArgumentParser
import MLMDraft
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats

/// `mlm-inspect PATH…`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Inspects files and directories (the default command).")

    @Argument(help: "Files, or directories that are one model; - is standard input.")
    var paths: [String]

    @Option(name: .shortAndLong, help: "text, json (an array for several), ndjson (one a line), csv, asset or item.")
    var format = OutputFormat.text

    @OptionGroup var output: OutputOptions
    @OptionGroup var report: ReportOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var metadata: MetadataOptions

    @Flag(help: "Add the SHA-256 of each model, which reads all of it.")
    var checksum = false

    @Option(help: "Exit 1 on a finding this bad or worse: gap, note, warning, needs-code, danger or never.")
    var failOn = FailOn.danger

    mutating func run() throws {
        let limits = try limits.resolved()
        var inspector = Inspector(limits: limits)
        inspector.metadata = try metadata.resolved(limits, for: paths)
        let sink = try output.open()
        let style = output.style(for: sink)
        var page = try report.open(roots: paths, overwrites: output.force)
        var drafter = Drafter(inspector, GivenValues(), assetKey: "model", withChecksum: checksum, failOn: failOn)
        let ids = ArtifactPath.identifiers(paths.map(ArtifactPath.init(named:)))
        var items = ItemOutput(.item, isCollection: paths.count > 1, isPretty: !output.compact)
        var array = JSONArrayWriter(isArray: paths.count > 1, isPretty: !output.compact)
        if format == .csv { try sink.write(CSVTable.header) }
        for (index, path) in paths.enumerated() {
            let artifact = ArtifactPath(named: path)
            let record = drafter.inspect(artifact)
            try page?.add(record)
            switch format {
            case .text:
                try sink.write((index == 0 ? "" : "\n") + RecordText(record, style: style).text)
            case .json:
                try sink.write(array.next(try JSONValueEncoder().encode(record)))
            case .ndjson:
                try sink.write(try JSONValueEncoder().line(record) + [0x0A])
            case .csv:
                try sink.write(CSVTable.row(record))
            case .asset:
                guard let asset = record.draft?.asset else { continue }
                try sink.write(array.next(.object(asset)))
            case .item:
                guard record.verdict == .model else { continue }
                let place = ItemPlace.beside(output.output, prefix: nil)
                try sink.write(items.next(drafter.item([(artifact, record)], id: ids[path], at: place).json()))
            }
        }
        if format == .json || format == .asset { try sink.write(array.end()) }
        if format == .item { try sink.write(items.end()) }
        try output.finish(sink)
        try page?.finish()
        if drafter.outcome.code != 0 { throw ExitCode(drafter.outcome.code) }
    }
}

/// `-f`.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson, csv, asset, item
}

/// Writes one JSON document, or an array of several, piece by piece.
struct JSONArrayWriter {
    let isArray: Bool
    let isPretty: Bool
    private var count = 0

    init(isArray: Bool, isPretty: Bool) {
        self.isArray = isArray
        self.isPretty = isPretty
    }

    mutating func next(_ value: JSONValue) -> String {
        defer { count += 1 }
        let text = value.write(pretty: isPretty)
        guard isArray else { return text + "\n" }
        return (count == 0 ? "[\n" : ",\n") + text
    }

    func end() -> String {
        guard isArray else { return "" }
        return count == 0 ? "[]\n" : "\n]\n"
    }
}
