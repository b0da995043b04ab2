import ArgumentParser
import MLMInspect

/// `mlm-inspect worker`: what `scan` starts several of. It reads paths with a NUL after each and answers them in their
/// order; no person has a use for it.
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
