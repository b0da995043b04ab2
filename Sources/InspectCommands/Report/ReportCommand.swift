import ArgumentParser
import MLMInspect
import SystemPackage

/// `mlm-inspect report MODEL -o model.html`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes a page about one model: what it is, how to load it, its tensors, its draft.",
        discussion: """
            The page is a single file and loads nothing. mlm-inspect scan DIR --report models.html writes a page about \
            many models.
            """)

    @Argument(help: "A file, or a folder that is one model; - reads standard input.")
    var path: String

    @OptionGroup var output: FileOptions
    @OptionGroup var fence: PlainFenceOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var metadata: MetadataOptions

    @Flag(help: "Add the SHA-256 of the model. This reads the whole file.")
    var checksum = false

    @Flag(help: "Follow symbolic links that lead out of an artifact's folder; any file may be read then.")
    var follow = false

    @Option(help: "Exit 1 on a finding this bad or worse: gap, note, warning, needs-code, danger or never.")
    var failOn = FailOn.danger

    mutating func run() throws {
        var inspector = Inspector(limits: try limits.resolved())
        inspector.metadata = try metadata.resolved(inspector.limits, for: [path])
        inspector.followsLinks = follow
        let sink = try output.open()
        if sink.isTerminal { throw UsageError("a page is for a browser; name a file: -o model.html") }
        var reader = ArtifactReader(inspector, withChecksum: checksum, failOn: failOn)
        try fence.enter(
            Fence(
                fence.sandbox, paths: [path], outputs: [output.output].compactMap { $0 }, followsLinks: follow,
                limits: inspector.limits))
        let record = reader.inspect(path, name: FilePath(path).lastComponent?.string ?? path)
        // There is nothing to tell of what is not there, and a folder of models is for another command.
        let isFolderOfOthers = record.verdict == .unrecognised && record.isDirectory
        guard record.size != nil, !isFolderOfOthers else { throw ExitCode(reader.outcome.code) }
        try sink.write(ModelPage.html(record, tensors: tensors(inspector)))
        try output.finish(sink)
        if reader.outcome.code != 0 { throw ExitCode(reader.outcome.code) }
    }

    /// As far as they can be listed; the page tells what stopped it. What came through a pipe is not read a second time.
    private func tensors(_ inspector: Inspector) -> PageTensors? {
        guard path != "-" else { return nil }
        var tensors = PageTensors()
        do throws(ListingError) {
            try inspector.list(path, Listing(tensors: { tensors.add($0) }))
        } catch {
            if case .failed(let error) = error { tensors.end = Failure(error).placed }
        }
        return tensors
    }
}
