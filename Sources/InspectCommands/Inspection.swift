import ArgumentParser
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import SystemPackage

/// What `mlm-inspect PATH…` does. A command line of paths alone gets here without ArgumentParser.
struct Inspection {
    var paths: [String]
    var format = OutputFormat.text
    /// Fields of each record in place of the text.
    var shown: ShownFields?
    /// NDJSON whose lines all have the same keys and types.
    var isFlat = false
    /// One line an artifact in place of the text.
    var isBrief = false
    var output: any OutputSettings = DefaultOutput()
    /// Path of the HTML report.
    var report: String?
    var limits = Limits()
    /// MLM metadata from a separate file.
    var metadata: EmbeddedMetadata?
    var withChecksum = false
    var failOn = FailOn.danger
    var followsLinks = false
    var fence: any FenceSettings = DefaultFence()

    init(paths: [String]) { self.paths = paths }

    /// Inspects and prints. Throws the exit code unless it is 0.
    func run() throws {
        var inspector = Inspector(limits: limits)
        inspector.metadata = metadata
        inspector.followsLinks = followsLinks
        let sink = try output.open()
        let layout = RecordText.Layout(
            style: output.style(for: sink), width: TerminalWidth.ofText(isTerminal: sink.isTerminal),
            isLong: fence.verbose)
        var page = try ReportFile.open(report, roots: paths, overwrites: output.force)
        var reader = ArtifactReader(inspector, withChecksum: withChecksum, failOn: failOn)
        // A terminal that shows the text need not be told the same again.
        reader.tellsErrors = !(sink.isTerminal && format == .text && shown == nil)
        let ids = format == .item ? ArtifactPath.identifiers(paths.map(ArtifactPath.init(named:))) : nil
        var items = ItemOutput(.item, isCollection: paths.count > 1, isPretty: !output.compact)
        var array = JSONArrayWriter(isArray: paths.count > 1, isPretty: !output.compact)
        var log = SARIFWriter()
        if format == .csv { try sink.write(CSVTable.header) }
        if format == .sarif { try sink.write(SARIFWriter.head) }
        try fence.enter(
            Fence(
                fence.sandbox, paths: paths, outputs: [output.output, report].compactMap { $0 },
                followsLinks: followsLinks, limits: limits))
        for (index, path) in paths.enumerated() {
            let record = reader.inspect(path, name: FilePath(path).lastComponent?.string ?? path)
            try page?.add(record)
            switch format {
            case .text:
                try sink.write(text(record, layout, isFirst: index == 0))
            case .json:
                try sink.write(array.next(try JSONValueEncoder().encode(record)))
            case .ndjson:
                try sink.write(try isFlat ? FlatRecord.line(record) : JSONValueEncoder().line(record))
                try sink.write("\n")
            case .sarif:
                try sink.write(log.results(of: record))
            case .csv:
                try sink.write(CSVTable.row(record))
            case .asset:
                guard let asset = record.draft?.asset else { continue }
                try sink.write(array.next(.object(asset)))
            case .item:
                guard record.verdict == .model, let ids else { continue }
                let place = ItemPlace.beside(output.output, prefix: nil)
                let item = try ItemMaker().item([(ArtifactPath(named: path), record)], id: ids[path], at: place)
                try sink.write(items.next(item.json()))
            }
        }
        if format == .json || format == .asset { try sink.write(array.end()) }
        if format == .item { try sink.write(items.end()) }
        if format == .sarif { try sink.write(log.end()) }
        try output.finish(sink)
        try page?.finish()
        if reader.outcome.code != 0 { throw ExitCode(reader.outcome.code) }
    }

    private func text(_ record: Record, _ layout: RecordText.Layout, isFirst: Bool) throws -> String {
        if let shown { return try shown.line(record) }
        if isBrief { return BriefText.line(record, style: layout.style) }
        return (isFirst ? "" : "\n") + RecordText(record, layout).text
    }
}
