import ArgumentParser
import MLMInspect

/// `mlm-inspect tensors PATH`.
struct TensorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tensors",
        abstract: "Lists every tensor of a model with its shape, type, size and place, or its operators.",
        discussion: """
            A tensor's place is the position of its first byte in the file given, or in the file that its row names. It is \
            omitted if the data is compressed or in pieces, or if only a library knows it. A tensor that shares its \
            data with an earlier one names that one.

            Rows are written while the file is read, so listing takes no more memory than inspecting, whatever the size of \
            the model. mlm-inspect formats says for which formats tensors and operators can be listed.
            """)

    @Argument(help: "A file, or a folder that is one model; - reads standard input.")
    var path: String

    @Option(name: .shortAndLong, help: "Output format: text (a table), ndjson (one per line) or csv.")
    var format = ListFormat.text

    @Flag(help: "Show totals per module; names are split at dots or slashes.")
    var tree = false

    @Option(help: "Depth of --tree: 1 is the top-level modules.")
    var depth: Int?

    @Flag(help: "List operators or layers with their inputs and outputs.")
    var nodes = false

    @OptionGroup var output: ColouredFileOptions
    @OptionGroup var fence: PlainFenceOptions
    @OptionGroup var limits: LimitOptions

    @Flag(help: "Follow symbolic links that lead out of an artifact's folder; any file may be read then.")
    var follow = false

    func validate() throws {
        if tree, nodes { throw ValidationError("--tree and --nodes exclude each other") }
        if depth != nil, !tree { throw ValidationError("--depth needs --tree") }
        if let depth, depth < 1 { throw ValidationError("--depth \(depth): write 1 or more") }
    }

    mutating func run() throws {
        var inspector = Inspector(limits: try limits.resolved())
        inspector.followsLinks = follow
        let sink = try output.open()
        try fence.enter(
            Fence(
                fence.sandbox, paths: [path], outputs: [output.output].compactMap { $0 }, followsLinks: follow,
                limits: inspector.limits))
        if nodes {
            let rows = Rows<GraphNode>(writer(sink, ListColumn.nodes))
            try finish(rows, sink, list(inspector, Listing(nodes: rows.add)))
        } else if tree {
            var tree = TensorTree(depth: depth)
            let refusal = list(inspector, Listing(tensors: { tree.add($0) }))
            let rows = Rows<TensorTree.Module>(writer(sink, ListColumn.modules(format)))
            tree.forEach(rows.add)
            try finish(rows, sink, refusal)
        } else {
            let rows = Rows<StoredTensor>(writer(sink, ListColumn.tensors))
            try finish(rows, sink, list(inspector, Listing(tensors: rows.add)))
        }
    }

    private func writer<Row>(_ sink: Sink, _ columns: [ListColumn<Row>]) -> ListWriter<Row> {
        ListWriter(
            sink, format, columns, style: output.style(for: sink), width: sink.isTerminal ? TerminalWidth.of() : nil)
    }

    private func list(_ inspector: Inspector, _ listing: Listing) -> ListingError? {
        do throws(ListingError) {
            try inspector.list(path == "-" ? nil : path, listing)
            return nil
        } catch {
            return error
        }
    }

    private func finish<Row>(_ rows: Rows<Row>, _ sink: Sink, _ refusal: ListingError?) throws {
        // What was read before an error is written all the same; where nothing was, there is nothing to write.
        if refusal == nil || rows.count > 0 { try rows.finish() }
        guard let refusal else { return try output.finish(sink) }
        if rows.count > 0 { try output.finish(sink) }
        let (message, code) = Self.explain(refusal, path)
        StandardError.write("mlm-inspect: \(message)\n")
        throw ExitCode(code)
    }

    private static func explain(_ refusal: ListingError, _ path: String) -> (message: String, code: Int32) {
        switch refusal {
        case .failed(let error): return (ErrorText.message(path, Failure(error)), 2)
        case .unrecognised:
            return (TextStyle.inert("\(path): not recognised; mlm-inspect formats lists the supported formats"), 3)
        case .notListed(let format, let part):
            let what = part == .nodes ? "operators" : "tensors"
            let text = "this format has no \(what) that can be listed; mlm-inspect formats says which have"
            return (TextStyle.inert("\(path): \(format): \(text)"), 3)
        }
    }
}

/// Rows on their way to a writer, from a walk that cannot be stopped: after a failure none is written, and the failure waits.
private final class Rows<Row> {
    private var writer: ListWriter<Row>
    private var failure: (any Error)?
    private(set) var count = 0

    init(_ writer: ListWriter<Row>) { self.writer = writer }

    func add(_ row: Row) {
        count += 1
        guard failure == nil else { return }
        do {
            try writer.write(row)
        } catch {
            failure = error
        }
    }

    func finish() throws {
        if let failure { throw failure }
        try writer.flush()
    }
}
