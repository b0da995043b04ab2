import CSpawn
import Glibc

/// A running program of ours and the pipes to it. It gets nothing else of this process: no other open file, and no
/// variable of the environment but those named. Whoever holds it ends it by letting go of it.
package struct ChildProcess: ~Copyable, Sendable {
    /// How it ended.
    package enum Ending: Hashable, Sendable {
        case exited(Int)
        case killed(signal: Int)
    }

    /// Why none was started: an errno.
    package struct Refusal: Error {
        package let code: Int32
        /// There was no pipe to be had, and the program was not asked for yet.
        package let isOfPipes: Bool

        package var message: String { unsafe String(cString: strerror(code)) }
    }

    package let id: Int32
    /// We write here, and never wait.
    package let questions: Int32
    /// And read here; likewise.
    package let answers: Int32
    /// The end of `questions` that the child reads from. It stays open here too: a pipe with a reader raises no SIGPIPE
    /// when the child is gone.
    private let questionReader: Int32
    /// Open files are handed over here; -1 when it is handed none.
    private let files: Int32

    package init(_ launch: ChildLaunch) throws(Refusal) {
        var ends = Ends()
        do throws(Refusal) {
            try ends.open(launch)
            id = try launch.spawn(input: ends.questionReader, output: ends.answerWriter, files: ends.theirFiles)
        } catch {
            ends.close()
            throw error
        }
        // Only the child may hold these, so that its end is seen.
        for end in [ends.answerWriter, ends.theirFiles] where end >= 0 { _ = Glibc.close(end) }
        for end in [ends.questions, ends.answers] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (questions, answers, questionReader, files) = (ends.questions, ends.answers, ends.questionReader, ends.ourFiles)
    }

    deinit { _ = Self.end(id, [questions, answers, questionReader, files]) }

    /// Ends it if it has not ended by itself, and says how it did: a signal does not change how a process ended that has
    /// closed its files already.
    package consuming func end() -> Ending {
        let (id, ends) = (id, [questions, answers, questionReader, files])
        discard self
        return Self.end(id, ends)
    }

    /// As `end`, for one that has closed its pipe, and so is about to end by itself.
    package consuming func ended() -> Ending {
        let (id, ends) = (id, [questions, answers, questionReader, files])
        discard self
        return Self.end(id, ends, kills: false)
    }

    /// Hands it an open file, which stays open here; false when it cannot be handed over.
    package func hand(_ descriptor: Int32) -> Bool { files >= 0 && mlm_send_fd(files, descriptor) == 0 }

    /// Time of a processor that it has used so far; also once it has ended, until it is let go of.
    package var processorMicroseconds: Int? {
        var clock = clockid_t()
        var time = timespec()
        guard unsafe clock_getcpuclockid(id, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else { return nil }
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
    }

    private static func end(_ id: pid_t, _ ends: [Int32], kills: Bool = true) -> Ending {
        if kills { kill(id, SIGKILL) }
        for end in ends where end >= 0 { _ = Glibc.close(end) }
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0 {
            if errno != EINTR { return .exited(-1) }
        }
        // WIFSIGNALED and its kin are macros.
        let signal = status & 0x7F
        return signal == 0 ? .exited(Int(status >> 8) & 0xFF) : .killed(signal: Int(signal))
    }

    /// What is opened for a child, ours and its own; -1 for what is not open.
    private struct Ends {
        var (questionReader, questions): (Int32, Int32) = (-1, -1)
        var (answers, answerWriter): (Int32, Int32) = (-1, -1)
        var (ourFiles, theirFiles): (Int32, Int32) = (-1, -1)

        /// F_SETPIPE_SZ of the GNU headers: F_LINUX_SPECIFIC_BASE + 7.
        private static let setPipeSize: Int32 = 1_031

        mutating func open(_ launch: ChildLaunch) throws(Refusal) {
            var status = unsafe mlm_pipe(&questionReader, &questions)
            if status == 0 { status = unsafe mlm_pipe(&answers, &answerWriter) }
            if status == 0, launch.isHandedFiles { status = unsafe mlm_socketpair(&ourFiles, &theirFiles) }
            guard status == 0 else { throw Refusal(code: status, isOfPipes: true) }
            // A system that has no room for that has the usual size.
            if let bytes = launch.answerBytes { _ = fcntl(answers, Self.setPipeSize, bytes) }
        }

        func close() {
            for end in [questionReader, questions, answers, answerWriter, ourFiles, theirFiles] where end >= 0 {
                _ = Glibc.close(end)
            }
        }
    }
}
