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

    mutating func run() throws {
        let loop = WorkerLoop(limits: try limits.resolved(), options: .init(withTimes: times))
        if !loop.run() { throw ExitCode(2) }
    }
}
