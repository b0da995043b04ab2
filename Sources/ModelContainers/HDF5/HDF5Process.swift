internal import CSpawn
internal import Glibc
import ModelBytes

/// A running `mlm-inspect-hdf5`, the two pipes to it, and the door through which it is handed open files. Whoever has
/// started it ends it.
struct HDF5Process: Sendable {
    /// How it ended.
    enum Ending {
        case exited(Int)
        case killed(signal: Int)
    }

    let id: pid_t
    /// We write here.
    private let questions: Pipe
    /// And read here.
    private let answers: Pipe
    private let door: Int32

    init(_ program: String) throws(InspectionError) {
        let questions = try Pipe()
        let answers: Pipe
        do throws(InspectionError) {
            answers = try Pipe()
        } catch {
            questions.close()
            throw error
        }
        var (door, theirDoor): (Int32, Int32) = (-1, -1)
        do throws(InspectionError) {
            let status = unsafe mlm_socketpair(&door, &theirDoor)
            guard status == 0 else {
                throw InspectionError(.unreadable, "no socket could be had: \(Self.words(status))")
            }
            id = try Self.spawn(program, input: questions.readEnd, output: answers.writeEnd, door: theirDoor)
        } catch {
            questions.close()
            answers.close()
            _ = Glibc.close(door)
            _ = Glibc.close(theirDoor)
            throw error
        }
        _ = Glibc.close(theirDoor)
        self.door = door
        // Only the child may write there, so that its end is seen. The end of the other pipe that the child reads from
        // stays open here as well: a pipe with a reader raises no SIGPIPE when the child is gone.
        _ = Glibc.close(answers.writeEnd)
        for end in [questions.readEnd, questions.writeEnd, answers.readEnd] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        self.questions = questions
        self.answers = answers
    }

    /// Ends it, if it has not ended yet, and says how it did.
    func end() -> Ending {
        // Its pipe is closed when it has ended by itself; a moment later that can be asked for.
        kill(id, SIGKILL)
        return ended()
    }

    /// As `end`, for one that has closed its pipe, and so is about to end by itself.
    func ended() -> Ending {
        questions.close()
        _ = Glibc.close(answers.readEnd)
        _ = Glibc.close(door)
        return wait()
    }

    /// Hands it an open file, which it will read by position; false when it cannot be handed over.
    func hand(_ descriptor: Int32) -> Bool { mlm_send_fd(door, descriptor) == 0 }

    private func wait() -> Ending {
        var status: Int32 = 0
        while unsafe waitpid(id, &status, 0) < 0 {
            if errno != EINTR { return .exited(-1) }
        }
        // WIFSIGNALED and its kin are macros.
        let signal = status & 0x7F
        return signal == 0 ? .exited(Int(status >> 8) & 0xFF) : .killed(signal: Int(signal))
    }

    /// Writes all of `bytes`; false when it has ended or takes no more for so long.
    func write(_ bytes: UnsafeRawBufferPointer, milliseconds: Int32) -> Bool {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
            let written = unsafe Glibc.write(questions.writeEnd, part.baseAddress, part.count)
            if written > 0 {
                unsafe rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // A pipe that is full although each message fits: the system is short of memory for pipes.
                var watched = [
                    pollfd(fd: questions.writeEnd, events: Int16(POLLOUT), revents: 0),
                    pollfd(fd: answers.readEnd, events: 0, revents: 0),
                ]
                let ready = unsafe poll(&watched, 2, milliseconds)
                if ready == 0 || watched[1].revents & Int16(POLLHUP) != 0 { return false }
            default: return false
            }
        }
        return true
    }

    /// What it writes next, as much as there is; 0 when it has ended, nil when nothing came for so long.
    func read(into buffer: UnsafeMutableRawBufferPointer, milliseconds: Int32) -> Int? {
        var yields = 0
        while true {
            let got = unsafe Glibc.read(answers.readEnd, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            switch errno {
            case EINTR: continue
            case EAGAIN where yields < Self.mostYields:
                // An answer takes a few microseconds, being put to sleep and woken up many more.
                yields += 1
                sched_yield()
            case EAGAIN:
                var watched = pollfd(fd: answers.readEnd, events: Int16(POLLIN), revents: 0)
                if unsafe poll(&watched, 1, milliseconds) == 0 { return nil }
            default: return 0
            }
        }
    }

    /// How often another process gets its turn before this one sleeps.
    private static let mostYields = 100

    /// Starts the program with nothing of ours but the two pipes and the door, and with next to no environment.
    private static func spawn(
        _ program: String, input: Int32, output: Int32, door: Int32
    ) throws(InspectionError) -> pid_t {
        // HDF5_PLUGIN_PRELOAD=:: switches plugins off before the first call of libhdf5.
        var texts = ["HDF5_PLUGIN_PRELOAD=::", "SWIFT_BACKTRACE=enable=no"]
        // Without it a program that needs it does not start.
        if let folders = unsafe getenv("LD_LIBRARY_PATH") {
            texts.append(unsafe "LD_LIBRARY_PATH=" + String(cString: folders))
        }
        var environment = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe environment.indices { unsafe free(environment[index]) }
        }
        var arguments = unsafe [strdup(program), nil]
        defer { unsafe free(arguments[0]) }
        var id = pid_t()
        let status = unsafe mlm_spawn(program, &arguments, input, output, door, &environment, false, &id)
        guard status == 0 else {
            throw InspectionError(
                .unsupported, "HDF5 is read by \(program), which does not start: \(words(status))")
        }
        return id
    }

    private static func words(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

    /// The two ends of a pipe, neither of which any other child gets.
    private struct Pipe {
        let readEnd, writeEnd: Int32

        init() throws(InspectionError) {
            var ends: (read: Int32, write: Int32) = (-1, -1)
            let status = unsafe mlm_pipe(&ends.read, &ends.write)
            guard status == 0 else {
                throw InspectionError(.unreadable, "no pipe could be had: \(HDF5Process.words(status))")
            }
            (readEnd, writeEnd) = ends
        }

        func close() {
            _ = Glibc.close(readEnd)
            _ = Glibc.close(writeEnd)
        }
    }
}
