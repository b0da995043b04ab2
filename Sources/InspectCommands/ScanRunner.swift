import ChildProcesses
import Glibc
import MLMInspect

/// `--jobs`, for all commands that scan.
enum Jobs {
    /// As many as there are processors, if nobody says.
    static func count(_ jobs: Int?) -> Int { jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// What is wrong with a number; nil when nothing is.
    static func refusal(_ jobs: Int?) -> String? {
        guard let jobs, !(1...1_024).contains(jobs) else { return nil }
        return "--jobs \(jobs): write a number from 1 to 1024"
    }
}

extension Scan {
    /// As a command scans: in workers that are this program, all of it fenced, and with a total while a bar is shown.
    mutating func prepareForCommand(jobs: Int?, showsProgress: Bool, sandbox: Fence.Mode) {
        self.sandbox = sandbox
        fencesItself = true
        program = RunningProgram.path
        self.jobs = Jobs.count(jobs)
        endsWhenInterrupted = true
        countsAhead = showsProgress
    }
}

extension ProgressBar {
    mutating func show(_ progress: Scan.Progress) {
        total = progress.total.map { max($0, progress.done) }
        advance(by: progress.done - done)
    }

    /// Says what could not be done; the bar comes back with the next progress.
    mutating func say(_ message: String) {
        clear()
        StandardError.write("mlm-inspect: \(message)\n")
    }
}
