public import ModelBytes
import ModelFormats

/// Finds every model below some folders, each inspected by worker processes, so that a crash, a hang or a lack of memory
/// cannot stop the scan.
///
///     var scan = Scan(["models"])
///     scan.program = "/usr/local/bin/mlm-inspect"
///     let summary = try scan.run { event in
///         if case .record(let record) = event { print(String(decoding: record.line, as: UTF8.self)) }
///     }
///
/// What comes, and in which order, is the same for any number of `jobs`.
public struct Scan: Sendable {
    /// Where the paths come from.
    public enum Source: Sendable {
        /// Files, and folders that are walked.
        case paths([String])
        /// The paths in a file, nil for standard input, one a line or with a NUL after each. Each is an artifact: nothing
        /// is walked, left out, or taken to belong to another.
        case list(String?, hasNULs: Bool)
    }

    /// Which records are given; the others are only counted.
    public enum Selection: Sendable {
        /// Only records whose verdict is `model`.
        case models
        /// Models, what failed, what is dangerous to load, and what was not fetched where a model was expected.
        case notable
        /// Every record, including what is not a model and what was not recognised.
        case all
    }

    /// What a scan gives while it runs.
    public enum Event: Sendable {
        /// An inspected artifact or archive member. The order does not depend on `jobs`.
        case record(ScannedRecord)
        /// What could not be walked, and why.
        case problem(path: String, message: String)
        /// How many artifacts are done, sent while the scan runs.
        case progress(Progress)
    }

    /// How far a scan has come.
    public struct Progress: Sendable {
        /// Artifacts that are done.
        public var done = 0
        /// Nil while nobody knows.
        public var total: Int?
    }

    /// What a scan came to.
    public struct Summary: Sendable {
        /// Files and folders that were inspected and members of archives, without files that belong to a model.
        public var artifacts = 0
        /// Records whose verdict is `model`.
        public var models = 0
        /// Records whose verdict is `failed`.
        public var failures = 0
        /// Records whose loading verdict is `dangerous`.
        public var dangerous = 0
        /// How many artifacts there are of each class, without members of archives.
        public var files: [FileClass: Int] = [:]
        /// How many members of archives there are of each class.
        public var members: [FileClass: Int] = [:]
        /// Files that belong to a model: shards, external data.
        public var parts = 0
        /// Folders and links that could not be walked.
        public var problems = 0
        /// Records taken over from an earlier scan.
        public var resumed = 0
        /// Bytes fetched from all artifacts.
        public var bytesRead = 0
        /// Models that have the same structure as another one of them, by their fingerprints.
        public var sameStructure: Int { structures.values.reduce(0) { $1 > 1 ? $0 + $1 : $0 } }
        /// How many models have each structure.
        package var structures: [UInt128: Int] = [:]
        /// The worst of all records, whether they were given or not.
        public var concern = Attention.none
        /// The signal that ended it early.
        public var interrupt: Int?
        /// What of the fence around this process holds; nil when none was built.
        package var fence: FenceHold?
    }

    /// Where the paths come from.
    public var source: Source
    /// Which records are given.
    public var selection = Selection.notable
    /// Ids of the formats whose records are given; empty for all.
    public var formats: Set<String> = []

    /// Whether `.gitignore` (in a repository), `.ignore` and `.mlminspectignore` count.
    public var respectsIgnoreFiles = true
    /// Whether files and folders whose names begin with a dot are walked.
    public var includesHidden = false
    /// Whether symbolic links are followed, but for those that lead to a folder they lie in.
    public var followsLinks = false
    /// 0: only what was named itself, 1: what lies in it, and so on.
    public var maxDepth: Int?
    /// Files of more bytes are passed over.
    public var maxSize: Int?
    /// Globs that choose files, and with `!` before them leave out files and folders; ripgrep's `-g`.
    public var globs: [String] = []

    /// The limits of each artifact.
    public var limits = Limits()
    /// Whether records say when their artifact was changed, which is what a later scan needs to resume.
    public var withTimes = false
    /// NDJSON of an earlier scan: its records are taken over where path, size and time of change are the same.
    public var resume: String?

    /// `mlm-inspect`, which inspects as `mlm-inspect worker`. Without it this process does, and may be ended by what it
    /// inspects.
    public var program: String?
    /// How many artifacts are inspected at the same time, each in a worker of its own when there is a `program`.
    public var jobs = 1
    /// What events give of a record in place of its JSON; nil for that.
    package var row: RecordRow?
    /// The fence of each worker.
    package var sandbox = Fence.Mode.auto
    /// Whether this process builds one around itself, too, once its own files are open: for a program that does nothing
    /// else.
    package var fencesItself = false
    /// Where it may still write then.
    package var outputs = FenceFolders()
    /// Whether a total is counted while the scan runs, by walking once more.
    public var countsAhead = false
    /// Whether SIGINT and SIGTERM end the scan early, with what was done until then, and not this process.
    public var endsWhenInterrupted = false

    /// A scan of what `source` names.
    public init(_ source: Source) { self.source = source }

    /// A scan of files, and of folders that are walked.
    public init(_ paths: [String]) { self.init(.paths(paths)) }

    /// Scans, and gives what is found as it is found. What `body` throws ends the scan.
    public func run(_ body: @escaping (Event) throws -> Void) throws -> Summary {
        // withoutActuallyEscaping would put the length of this file's path into the program.
        try ScanRun(self, body).run()
    }

    /// Whether a record is given.
    func selects(_ record: ScannedRecord) -> Bool {
        if !formats.isEmpty, record.format.map(formats.contains) != true { return false }
        return switch selection {
        case .all: true
        case .models: record.verdict == .model
        case .notable:
            record.verdict == .model || record.verdict == .failed || record.concern == .danger
                || record.fileClass.isStandIn && record.isExpected
        }
    }

    var worker: [String] {
        var arguments = ["worker"]
        if withTimes || resume != nil { arguments.append("--times") }
        if let row { arguments += ["--row", row.name] }
        if followsLinks { arguments.append("--follow") }
        if sandbox != .auto { arguments += ["--sandbox", sandbox.rawValue] }
        for folder in readable.read { arguments += ["--read", folder] }
        let usual = Limits()
        let general = Limits.all.map { (limit: limits[keyPath: $0], usual: usual[keyPath: $0]) }
        let ofFormats = FormatList.all.limits.map { (limit: limits[$0], usual: $0) }
        for (limit, usual) in general + ofFormats where limit != usual {
            arguments += ["--limit", "\(limit.flag)=\(limit.value)"]
        }
        return arguments
    }

    /// What is looked at: the roots, or whatever a list may name and a link lead to.
    var readable: FenceFolders {
        var folders = FenceFolders()
        guard case .paths(let paths) = source, !followsLinks else {
            folders.readFolder("/")
            return folders
        }
        for path in paths { folders.read(path) }
        return folders
    }

    func walker() -> Walker? {
        guard case .paths(let paths) = source else { return nil }
        var options = Walker.Options()
        options.respectsIgnoreFiles = respectsIgnoreFiles
        options.includesHidden = includesHidden
        options.followsLinks = followsLinks
        options.maxDepth = maxDepth
        options.maxSize = maxSize
        options.globs = GlobFilter(globs, origin: globs.isEmpty ? nil : PathSystemCalls.currentFolder())
        return Walker(paths.compactMap(PathBytes.init), options, limits: limits)
    }
}

/// Why a scan could not start, or had to stop.
public struct ScanError: Error, CustomStringConvertible, Sendable {
    /// What the caller can change so that it works.
    public enum Cause: Sendable {
        /// `Scan.sandbox` asks for more than this kernel offers.
        case fence
        /// The records that `Scan.resume` names were written without `Scan.withTimes`.
        case noTimes
        /// Anything else: a file that cannot be read, a worker that cannot be started.
        case system
    }

    /// What went wrong, in a sentence for people.
    public let description: String
    /// What kind of failure it is.
    public let cause: Cause

    init(_ description: String, _ cause: Cause = .system) {
        self.description = description
        self.cause = cause
    }
}
