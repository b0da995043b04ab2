import ArgumentParser
import MLMInspect
import ModelBytes
import ModelContainers
import STAC

/// `mlm-inspect draft PATH…`.
struct DraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Drafts STAC Items for models, or a Collection of them with --collection.",
        discussion: """
            An Item holds only what was read from the model, derived from it, or given by you; mlm_inspect:evidence \
            says which, for every value. mlm_inspect:todo lists what is missing; the Item is valid without it. --final \
            leaves both keys out, and writes nothing while a required value is missing.

            Give what you know by flags, or in a side file: --template writes MODEL.mlm.yaml, with a line for every value \
            that can be given. Once filled in, it is used whenever its model is drafted; flags take precedence over it.

                mlm-inspect draft unet.pt2 --task semantic-segmentation --geometry world \\
                    --start 2015-06-27T00:00:00Z --end 9999-12-31T23:59:59Z \\
                    --license Apache-2.0 --final -o unet.json
            """)

    @Argument(
        help: "Models: files, or folders that are one model; with --collection, any folders; - reads standard input.")
    var paths: [String]

    @Option(
        name: .shortAndLong,
        help: "Output format: item (a FeatureCollection for several) or ndjson (one Item per line).")
    var format = ItemOutput.Format.item

    @Option(
        help: ArgumentHelp("Write a Collection and its Items to this new or empty folder.", valueName: "dir"))
    var collection: String?

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: "Number of workers that inspect models for --collection; by default, one per processor.")
    var jobs: Int?

    @Flag(help: "Write one Item with one asset per path, for a model saved in several formats.")
    var oneItem = false

    @Flag(
        name: .customLong("final"),
        help: "Leave out mlm_inspect:* keys. While a required value is missing, write nothing and exit 1.")
    var isFinal = false

    @Flag(help: "Add the SHA-256 of the files. This reads the whole files.")
    var checksum = false

    @Option(
        help: ArgumentHelp(
            "Add missing values to this Item, and keep its existing content unchanged.", valueName: "item.json"))
    var merge: String?

    @OptionGroup(title: "What you know about the model") var given: GivenOptions
    @OptionGroup(title: "Side file") var side: SideOptions
    @OptionGroup(title: "Metadata of the model") var metadata: MetadataOptions
    @OptionGroup(title: "Which files a Collection includes") var files: ScanFileOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Fence") var fence: FenceOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    @Option(
        help:
            "Exit 1 on a finding this bad or worse: gap (something is missing), note, warning, needs-code, danger or never."
    )
    var failOn = FailOn.danger

    mutating func run() throws {
        let limits = try limits.resolved()
        var values = try given.resolved(limits)
        try checkUsage(values)
        if side.template { return try writeTemplate(values, limits) }
        let sides = try side.resolved(paths, below: collection != nil, limits)
        var inspector = Inspector(limits: limits)
        inspector.followsLinks = files.follow
        inspector.metadata = try metadata.resolved(limits, for: paths)
        if let collection {
            let code = try writeCollection(collection, &values, inspector, sides)
            if code != 0 { throw ExitCode(code) }
            return
        }
        sides.tell()
        var drafter = drafter(inspector, values, sides)
        let merged = try merge.map { try MergeRun($0, limits) }
        try fence.enter(
            Fence(
                fence.sandbox, paths: paths, outputs: [output.output].compactMap { $0 }, followsLinks: files.follow,
                limits: limits))
        if let merged { return try writeMerged(merged, &drafter) }
        if oneItem { try writeOne(&drafter) } else { try writeEach(&drafter) }
        try end(drafter)
    }

    /// A side file to fill in.
    private func writeTemplate(_ values: GivenValues, _ limits: Limits) throws {
        if paths.count != 1 || collection != nil || merge != nil || isFinal {
            throw UsageError(
                "--template is for one model and writes no Item: give no other model, no --final and no --merge")
        }
        if !values.isEmpty || side.from != nil {
            throw UsageError("--template asks for what flags and side files say; give them to draft without it")
        }
        let artifact = ArtifactPath(named: paths[0])
        let place = TemplatePlace(artifact, output)
        var inspector = Inspector(limits: limits)
        inspector.followsLinks = files.follow
        inspector.metadata = try metadata.resolved(limits, for: paths)
        try fence.enter(
            Fence(
                fence.sandbox, paths: paths, outputs: [place.output].compactMap { $0 }, followsLinks: files.follow,
                limits: limits))
        let sink = try place.open()
        var drafter = drafter(inspector, values, SideFiles())
        let record = drafter.inspect(artifact)
        guard record.verdict == .model else { return try end(drafter) }
        let item = try drafter.item(
            [(artifact, record)], id: ArtifactPath.identifiers([artifact])[artifact.path],
            at: ItemPlace.beside(nil, prefix: nil))
        let template = SideTemplate(
            item, model: artifact.path, file: place.name,
            next: "mlm-inspect draft \(artifact.path) --final -o ITEM.json")
        try sink.write(template.text)
        try place.finish(sink)
        if let path = place.output {
            StandardError.write(TextStyle.inert("mlm-inspect: \(path): fill it in, then draft \(artifact.path)") + "\n")
        }
        try end(drafter)
    }

    private func writeCollection(
        _ folder: String, _ values: inout GivenValues, _ inspector: Inspector, _ sides: SideFiles
    ) throws -> Int32 {
        values.collection = nil
        var scan = try files.scan(paths)
        scan.limits = inspector.limits
        scan.prepareForCommand(jobs: jobs, showsProgress: ProgressBar.isPossible, sandbox: fence.sandbox)
        scan.outputs.write(beside: folder)
        scan.outputs.writeFolder(folder)
        let collection = CollectionDraft.begin(folder, id: given.collectionId, &values)
        var run = CollectionRun(
            roots: paths, folder: try CollectionFolder(folder, overwrites: output.force), prefix: given.hrefPrefix,
            isFinal: isFinal, isPretty: !output.compact, failOn: failOn, collection: collection)
        let code = try run.write(scan, drafter(inspector, values, sides), checksums: checksum ? inspector : nil)
        sides.tell()
        return code
    }

    private func drafter(_ inspector: Inspector, _ values: GivenValues, _ sides: SideFiles) -> Drafter {
        Drafter(inspector, values, sides, assetKey: given.assetKey, withChecksum: checksum, failOn: failOn)
    }

    private func end(_ drafter: Drafter) throws {
        if drafter.outcome.code != 0 { throw ExitCode(drafter.outcome.code) }
    }

    /// Flags that contradict each other, whatever the models are.
    private func checkUsage(_ values: GivenValues) throws {
        if collection != nil {
            if output.output != nil { throw UsageError("--collection and --output: give one of them") }
            if oneItem { throw UsageError("--collection and --one-item: give one of them") }
            if format != .item { throw UsageError("--collection writes files; --format is for standard output") }
        }
        if merge != nil {
            if paths.count > 1 || collection != nil { throw UsageError("--merge needs exactly one model") }
            if format != .item { throw UsageError("--merge keeps the form of the Item; --format cannot be given") }
        }
        if collection != nil, metadata.metadata != nil {
            throw UsageError("--metadata describes one model; it cannot be used with --collection")
        }
        let areSeveral = collection != nil || (paths.count > 1 && !oneItem)
        if areSeveral, let flag = values.sourceOfOneItem(inCollection: collection != nil) {
            throw UsageError("\(flag) is for one Item, and there may be several")
        }
        if collection == nil, let flag = files.flag ?? (jobs == nil ? nil : "--jobs") {
            throw UsageError("\(flag) needs --collection, because only that walks folders")
        }
        if let refusal = Jobs.refusal(jobs) { throw UsageError(refusal) }
        if collection != nil, let path = paths.first(where: { $0 == "-" || PathBytes($0) == nil }) {
            throw UsageError("\(path) is not a path that --collection can walk")
        }
        if paths.filter({ $0 == "-" }).count > 1 {
            throw UsageError("- is standard input, which can be read only once")
        }
    }

    /// The Item of one artifact is put into one that is there.
    private func writeMerged(_ merge: MergeRun, _ drafter: inout Drafter) throws {
        let artifact = ArtifactPath(named: paths[0])
        let sink = try output.open()
        let record = drafter.inspect(artifact)
        guard record.verdict == .model else { return try end(drafter) }
        let item = try drafter.item(
            [(artifact, record)], id: ArtifactPath.identifiers([artifact])[artifact.path],
            at: ItemPlace.beside(output.output ?? self.merge, prefix: given.hrefPrefix))
        let (text, hasContradictions) = merge.filled(from: item, record, isFinal: isFinal)
        if isFinal, !merge.isReady(item, text) { throw ExitCode(1) }
        try merge.checkIsUnchanged()
        try sink.write(text)
        try output.finish(sink)
        if hasContradictions, failOn.isReached(by: .warning) { throw ExitCode(1) }
        try end(drafter)
    }

    /// Every artifact is an Item of its own.
    private func writeEach(_ drafter: inout Drafter) throws {
        let artifacts = paths.map(ArtifactPath.init(named:))
        let ids = ArtifactPath.identifiers(artifacts)
        let place = ItemPlace.beside(output.output, prefix: given.hrefPrefix)
        let sink = try output.open()
        var items = ItemOutput(format, isCollection: paths.count > 1, isPretty: !output.compact)
        var open = OpenGaps()
        // A final Item is written when all of them can be.
        var waiting: [String] = []
        for artifact in artifacts {
            let record = drafter.inspect(artifact)
            guard record.verdict == .model else { continue }
            let item = try drafter.item([(artifact, record)], id: ids[artifact.path], at: place)
            if isFinal { open.add(item, artifact.path) }
            let text = items.next(item.json(isFinal: isFinal))
            if isFinal { waiting.append(text) } else { try sink.write(text) }
        }
        guard open.isEmpty else {
            open.tell()
            throw ExitCode(1)
        }
        for text in waiting { try sink.write(text) }
        try finish(sink, items, hasAny: drafter.outcome.hasModel)
    }

    /// All artifacts are one Item, when they are of one model.
    private func writeOne(_ drafter: inout Drafter) throws {
        let artifacts = paths.map(ArtifactPath.init(named:))
        let sink = try output.open()
        let records = artifacts.map { ($0, drafter.inspect($0)) }
        guard records.allSatisfy({ $0.1.verdict == .model }) else {
            throw ExitCode(drafter.outcome.code == 0 ? 3 : drafter.outcome.code)
        }
        try checkAgreement(records)
        let item = try drafter.item(
            records, id: ArtifactPath.identifiers([artifacts[0]])[artifacts[0].path],
            at: ItemPlace.beside(output.output, prefix: given.hrefPrefix))
        if isFinal {
            var open = OpenGaps()
            open.add(item, artifacts[0].path)
            guard open.isEmpty else {
                open.tell()
                throw ExitCode(1)
            }
        }
        var items = ItemOutput(format, isCollection: false, isPretty: !output.compact)
        try sink.write(items.next(item.json(isFinal: isFinal)))
        try finish(sink, items, hasAny: true)
    }

    private func checkAgreement(_ records: [(ArtifactPath, Record)]) throws {
        for (index, later) in records.enumerated() {
            for earlier in records[..<index] {
                guard let first = earlier.1.facts, let second = later.1.facts,
                    let difference = OneModel.difference(first, second)
                else { continue }
                throw UsageError(
                    "\(earlier.0.path) and \(later.0.path) are not one model: \(difference); draft them without "
                        + "--one-item")
            }
        }
    }

    private func finish(_ sink: Sink, _ items: ItemOutput, hasAny: Bool) throws {
        // Where nothing is a model there is nothing to write, and no file.
        guard hasAny || paths.count > 1 else { return }
        try sink.write(items.end())
        try output.finish(sink)
    }
}
