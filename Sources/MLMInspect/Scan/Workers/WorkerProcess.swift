import ChildProcesses
import Glibc
import ModelBytes
import ModelContainers

/// A running worker, and the paths that its pipe has not taken yet. It is never waited for.
struct WorkerProcess: ~Copyable {
    private let process: ChildProcess
    private var unsent: [UInt8] = []

    /// Starts `program` with these arguments.
    init(_ program: String, opened: Int32, _ arguments: [String]) throws(ChildProcess.Refusal) {
        var launch = ChildLaunch(program, arguments: ["mlm-inspect"] + arguments)
        launch.opened = opened
        launch.handOn(["LD_LIBRARY_PATH", "TZ"])
        // One that was started by a descriptor does not know where it stands when there is no /proc.
        if let reader = HDF5Preparation.path {
            launch.environment.append("\(HDF5Preparation.variable)=\(reader)")
        } else {
            launch.handOn([HDF5Preparation.variable])
        }
        launch.leadsGroup = true
        // Answers wait there while others are written out.
        launch.answerBytes = 256 << 10
        process = try ChildProcess(launch)
    }

    /// Where paths go to, and where answers come from.
    var questions: Int32 { process.questions }
    var answers: Int32 { process.answers }

    var processorMicroseconds: Int? { process.processorMicroseconds }

    var hasUnsent: Bool { !unsent.isEmpty }

    /// Hands it one more path.
    mutating func send(_ path: PathBytes) {
        unsent.append(contentsOf: path.bytes)
        unsent.append(0)
        flush()
    }

    /// Writes as much as the pipe takes.
    mutating func flush() {
        while !unsent.isEmpty {
            let written = unsafe unsent.withUnsafeBytes { unsafe process.write($0) }
            guard written > 0 else { return }
            unsent.removeSubrange(..<written)
        }
    }

    /// Appends what it has written since; false when it has ended.
    func read(into bytes: inout [UInt8], _ chunk: inout [UInt8]) -> Bool {
        switch unsafe chunk.withUnsafeMutableBytes({ unsafe process.read(into: $0) }) {
        case .bytes(let count): bytes.append(contentsOf: chunk[..<count])
        case .nothing: break
        case .ended: return false
        }
        return true
    }

    /// Ends it, and says how it ended.
    consuming func end() -> ChildProcess.Ending { process.end() }
}
