import ArgumentParser
import ModelContainers

/// `mlm-inspect PATH…`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Describes model files and folders (the default command).")

    @Argument(help: "Files, or folders that are one model; - reads standard input.")
    var paths: [String]

    @Option(
        name: .shortAndLong,
        help: "Output format: text, json (an array for several), ndjson (one per line), csv, sarif, asset or item.")
    var format = Inspection(paths: []).format

    @Flag(help: "One line per path, like file.")
    var brief = false

    @Option(
        help: ArgumentHelp(
            "Print only these record keys, separated by tabs, such as path,format.id,facts.parameters.total.",
            valueName: "key,…"))
    var show: String?

    @OptionGroup var flat: FlatOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var report: ReportOptions
    @OptionGroup var fence: FenceOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var metadata: MetadataOptions

    @Flag(help: "Add the SHA-256 of each model. This reads the whole file.")
    var checksum = false

    @Flag(help: "Follow symbolic links that lead out of an artifact's folder; any file may be read then.")
    var follow = false

    @Option(
        help:
            "Exit 1 on a finding this bad or worse: gap (something is missing), note, warning, needs-code, danger or never."
    )
    var failOn = Inspection(paths: []).failOn

    func validate() throws {
        try flat.check(isNDJSON: format == .ndjson)
        if brief, show != nil { throw ValidationError("--brief and --show exclude each other") }
        if brief || show != nil, format != .text {
            throw ValidationError("--\(brief ? "brief" : "show") is text; leave out -f \(format.rawValue)")
        }
    }

    mutating func run() throws {
        var inspection = Inspection(paths: paths)
        inspection.limits = try limits.resolved()
        inspection.metadata = try metadata.resolved(inspection.limits, for: paths)
        inspection.format = format
        inspection.isBrief = brief
        inspection.isFlat = flat.flat
        inspection.shown = try show.map(ShownFields.init)
        inspection.output = output
        inspection.report = report.report
        inspection.withChecksum = checksum
        inspection.failOn = failOn
        inspection.followsLinks = follow
        inspection.fence = fence
        try inspection.run()
    }
}

/// `-f`.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson, csv, sarif, asset, item
}
