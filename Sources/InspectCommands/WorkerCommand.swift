import ArgumentParser
import MLMInspect

/// `mlm-inspect worker`: a worker process of `scan`. It reads paths, each followed by a NUL, and answers them in order. It is
/// not meant for people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Inspects paths from standard input for a scan.", shouldDisplay: false)

    @OptionGroup var limits: LimitOptions

    @Flag(help: "Say when each artifact was changed.")
    var times = false

    @Option(help: "How much of a fence: auto, require or off.")
    var sandbox = Fence.Mode.auto

    @Option(help: "A folder that may be read; can be repeated.")
    var read: [String] = []

    @Flag(help: "Follow links that lead out of an artifact's folder.")
    var follow = false

    @Option(help: "What to answer in place of a record: table, csv or flat.")
    var row: ScanRow?

    mutating func run() throws {
        let loop = WorkerLoop(
            limits: try limits.resolved(), options: .init(withTimes: times, row: row?.row), fence: sandbox,
            folders: read.isEmpty ? ["/"] : read, followsLinks: follow)
        if !loop.run() { throw ExitCode(2) }
    }
}
