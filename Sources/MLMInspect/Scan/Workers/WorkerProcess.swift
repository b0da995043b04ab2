import CSpawn
import Glibc
import ModelBytes

/// A running worker and the two pipes to it. Neither is ever waited for here.
final class WorkerProcess {
    enum Ending {
        case exited(Int)
        case killed(signal: Int)
    }

    let id: pid_t
    /// Where paths go to, and where answers come from.
    let questions, answers: Int32
    /// The end that the worker reads from. It stays open here too: a pipe with a reader raises no SIGPIPE.
    private let reader: Int32
    /// What the pipe has not taken yet.
    private var unsent: [UInt8] = []
    private var isClosed = false

    /// Starts `program` with these arguments. Throws an errno.
    init(_ program: String, _ arguments: [String]) throws(FolderListing.Failure) {
        var question: (read: Int32, write: Int32) = (-1, -1)
        var answer: (read: Int32, write: Int32) = (-1, -1)
        var status = unsafe mlm_pipe(&question.read, &question.write)
        guard status == 0 else { throw FolderListing.Failure(code: status) }
        status = unsafe mlm_pipe(&answer.read, &answer.write)
        if status == 0 {
            // Answers wait there while others are written out. A system that has no room for that has the usual size.
            _ = fcntl(answer.read, Self.setPipeSize, 256 << 10)
            (status, id) = Self.spawn(program, arguments, input: question.read, output: answer.write)
            close(answer.write)
        } else {
            id = 0
        }
        guard status == 0 else {
            for end in [question.read, question.write, answer.read] where end >= 0 { close(end) }
            throw FolderListing.Failure(code: status)
        }
        (reader, questions, answers) = (question.read, question.write, answer.read)
        for end in [questions, answers] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit { _ = end() }

    /// F_SETPIPE_SZ of the GNU headers: F_LINUX_SPECIFIC_BASE + 7.
    private static let setPipeSize: Int32 = 1_031

    /// Hands it one more path.
    func send(_ path: PathBytes) {
        unsent.append(contentsOf: path.bytes)
        unsent.append(0)
        flush()
    }

    var hasUnsent: Bool { !unsent.isEmpty }

    /// Writes as much as the pipe takes.
    func flush() {
        while !unsent.isEmpty {
            let written = unsafe unsent.withUnsafeBytes { unsafe write(questions, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if errno == EINTR { continue }
                // It is full, or the worker is gone, which its answers show.
                return
            }
            unsent.removeSubrange(..<written)
        }
    }

    /// Appends what it has written since; false when it has ended.
    func read(into bytes: inout [UInt8], _ piece: inout [UInt8]) -> Bool {
        while true {
            let got = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(answers, $0.baseAddress, $0.count) }
            if got > 0 {
                bytes.append(contentsOf: piece[..<got])
                return true
            }
            if got == 0 { return false }
            if errno == EAGAIN { return true }
            if errno != EINTR { return false }
        }
    }

    /// Ends it if it has not ended by itself, and says how it did: a signal does not change how a process ended that has
    /// closed its files already. Nil when that was said before.
    func end() -> Ending? {
        guard !isClosed else { return nil }
        isClosed = true
        kill(id, SIGKILL)
        for end in [reader, questions, answers] { close(end) }
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0 {
            if errno != EINTR { return .exited(-1) }
        }
        // WIFSIGNALED and its kin are macros.
        let signal = status & 0x7F
        return signal == 0 ? .exited(Int(status >> 8) & 0xFF) : .killed(signal: Int(signal))
    }

    private static func spawn(
        _ program: String, _ arguments: [String], input: Int32, output: Int32
    ) -> (status: Int32, id: pid_t) {
        // A worker that crashes is to end at once, and not to explain itself to nobody.
        var texts = ["SWIFT_BACKTRACE=enable=no"]
        for name in ["LD_LIBRARY_PATH", "MLM_INSPECT_HDF5", "TZ"] {
            if let value = unsafe getenv(name) { texts.append(unsafe "\(name)=" + String(cString: value)) }
        }
        var environment = unsafe texts.map { unsafe strdup($0) } + [nil]
        var words = unsafe (["mlm-inspect"] + arguments).map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe environment.indices { unsafe free(environment[index]) }
            for index in unsafe words.indices { unsafe free(words[index]) }
        }
        var id = pid_t()
        let status = unsafe mlm_spawn(program, &words, input, output, &environment, true, &id)
        return (status, id)
    }
}
