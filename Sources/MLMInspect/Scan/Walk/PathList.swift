import Glibc
import ModelBytes

/// `--files-from`: paths one a line, or with a NUL after each, read as they are asked for.
final class PathList: IteratorProtocol {
    private let descriptor: Int32
    private let separator: UInt8
    private var buffer: [UInt8] = []
    private var next_ = 0
    private var isAtEnd = false

    /// A path of Linux has at most 4096 bytes; what is longer than this is no list of paths.
    private static let mostBytes = 1 << 20

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

    func next() -> PathBytes? {
        while let line = line() {
            if let path = PathBytes(line) { return path }
        }
        return nil
    }

    private func line() -> [UInt8]? {
        var searched = next_
        while true {
            if let end = buffer[searched...].firstIndex(of: separator) {
                defer { next_ = end + 1 }
                return Array(buffer[next_..<end])
            }
            if isAtEnd || buffer.count - next_ > Self.mostBytes {
                defer { (buffer, next_, isAtEnd) = ([], 0, true) }
                return next_ < buffer.count ? Array(buffer[next_...]) : nil
            }
            searched = buffer.count - next_
            buffer.removeSubrange(..<next_)
            next_ = 0
            fill()
        }
    }

    private func fill() {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let got = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if got > 0 {
            buffer.append(contentsOf: piece[..<got])
        } else if got == 0 || errno != EINTR {
            isAtEnd = true
        }
    }
}
