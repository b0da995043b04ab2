import Glibc
import ModelBytes

/// `--files-from`: paths one a line, or with a NUL after each, read as they are asked for.
final class PathList: IteratorProtocol {
    let descriptor: Int32
    private let separator: UInt8
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// A path of Linux has at most 4096 bytes; what is longer than this is no list of paths.
    private static let maximumBytes = 1 << 20

    /// `path` nil is standard input. Throws an errno.
    init(_ path: String?, separator: UInt8) throws(FolderListing.Failure) {
        self.separator = separator
        guard let path else {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FolderListing.Failure(code: errno) }
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Whether `next` answers at once, because a path or the end has been read or can be.
    var isReady: Bool {
        if isAtEnd || buffer[position...].contains(separator) { return true }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&watched, 1, 0) > 0 else { return false }
        // What came may be less than a whole path.
        fill()
        return isAtEnd || buffer[position...].contains(separator)
    }

    func next() -> PathBytes? {
        while let line = line() {
            if let path = PathBytes(line) { return path }
        }
        return nil
    }

    private func line() -> [UInt8]? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: separator) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            if isAtEnd || buffer.count - position > Self.maximumBytes {
                defer { (buffer, position, isAtEnd) = ([], 0, true) }
                return position < buffer.count ? Array(buffer[position...]) : nil
            }
            searched = buffer.count - position
            buffer.removeSubrange(..<position)
            position = 0
            fill()
        }
    }

    private func fill() {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if got > 0 {
            buffer.append(contentsOf: chunk[..<got])
        } else if got == 0 || errno != EINTR {
            isAtEnd = true
        }
    }
}
