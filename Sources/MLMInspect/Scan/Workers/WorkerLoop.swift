import CSandbox
import Glibc
package import ModelBytes
import ModelContainers

/// What a worker does: reads paths, each with a NUL after it, and answers each on standard output before it looks at the
/// next: for every record two lines, its heading and the record itself, and then an empty line.
///
/// It ends when there is nothing more to read. A path that ends it is the first that has no answer.
package struct WorkerLoop {
    private let inspector: Inspector
    private let limits: Limits
    private let options: ArchiveInspection.Options
    private let fence: Fence

    /// `folders` are what it may read below.
    package init(
        limits: Limits, options: ArchiveInspection.Options, fence mode: Fence.Mode = .auto, folders: [String] = ["/"],
        followsLinks: Bool = false
    ) {
        var fence = Fence(mode)
        for folder in folders { fence.folders.readFolder(folder) }
        fence.memory = limits.workerMemoryBytes.value
        // As much for the paths that were handed over before anybody saw how much it has used.
        let waiting = (WorkerPool.queued + 1).multipliedReportingOverflow(by: max(1, limits.workerSeconds.value))
        fence.seconds = waiting.overflow ? nil : max(Fence.mostSeconds, waiting.partialValue + Self.wornOutSeconds)
        self.fence = fence
        var inspector = Inspector(limits: limits)
        inspector.followsLinks = followsLinks
        self.inspector = inspector
        self.limits = limits
        self.options = options
    }

    /// A worker that has used so much time of a processor gets no further paths: it comes near what it may use in all.
    static let wornOutSeconds = Fence.mostSeconds / 2

    /// Gives up what a worker has no need of, then answers until the end. Returns false when the system refuses that, or
    /// nobody reads the answers.
    package func run() -> Bool {
        guard mlm_confine(UInt64(clamping: limits.workerMemoryBytes.value)) == 0, (try? fence.enter()) != nil else {
            return false
        }
        var waiting: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return got == 0 }
            waiting.append(contentsOf: chunk[..<got])
            var start = 0
            while let end = waiting[start...].firstIndex(of: 0) {
                guard mlm_allow_seconds(limits.workerSeconds.value) == 0, answer(Array(waiting[start..<end])) else {
                    return false
                }
                start = end + 1
            }
            waiting.removeSubrange(..<start)
        }
    }

    private func answer(_ bytes: [UInt8]) -> Bool {
        var answer: [UInt8] = []
        var isWritten = true
        if let path = PathBytes(bytes) {
            ArchiveInspection(inspector, options: options).inspect(path) { record in
                answer.append(contentsOf: record.heading)
                answer.append(0x0A)
                answer.append(contentsOf: record.line)
                answer.append(0x0A)
                // An archive of many members is handed over in parts.
                if answer.count >= 64 << 10 {
                    isWritten = isWritten && Self.write(answer)
                    answer.removeAll(keepingCapacity: true)
                }
            }
        }
        answer.append(0x0A)
        return isWritten && Self.write(answer)
    }

    private static func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
