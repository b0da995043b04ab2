import Glibc
import SystemPackage

/// Which file a path led to, and when that was written last: two that differ are two states of what is there.
struct FileStamp: Equatable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let written: [Int]

    /// Nil where nothing is there.
    init?(_ path: String) {
        guard let status = try? Stat(FilePath(path)) else { return nil }
        device = UInt64(status.deviceID.rawValue)
        inode = UInt64(status.inode.rawValue)
        size = status.size
        // A copy keeps the first of the two times; the other nobody sets.
        written = [status.st_mtim, status.st_ctim].flatMap { [Int($0.tv_sec), Int($0.tv_nsec)] }
    }
}
