import Glibc

extension ChildProcess {
    /// What one look at its answers gave.
    package enum Answer: Hashable, Sendable {
        case bytes(Int)
        /// It has written nothing new.
        case nothing
        case ended
    }

    /// Writes as much as the pipe takes; 0 when it is full, or the child is gone, which its answers show.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let written = unsafe Glibc.write(questions, bytes.baseAddress, bytes.count)
            if written >= 0 || errno != EINTR { return max(0, written) }
        }
    }

    /// Takes what it has written since, as far as there is room.
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Answer {
        while true {
            let got = unsafe Glibc.read(answers, buffer.baseAddress, buffer.count)
            if got > 0 { return .bytes(got) }
            if got == 0 { return .ended }
            if errno == EAGAIN { return .nothing }
            if errno != EINTR { return .ended }
        }
    }

    /// Writes all of `bytes`; false when it has ended or takes no more for so long.
    package func write(_ bytes: UnsafeRawBufferPointer, milliseconds: Int32) -> Bool {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let written = unsafe write(UnsafeRawBufferPointer(rebasing: rest))
            if written > 0 {
                unsafe rest = rest.dropFirst(written)
                continue
            }
            guard errno == EAGAIN else { return false }
            // A pipe that is full although each message fits: the system is short of memory for pipes.
            var watched = [
                pollfd(fd: questions, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: answers, events: 0, revents: 0),
            ]
            let ready = unsafe poll(&watched, 2, milliseconds)
            if ready == 0 || watched[1].revents & Int16(POLLHUP) != 0 { return false }
        }
        return true
    }

    /// What it writes next, as much as there is; `nothing` when nothing came for so long.
    package func read(into buffer: UnsafeMutableRawBufferPointer, milliseconds: Int32) -> Answer {
        var yields = 0
        while true {
            let answer = unsafe read(into: buffer)
            guard answer == .nothing else { return answer }
            if yields < Self.maximumYields {
                // An answer takes a few microseconds, being put to sleep and woken up many more.
                yields += 1
                sched_yield()
                continue
            }
            var watched = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&watched, 1, milliseconds) == 0 { return .nothing }
        }
    }

    /// How often another process gets its turn before this one sleeps.
    private static let maximumYields = 100
}
