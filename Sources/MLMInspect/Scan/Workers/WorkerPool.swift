import ChildProcesses
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
        /// It comes near the time that it may use in all: it gets no more, and another takes its place.
        var isWornOut = false
    }

    private let program: String
    private let opened: Int32
    private let arguments: [String]
    private let row: RecordRow?
    private let limits: Limits
    private var slots: [WorkerSlot]
    /// Handed over before to a worker that ended; they go first.
    private var returned: [Task] = []
    private var chunk = [UInt8](repeating: 0, count: 128 << 10)
    /// Called with each answer.
    var onAnswer: (_ index: Int, _ records: [ScannedRecord]) -> Void = { _, _ in }

    /// How many paths a worker has before it, so that it never waits for the next.
    static let queued = 24
    /// In microseconds.
    private static let pause: UInt32 = 500

    /// `opened` is the program's file, -1 where it was not opened before.
    init(_ program: String, opened: Int32, _ arguments: [String], jobs: Int, row: RecordRow?, limits: Limits) {
        self.program = program
        self.opened = opened
        self.arguments = arguments
        self.row = row
        self.limits = limits
        slots = (0..<max(1, jobs)).map { _ in WorkerSlot() }
    }

    var hasRoom: Bool { returned.isEmpty && freest.map { $0.tasks.count < Self.queued } ?? false }

    /// The one that has the fewest paths before it; nil when all are about to be replaced.
    private var freest: WorkerSlot? { slots.filter { !$0.isWornOut }.min { $0.tasks.count < $1.tasks.count } }

    /// Hands a path to the worker that has the fewest. Throws when none can be started.
    func submit(_ task: Task) throws(ChildProcess.Refusal) {
        guard let slot = freest else {
            returned.append(task)
            return
        }
        try give(task, to: slot)
    }

    private func give(_ task: Task, to slot: WorkerSlot) throws(ChildProcess.Refusal) {
        if slot.process == nil { slot.process = try WorkerProcess(program, opened: opened, arguments) }
        if slot.tasks.isEmpty { slot.since = .now }
        slot.tasks.append(task)
        slot.process?.send(task.path)
    }

    /// Waits for answers, at most so long, and takes them. With `first` only those of the worker that has this task are
    /// taken: there is enough of what has to wait for it. Returns early when one of `others` can be read from.
    func wait(milliseconds: Int32, only first: Int?, others: [Int32]) throws(ChildProcess.Refusal) {
        var watched = others.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var asked: [WorkerSlot] = []
        for slot in slots {
            guard let answers = slot.process?.answers else { continue }
            if let first, !slot.tasks.isEmpty, !slot.tasks.contains(where: { $0.index == first }) { continue }
            asked.append(slot)
            watched.append(pollfd(fd: answers, events: Int16(POLLIN), revents: 0))
        }
        for slot in slots where slot.process?.hasUnsent == true {
            watched.append(pollfd(fd: slot.process?.questions ?? -1, events: Int16(POLLOUT), revents: 0))
        }
        // Workers that have enough before them are not looked at after every answer: to be woken up for each takes longer
        // than to take several at once.
        if first == nil, asked.allSatisfy({ $0.tasks.count > Self.queued / 2 }) { usleep(Self.pause) }
        _ = unsafe poll(&watched, nfds_t(watched.count), milliseconds)
        for slot in slots { slot.process?.flush() }
        for (position, slot) in asked.enumerated() where watched[others.count + position].revents != 0 {
            take(from: slot)
        }
        endWhatHangs()
        while !returned.isEmpty, let slot = freest, slot.tasks.count < Self.queued {
            try give(returned.removeFirst(), to: slot)
        }
    }

    /// Ends all of them at once.
    func stop() {
        for slot in slots {
            slot.process = nil
            slot.tasks = []
        }
    }

    private func take(from slot: WorkerSlot) {
        guard let isRunning = slot.process?.read(into: &slot.received, &chunk) else { return }
        if !read(slot) {
            blame(slot, InspectionError(.workerDied, "the process that inspected it answered what is no record"))
        } else if (slot.received.count + slot.recordBytes) / 2 > limits.recordBytes.value {
            blame(slot, limits.recordBytes.reached())
        } else if !isRunning, let process = slot.process.take() {
            blame(slot, error(process.end()))
        } else {
            replaceIfWornOut(slot)
        }
    }

    /// Ends one that has used up half of what it may, as soon as it has answered all that it was asked.
    private func replaceIfWornOut(_ slot: WorkerSlot) {
        if !slot.isWornOut, let used = slot.process?.processorMicroseconds {
            slot.isWornOut = used / 1_000_000 >= WorkerLoop.wornOutSeconds
        }
        guard slot.isWornOut, slot.tasks.isEmpty else { return }
        slot.process = nil
        slot.isWornOut = false
    }

    /// Reads whole lines of answers; false when there is something else.
    private func read(_ slot: WorkerSlot) -> Bool {
        var start = 0
        defer { slot.received.removeSubrange(..<start) }
        while let end = Self.newline(in: slot.received, from: start) {
            if end == start {
                start += 1
                guard let task = slot.tasks.first, !slot.records.isEmpty else { return false }
                slot.tasks.removeFirst()
                slot.since = .now
                onAnswer(task.index, slot.records)
                slot.records = []
                slot.recordBytes = 0
                continue
            }
            guard let last = Self.newline(in: slot.received, from: end + 1) else { return true }
            guard
                let record = ScannedRecord(
                    heading: slot.received[start..<end], line: slot.received[(end + 1)..<last], isRow: row != nil,
                    limits: limits)
            else { return false }
            slot.records.append(record)
            slot.recordBytes += record.line.count
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
        let maximum = Duration.seconds(limits.workerHangSeconds.value)
        for slot in slots where !slot.tasks.isEmpty && now - slot.since > maximum {
            blame(slot, limits.workerHangSeconds.reached())
        }
    }

    /// The first path without an answer has the error; the others go to another process.
    private func blame(_ slot: WorkerSlot, _ error: InspectionError) {
        slot.process = nil
        slot.isWornOut = false
        slot.received = []
        slot.records = []
        slot.recordBytes = 0
        guard let task = slot.tasks.first else { return }
        returned.insert(contentsOf: slot.tasks.dropFirst(), at: 0)
        slot.tasks = []
        onAnswer(task.index, [.failed(task.path.spelling, error, row: row)])
    }

    private func error(_ ending: ChildProcess.Ending) -> InspectionError {
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
