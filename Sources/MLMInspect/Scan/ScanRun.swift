import CSandbox
import ChildProcesses
import Glibc
import ModelBytes

/// One scan as it runs: what was found waits in a window for its turn, so that records come in the order of the walk.
final class ScanRun {
    private let scan: Scan
    private let body: (Scan.Event) throws -> Void
    private var items: AnyIterator<Walker.Item>
    /// Where paths are read from, when it is not a walk that gives them.
    private let list: PathList?
    private let inspection: ArchiveInspection?
    private let pool: WorkerPool?
    private let earlier: EarlierScan?
    private let ahead: BackgroundFileCount?
    /// What can be read from once an interrupt came; -1 when that is not asked for.
    private let watch: Int32

    /// Found and not given yet, in the order of the walk.
    private var window = Window()
    private var isWalked = false
    private var held: HeldRecords
    private var heldFolder: Int?
    private var summary = Scan.Summary()
    private var progress = Scan.Progress()

    init(_ scan: Scan, _ body: @escaping (Scan.Event) throws -> Void) throws {
        self.scan = scan
        self.body = body
        (items, list) = try Self.items(scan)
        earlier = try scan.resume.map { try EarlierScan($0, limits: scan.limits) }
        held = HeldRecords()
        var opened: Int32 = -1
        if scan.fencesItself {
            if scan.sandbox != .off, let program = scan.program { opened = unsafe open(program, O_RDONLY | O_CLOEXEC) }
            held.prepare()
            summary.fence = try Self.fence(scan, program: opened)
        }
        if let program = scan.program {
            pool = WorkerPool(program, opened: opened, scan.worker, jobs: scan.jobs, row: scan.row, limits: scan.limits)
            inspection = nil
        } else {
            pool = nil
            var inspector = Inspector(limits: scan.limits)
            inspector.followsLinks = scan.followsLinks
            inspection = ArchiveInspection(
                inspector, options: .init(withTimes: scan.withTimes || scan.resume != nil, row: scan.row))
        }
        // Before any thread is made, which would be ended by the signal otherwise, and the process with it.
        var watch: Int32 = -1
        if scan.endsWhenInterrupted { _ = unsafe mlm_watch_interrupts(&watch) }
        self.watch = watch
        ahead = scan.countsAhead ? scan.walker().map(BackgroundFileCount.init) : nil
    }

    /// Builds the fence around this process. What starts workers was opened before.
    private static func fence(_ scan: Scan, program: Int32) throws -> FenceHold {
        var fence = Fence(scan.sandbox)
        fence.folders = scan.readable
        if case .paths(let paths) = scan.source, scan.respectsIgnoreFiles {
            for file in paths.flatMap(IgnoreRules.files) { fence.folders.readFolder(file) }
        }
        fence.folders.write(below: scan.outputs)
        do throws(FenceError) {
            return try fence.enter(.scanning, program: program)
        } catch {
            throw ScanError("the fence \(error)", .fence)
        }
    }

    private static func items(_ scan: Scan) throws -> (AnyIterator<Walker.Item>, PathList?) {
        if var walker = scan.walker() { return (AnyIterator { walker.next() }, nil) }
        guard case .list(let path, let hasNULs) = scan.source else { return (AnyIterator { nil }, nil) }
        do throws(FolderListing.Failure) {
            let list = try PathList(path, separator: hasNULs ? 0 : 0x0A)
            return (AnyIterator { list.next().map { .artifact($0, folder: nil) } }, list)
        } catch {
            throw ScanError("\(path ?? "-"): \(error.message)")
        }
    }

    func run() throws -> Scan.Summary {
        defer {
            pool?.stop()
            if watch >= 0 { mlm_unwatch_interrupts(watch) }
        }
        pool?.onAnswer = { [unowned self] index, records in window.fill(index, records) }
        while true {
            let waitsForList = try fillWindow()
            try deliverReady()
            if isWalked, window.isEmpty { break }
            if let pool {
                let others = [watch] + (waitsForList ? [list?.descriptor ?? -1] : [])
                do throws(ChildProcess.Refusal) {
                    try pool.wait(milliseconds: 200, only: window.isFull ? window.first : nil, others: others)
                } catch {
                    throw ScanError("no worker can be started: \(error.message)")
                }
            }
            let signal = watch >= 0 ? Int(mlm_interrupt(watch)) : 0
            if signal > 0 {
                summary.interrupt = signal
                break
            }
            try reportProgress()
        }
        // After an interrupt: what was done in the order of the walk, and the folder it stopped in.
        try deliverReady()
        try flushFolder()
        return summary
    }

    /// Hands over what comes next while there is room for it. True when there is, but nothing has come yet.
    private func fillWindow() throws -> Bool {
        while !isWalked, !window.isFull, pool?.hasRoom ?? window.isEmpty {
            if pool != nil, let list, !list.isReady { return true }
            guard let item = items.next() else {
                isWalked = true
                return false
            }
            guard case .artifact(let path, _) = item else {
                window.add(item, [])
                continue
            }
            if let kept = earlier?.records(of: path, row: scan.row, limits: scan.limits) {
                summary.resumed += 1
                window.add(item, kept)
            } else if let pool {
                let index = window.add(item, nil)
                do throws(ChildProcess.Refusal) {
                    try pool.submit(WorkerPool.Task(index: index, path: path))
                } catch {
                    throw ScanError("no worker can be started: \(error.message)")
                }
            } else {
                var records: [ScannedRecord] = []
                inspection?.inspect(path) { records.append($0) }
                window.add(item, records)
            }
        }
        return false
    }

    /// Gives what is done as far as nothing before it is missing.
    private func deliverReady() throws {
        while let (item, records) = window.take() {
            switch item {
            case .problem(let path, let message):
                summary.problems += 1
                try body(.problem(path: path.spelling, message: message))
            case .artifact(let path, let folder):
                progress.done += 1
                if folder != heldFolder { try flushFolder() }
                heldFolder = folder
                for record in records {
                    summary.bytesRead += record.bytesRead
                    if folder != nil {
                        held.add(record, of: path, keepsLine: scan.selects(record))
                    } else {
                        // What was named itself belongs to nobody.
                        try emit(scan.selects(record) ? record : record.withoutLine)
                    }
                }
            }
        }
    }

    private func flushFolder() throws {
        summary.parts += try held.release(emit)
    }

    private func emit(_ record: ScannedRecord) throws {
        summary.add(record)
        if !record.line.isEmpty { try body(.record(record)) }
    }

    private func reportProgress() throws {
        progress.total = ahead?.total
        try body(.progress(progress))
    }
}

extension Scan.Summary {
    fileprivate mutating func add(_ record: ScannedRecord) {
        artifacts += 1
        if record.isMember {
            members[record.fileClass, default: 0] += 1
        } else {
            files[record.fileClass, default: 0] += 1
        }
        concern = max(concern, record.concern)
        switch record.verdict {
        case .model: models += 1
        case .failed: failures += 1
        case .notAModel, .unrecognised: break
        }
        if record.concern == .danger { dangerous += 1 }
        if let structure = record.structure { structures[structure, default: 0] += 1 }
    }
}

/// What is between the walk and the output: as much as workers may be ahead of each other.
private struct Window {
    private var slots: [(item: Walker.Item, records: [ScannedRecord]?)] = []
    /// The index of the first slot; those before `start` were taken.
    private(set) var first = 0
    private var start = 0
    private var bytes = 0

    private static let maximumSlots = 2_048
    private static let maximumBytes = 16 << 20

    var isEmpty: Bool { start == slots.count }
    var isFull: Bool { slots.count - start >= Self.maximumSlots || bytes > Self.maximumBytes }

    @discardableResult
    mutating func add(_ item: Walker.Item, _ records: [ScannedRecord]?) -> Int {
        slots.append((item, records))
        bytes += Self.bytes(records)
        return first + slots.count - start - 1
    }

    mutating func fill(_ index: Int, _ records: [ScannedRecord]) {
        slots[start + index - first].records = records
        bytes += Self.bytes(records)
    }

    /// The next item and its records, if they are there.
    mutating func take() -> (Walker.Item, [ScannedRecord])? {
        guard start < slots.count, let records = slots[start].records else { return nil }
        let item = slots[start].item
        slots[start].records = nil
        bytes -= Self.bytes(records)
        start += 1
        first += 1
        if start >= Self.maximumSlots {
            slots.removeSubrange(..<start)
            start = 0
        }
        return (item, records)
    }

    private static func bytes(_ records: [ScannedRecord]?) -> Int {
        (records ?? []).reduce(0) { $0 + $1.line.count }
    }
}
