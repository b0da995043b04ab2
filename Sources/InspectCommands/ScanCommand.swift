import ArgumentParser
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import STAC
import SystemPackage

/// `mlm-inspect scan DIR…`.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Finds every model in folders, and inspects them in worker processes.",
        discussion: """
            Lists models, files that could not be read, files dangerous to load, and Git LFS pointers, HTML pages and \
            empty files that have the name of a model, in the order of the walk: the files of a folder by name, then \
            its folders. A folder that is a model is one artifact; shards and other files that \
            belong to a model are not listed separately. Models inside an archive are listed as ARCHIVE!/MEMBER.

            Skips hidden files, except R's .RData, and whatever .gitignore (in a repository), .ignore and \
            .mlminspectignore exclude, as ripgrep does.
            """)

    @Argument(help: "Folders to walk, or files.")
    var paths: [String] = []

    @Option(
        name: .shortAndLong,
        help: "text (a table), ndjson (one per line, while the scan runs), json (an array), csv or sarif (findings).")
    var format = ScanFormat.text

    @OptionGroup var flat: FlatOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var report: ReportOptions
    @OptionGroup(title: "Which files") var files: ScanFileOptions

    @Flag(help: "Print only the number of files of each kind, without the list.")
    var summary = false

    @Flag(help: "List only models.")
    var modelsOnly = false

    @Flag(help: "List everything, including what is not a model.")
    var all = false

    @Option(
        help: ArgumentHelp(
            "List only these formats: ids from mlm-inspect formats, separated by commas.", valueName: "format,…"))
    var only: String?

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: "Number of workers; by default, one per processor.")
    var jobs: Int?

    @Flag(help: "Record when each artifact was last modified, which --resume needs.")
    var times = false

    @Option(
        help: ArgumentHelp(
            "Reuse records of an earlier scan, written with --times, for files whose path, size and modification time are unchanged.",
            valueName: "file.ndjson"))
    var resume: String?

    @Option(help: "Exit 1 on a finding this bad or worse: gap, note, warning, needs-code, danger or never.")
    var failOn = FailOn.danger

    @Flag(name: .shortAndLong, help: "No summary, no progress.")
    var quiet = false

    @OptionGroup var fence: FenceOptions
    @OptionGroup var limits: LimitOptions

    func validate() throws {
        try flat.check(isNDJSON: format == .ndjson)
        if modelsOnly, all { throw ValidationError("--models-only and --all exclude each other") }
        if summary, quiet { throw ValidationError("--summary and --quiet exclude each other") }
        if summary, format != .text { throw ValidationError("--summary is text; leave out -f \(format.rawValue)") }
        if let path = paths.first(where: { PathAdvice.isAddress($0) && (try? Stat(FilePath($0))) == nil }) {
            throw ValidationError("\(TextStyle.inert(path)) is no path\(PathAdvice.text(path))")
        }
        if let refusal = Jobs.refusal(jobs) { throw ValidationError(refusal) }
        if paths.isEmpty, files.filesFrom == nil {
            throw ValidationError("name a folder to scan, or give --files-from")
        }
        if !paths.isEmpty, files.filesFrom != nil {
            throw ValidationError("give either folders or --files-from")
        }
        if let path = paths.first(where: { PathBytes($0) == nil }) {
            throw ValidationError("\"\(TextStyle.inert(path))\" is no path")
        }
        if let resume, resume == output.output {
            throw ValidationError("--resume and --output name the same file; write to another one")
        }
        _ = try formats()
    }

    mutating func run() throws {
        var scan = try files.scan(paths)
        scan.selection = all ? .all : modelsOnly ? .models : .notable
        scan.formats = try formats()
        scan.limits = try limits.resolved()
        scan.withTimes = times
        scan.resume = resume
        // A page shows all of a record.
        if report.report == nil { scan.row = row?.row }
        let isShown = !quiet && ProgressBar.isPossible
        scan.prepareForCommand(jobs: jobs, showsProgress: isShown, sandbox: fence.sandbox)
        for path in [output.output, report.report].compactMap({ $0 }) { scan.outputs.write(beside: path) }

        let start = ContinuousClock.now
        let sink = try output.open()
        var page = try ReportFile.open(
            report.report, roots: files.filesFrom.map { [$0] } ?? paths, overwrites: output.force)
        // A terminal that shows the records needs no bar among them.
        var bar = ProgressBar("scanning", total: nil, unit: .files, isVisible: isShown && (summary || !sink.isTerminal))
        var writer =
            summary
            ? nil
            : ScanWriter(
                sink, format, style: output.style(for: sink), isPretty: !output.compact, isFlat: flat.flat,
                givesRows: scan.row != nil, roots: paths)
        let result: Scan.Summary
        do {
            result = try scan.run { event in
                switch event {
                case .record(let record):
                    try writer?.write(record)
                    try page?.add(record.record(), json: record.line)
                case .problem(let path, let message):
                    bar.say(TextStyle.inert("\(path): \(message)"))
                case .progress(let progress):
                    bar.show(progress)
                    try writer?.flush()
                }
            }
        } catch let error as ScanError {
            bar.clear()
            throw ValidationError(Self.text(of: error))
        }
        bar.clear()
        try writer?.end()
        let account = ScanSummary(summary: result, time: .now - start)
        if summary { try sink.write(account.table) }
        try output.finish(sink)
        try page?.finish(result)
        if let hold = result.fence { fence.tell(hold) }
        if !quiet { StandardError.write(summary ? "mlm-inspect: \(account.work)\n" : account.text) }
        let code = result.code(failOn)
        if code != 0 { throw ExitCode(code) }
    }

    /// The error with the flag that it is about.
    private static func text(of error: ScanError) -> String {
        switch error.cause {
        case .fence: "--sandbox require: \(error)"
        case .noTimes: "\(error); write it with --times"
        case .system: "\(error)"
        }
    }

    /// What is shown of a record; nil for all of it.
    private var row: ScanRow? {
        switch format {
        case .text: .table
        case .csv: .csv
        case .ndjson: flat.flat ? .flat : nil
        case .json, .sarif: nil
        }
    }

    private func formats() throws -> Set<String> {
        guard let only else { return [] }
        let known = Set(FormatList.all.identities.map(\.id))
        let named = only.split(separator: ",").map { String($0.drop { $0 == " " }) }
        if let stranger = named.first(where: { !known.contains($0) }) {
            let near = NearestWord.of(stranger, among: known.sorted()).map { "; did you mean \($0)?" }
            throw ValidationError(
                "--only \(stranger): there is no such format\(near ?? "; mlm-inspect formats lists them")")
        }
        if named.isEmpty { throw ValidationError("--only: name a format; mlm-inspect formats lists them") }
        return Set(named)
    }
}

/// `-f`.
enum ScanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, ndjson, json, csv, sarif
}

/// Which files a scan looks at.
struct ScanFileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Inspect only the paths in this file, one per line; - is standard input.", valueName: "file"))
    var filesFrom: String?

    @Flag(
        name: [.customShort("0"), .customLong("null")],
        help: "Paths in --files-from end with a NUL byte, not a line break.")
    var null = false

    @Option(
        name: [.customShort("g"), .customLong("glob")],
        help: "Only files that match, or with a leading ! only those that do not. Can be repeated.")
    var globs: [String] = []

    @Flag(help: "Include files and folders whose names begin with a dot.")
    var hidden = false

    @Flag(help: "Include what ignore files exclude.")
    var noIgnore = false

    @Flag(help: "Follow symbolic links.")
    var follow = false

    @Option(help: "Maximum depth: 1 means only the files directly in the given folders.")
    var maxDepth: Int?

    @Option(help: ArgumentHelp("Skip files larger than this; K, M, G and T are powers of 1024.", valueName: "size"))
    var maxSize: String?

    func validate() throws {
        if null, filesFrom == nil { throw ValidationError("-0 needs --files-from") }
        if let maxDepth, maxDepth < 0 { throw ValidationError("--max-depth \(maxDepth): write 0 or more") }
        if let maxSize, Self.bytes(maxSize) == nil {
            throw ValidationError("--max-size \(maxSize): write a number of bytes, such as 500M")
        }
        if let glob = globs.first(where: { $0.isEmpty || $0 == "!" }) {
            throw ValidationError("--glob \"\(glob)\": there is nothing to match")
        }
    }

    /// The first of these that was given.
    var flag: String? {
        let given: [(Bool, String)] = [
            (filesFrom != nil, "--files-from"), (!globs.isEmpty, "--glob"), (hidden, "--hidden"),
            (noIgnore, "--no-ignore"), (maxDepth != nil, "--max-depth"),
            (maxSize != nil, "--max-size"),
        ]
        return given.first { $0.0 }?.1
    }

    func scan(_ paths: [String]) throws -> Scan {
        var scan = Scan(paths)
        if let filesFrom { scan.source = .list(filesFrom == "-" ? nil : filesFrom, hasNULs: null) }
        scan.globs = globs
        scan.includesHidden = hidden
        scan.respectsIgnoreFiles = !noIgnore
        scan.followsLinks = follow
        scan.maxDepth = maxDepth
        scan.maxSize = maxSize.flatMap(Self.bytes)
        return scan
    }

    private static func bytes(_ text: String) -> Int? {
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
        let shift = text.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Int(shift == nil ? text[...] : text.dropLast()), number >= 0 else { return nil }
        let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
        return overflows ? nil : bytes
    }
}
