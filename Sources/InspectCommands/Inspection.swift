import ArgumentParser
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// What `mlm-inspect PATH…` does. A line of nothing but paths is this, without a parser of arguments in between.
struct Inspection {
    var paths: [String]
    var format = OutputFormat.text
    var output: any OutputSettings = DefaultOutput()
    /// Where a page of it is written too.
    var report: String?
    var limits = Limits()
    /// MLM metadata in a file of their own.
    var metadata: EmbeddedMetadata?
    var withChecksum = false
    var failOn = FailOn.danger

    init(paths: [String]) { self.paths = paths }

    /// Inspects and prints; throws the exit code when it is another than 0.
    func run() throws {
        var inspector = Inspector(limits: limits)
        inspector.metadata = metadata
        let sink = try output.open()
        let style = output.style(for: sink)
        var page = try ReportFile.open(report, roots: paths, overwrites: output.force)
        var drafter = Drafter(inspector, GivenValues(), assetKey: "model", withChecksum: withChecksum, failOn: failOn)
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
