import Glibc
import ModelBytes

/// The names in a folder, ordered by their bytes.
struct FolderListing {
    enum Kind {
        case file, folder, link
        /// A FIFO, a socket or a device: nothing that is opened.
        case special
    }

    struct Entry {
        let name: [UInt8]
        let kind: Kind
    }

    /// Why a folder could not be listed: an errno.
    struct Failure: Error {
        let code: Int32
        var words: String { unsafe String(cString: strerror(code)) }
    }

    let entries: [Entry]

    init(_ folder: PathBytes) throws(Failure) {
        guard let stream = unsafe PathSystemCalls.withPath(folder, { unsafe opendir($0) }) else {
            throw Failure(code: errno)
        }
        defer { unsafe _ = closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                let text = unsafe UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
                return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            if let kind = unsafe Self.kind(entry.pointee.d_type) ?? Self.kind(folder.appending(name)) {
                entries.append(Entry(name: name, kind: kind))
            }
        }
        if errno != 0 { throw Failure(code: errno) }
        self.entries = entries.sorted { Self.precedes($0.name, $1.name) }
    }

    /// Nil when the file system does not say it with the name.
    private static func kind(_ type: UInt8) -> Kind? {
        switch Int(type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        case Int(DT_UNKNOWN): nil
        default: .special
        }
    }

    /// Nil when it is gone.
    private static func kind(_ path: PathBytes) -> Kind? { PathSystemCalls.status(path, follow: false).map(kind) }

    static func kind(_ status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .special
        }
    }

    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let order = unsafe memcmp(left, right, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
    }
}
