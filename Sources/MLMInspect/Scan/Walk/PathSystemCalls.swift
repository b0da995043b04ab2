import Glibc
import ModelBytes

/// The few calls of the system that a walk needs beside listing a folder.
enum PathSystemCalls {
    /// An ignore file is no longer than this; what is, is taken for something else.
    private static let mostBytes = 4 << 20

    /// What a regular file holds; nil when there is none, or none that can be read.
    static func read(_ path: PathBytes) -> [UInt8]? {
        let descriptor = unsafe withPath(path) { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            (0...Self.mostBytes).contains(Int(status.st_size))
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let got = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled)
            }
            if got <= 0 { break }
            filled += got
        }
        return Array(bytes[..<filled])
    }

    static func exists(_ path: PathBytes) -> Bool { unsafe withPath(path) { unsafe access($0, F_OK) == 0 } }

    static func status(_ path: PathBytes, follow: Bool) -> stat? {
        var status = stat()
        let code = unsafe withPath(path) { unsafe follow ? stat($0, &status) : lstat($0, &status) }
        return code == 0 ? status : nil
    }

    static func realPath(_ path: PathBytes) -> PathBytes? {
        guard let text = unsafe withPath(path, { unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(text) }
        return unsafe PathBytes(Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
    }

    static func currentFolder() -> PathBytes? { PathBytes(".").flatMap(realPath) }

    static func withPath<Result>(_ path: PathBytes, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        // There is no NUL in a path, so that it ends where it should.
        let text = path.bytes.map { CChar(bitPattern: $0) } + [0]
        return unsafe text.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
}
