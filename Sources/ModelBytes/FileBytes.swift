import Glibc
import SystemPackage

/// An open regular file, read by position only. It counts what it read.
public final class FileBytes: ByteStorage {
    private let descriptor: FileDescriptor
    private let closes: Bool
    public let count: Int
    public let identity: FileIdentity?
    /// Bytes fetched from the operating system so far.
    public private(set) var bytesRead = 0
    /// Calls of pread so far.
    public private(set) var reads = 0

    /// Takes ownership of `descriptor`, which must be a regular file of `count` bytes.
    init(_ descriptor: FileDescriptor, count: Int, identity: FileIdentity? = nil, closes: Bool = true) {
        self.descriptor = descriptor
        self.identity = identity
        self.count = count
        self.closes = closes
    }

    /// Lends the open file to `body`, for another process that reads it by position.
    public func lend<Result>(_ body: (Int32) throws -> Result) rethrows -> Result { try body(descriptor.rawValue) }

    /// Counts what another process has read of the file that was lent to it.
    public func count(bytes: Int, reads: Int) {
        bytesRead = max(bytesRead, bytesRead &+ max(0, bytes))
        self.reads = max(self.reads, self.reads &+ max(0, reads))
    }

    deinit {
        // Nothing was written, so a failing close loses nothing.
        if closes { try? descriptor.close() }
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < count else { return 0 }
        var filled = 0
        while filled < buffer.count {
            let got: Int
            do {
                got = try unsafe descriptor.read(
                    fromAbsoluteOffset: Int64(offset + filled),
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            } catch let error as Errno {
                throw InspectionError(.unreadable, "read failed: \(error)", offset: offset + filled)
            } catch {
                throw InspectionError(.unreadable, "read failed", offset: offset + filled)
            }
            reads += 1
            bytesRead += got
            filled += got
            if got == 0 { break }
        }
        return filled
    }

    public func prepareToReadThrough() {
        // A hint that makes the system read further ahead; nothing depends on it.
        _ = posix_fadvise(descriptor.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    /// Reads a pipe to its end, 64 KiB at a time. Throws if it exceeds the limit.
    static func drain(_ descriptor: FileDescriptor, upTo limit: Limits.Limit) throws(InspectionError) -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got: Int
            do {
                got = try unsafe piece.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
            } catch {
                throw InspectionError(.unreadable, "read failed: \(error)", offset: all.count)
            }
            if got == 0 { return all }
            all.append(contentsOf: piece[..<got])
            try limit.check(all.count)
        }
    }
}
