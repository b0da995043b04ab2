import Glibc
import ModelBytes

/// Workers, and the paths that each of them has still to answer. Everything is done by the one thread that asks: paths are
/// handed over while there is room, answers come in whatever order they come.
final class WorkerPool {
    struct Task {
        let index: Int
        let path: PathBytes
    }

    /// One worker's place, taken by another process when it ended.
    private final class WorkerSlot {
        var process: WorkerProcess?
        /// In the order they were handed over; the first is being inspected.
        var tasks: [Task] = []
        /// What of the next answer has come so far.
        var received: [UInt8] = []
        var records: [ScannedRecord] = []
        var recordBytes = 0
        var since = ContinuousClock.now
    }

    private let program: String
    private let arguments: [String]
    private let limits: Limits
    private var seats: [WorkerSlot]
    /// Handed over before to a worker that ended; they go first.
    private var returned: [Task] = []
    private var piece = [UInt8](repeating: 0, count: 128 << 10)
    /// Called with each answer.
    var onAnswer: (_ index: Int, _ records: [ScannedRecord]) -> Void = { _, _ in }

    /// How many paths a worker has before it, so that it never waits for the next.
    private static let queued = 24
    /// In microseconds.
    private static let pause: UInt32 = 500

    init(_ program: String, _ arguments: [String], jobs: Int, limits: Limits) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
        seats = (0..<max(1, jobs)).map { _ in WorkerSlot() }
    }

    var hasRoom: Bool { returned.isEmpty && seats.contains { $0.tasks.count < Self.queued } }

    /// Hands a path to the worker that has the fewest. Throws an errno when none can be started.
    func submit(_ task: Task) throws(FolderListing.Failure) {
        guard let seat = seats.min(by: { $0.tasks.count < $1.tasks.count }) else { return }
        try give(task, to: seat)
    }

    private func give(_ task: Task, to seat: WorkerSlot) throws(FolderListing.Failure) {
        let process: WorkerProcess
        if let running = seat.process {
            process = running
        } else {
            process = try WorkerProcess(program, arguments)
            seat.process = process
        }
        if seat.tasks.isEmpty { seat.since = .now }
        seat.tasks.append(task)
        process.send(task.path)
    }

    /// Waits for answers, at most so long, and takes them. With `first` only those of the worker that has this task are
    /// taken: there is enough of what has to wait for it. Returns early when one of `others` can be read from.
    func wait(milliseconds: Int32, only first: Int?, others: [Int32]) throws(FolderListing.Failure) {
        var watched = others.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var asked: [WorkerSlot] = []
        for seat in seats {
            guard let process = seat.process else { continue }
            if let first, !seat.tasks.isEmpty, !seat.tasks.contains(where: { $0.index == first }) { continue }
            asked.append(seat)
            watched.append(pollfd(fd: process.answers, events: Int16(POLLIN), revents: 0))
        }
        for process in seats.compactMap(\.process) where process.hasUnsent {
            watched.append(pollfd(fd: process.questions, events: Int16(POLLOUT), revents: 0))
        }
        // Workers that have enough before them are not looked at after every answer: to be woken up for each takes longer
        // than to take several at once.
        if first == nil, asked.allSatisfy({ $0.tasks.count > Self.queued / 2 }) { usleep(Self.pause) }
        _ = unsafe poll(&watched, nfds_t(watched.count), milliseconds)
        for process in seats.compactMap(\.process) where process.hasUnsent { process.flush() }
        for (position, seat) in asked.enumerated() where watched[others.count + position].revents != 0 {
            take(from: seat)
        }
        endWhatHangs()
        while !returned.isEmpty, let seat = seats.min(by: { $0.tasks.count < $1.tasks.count }),
            seat.tasks.count < Self.queued
        {
            try give(returned.removeFirst(), to: seat)
        }
    }

    /// Ends all of them at once.
    func stop() {
        for seat in seats {
            _ = seat.process?.end()
            seat.process = nil
            seat.tasks = []
        }
    }

    private func take(from seat: WorkerSlot) {
        guard let process = seat.process else { return }
        let isRunning = process.read(into: &seat.received, &piece)
        if !read(seat) {
            blame(seat, InspectionError(.workerDied, "the process that inspected it answered what is no record"))
        } else if seat.received.count + seat.recordBytes > 2 * limits.recordBytes.value {
            blame(seat, limits.recordBytes.reached())
        } else if !isRunning {
            blame(seat, process.end().map(error) ?? Self.unknown)
        }
    }

    /// Reads whole lines of answers; false when there is something else.
    private func read(_ seat: WorkerSlot) -> Bool {
        var start = 0
        defer { seat.received.removeSubrange(..<start) }
        while let end = Self.newline(in: seat.received, from: start) {
            if end == start {
                start += 1
                guard let task = seat.tasks.first, !seat.records.isEmpty else { return false }
                seat.tasks.removeFirst()
                seat.since = .now
                onAnswer(task.index, seat.records)
                seat.records = []
                seat.recordBytes = 0
                continue
            }
            guard let last = Self.newline(in: seat.received, from: end + 1) else { return true }
            guard
                let record = ScannedRecord(
                    heading: seat.received[start..<end], line: seat.received[(end + 1)..<last], limits: limits)
            else { return false }
            seat.records.append(record)
            seat.recordBytes += record.line.count
            start = last + 1
        }
        return true
    }

    private static func newline(in bytes: [UInt8], from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    private func endWhatHangs() {
        let now = ContinuousClock.now
        let most = Duration.seconds(limits.workerHangSeconds.value)
        for seat in seats where !seat.tasks.isEmpty && now - seat.since > most {
            blame(seat, limits.workerHangSeconds.reached())
        }
    }

    /// The first path without an answer has the error; the others go to another process.
    private func blame(_ seat: WorkerSlot, _ error: InspectionError) {
        _ = seat.process?.end()
        seat.process = nil
        seat.received = []
        seat.records = []
        seat.recordBytes = 0
        guard let task = seat.tasks.first else { return }
        returned.insert(contentsOf: seat.tasks.dropFirst(), at: 0)
        seat.tasks = []
        var record = Record(path: task.path.spelling, verdict: .failed)
        record.error = Failure(error)
        if let scanned = try? ScannedRecord(record) { onAnswer(task.index, [scanned]) }
    }

    private static let unknown = InspectionError(.workerDied, "the process that inspected it ended")

    private func error(_ ending: WorkerProcess.Ending) -> InspectionError {
        switch ending {
        case .killed(Int(SIGPROF)): limits.workerSeconds.reached()
        case .killed(let signal):
            InspectionError(
                .workerDied,
                "the process that inspected it was ended by signal \(signal)\(Self.name(signal).map { " (\($0))" } ?? "")"
            )
        case .exited(let code):
            InspectionError(.workerDied, "the process that inspected it ended by itself with code \(code)")
        }
    }

    private static func name(_ signal: Int) -> String? {
        switch Int32(signal) {
        case SIGILL: "SIGILL"
        case SIGTRAP: "SIGTRAP"
        case SIGABRT: "SIGABRT"
        case SIGBUS: "SIGBUS"
        case SIGFPE: "SIGFPE"
        case SIGKILL: "SIGKILL"
        case SIGSEGV: "SIGSEGV"
        case SIGTERM: "SIGTERM"
        case SIGXCPU: "SIGXCPU"
        default: nil
        }
    }
}
