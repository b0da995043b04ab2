import Glibc
import SystemPackage

/// A file that is there under its name only when all of it is: it is written beside its place under another name,
/// and takes its own at the end, once all of it is on the disk. A full disk, a crash and a loss of power leave what was
/// there before, or all of the new file.
final class AtomicFile {
    private let target: FilePath
    private let temporary: FilePath
    private let overwrites: Bool
    private let descriptor: FileDescriptor
    /// Where its name is kept; nil where a folder may be written to and not be opened.
    private let folder: FileDescriptor?
    private var isFinished = false

    /// Throws `Errno.fileExists` when the file exists and `overwrites` is false, else an `OutputError`.
    init(_ path: FilePath, overwrites: Bool) throws {
        var permissions: FilePermissions = [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
        var umasked = true
        // A link is followed, so that what it points to is replaced and not the link.
        target = Self.resolved(path) ?? path
        if let status = try? Stat(target) {
            guard overwrites else { throw Errno.fileExists }
            guard status.type == .regular else { throw OutputError(path: path.string, errno: .isDirectory) }
            permissions = status.permissions
            umasked = false
        }
        self.overwrites = overwrites
        let name = ".mlm-inspect-" + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp"
        let parent = target.removingLastComponent()
        temporary = parent.appending(name)
        do {
            descriptor = try FileDescriptor.open(
                temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: permissions)
            if !umasked { _ = fchmod(descriptor.rawValue, permissions.rawValue) }
        } catch {
            throw OutputError(path: path.string, errno: error as? Errno ?? .ioError)
        }
        folder = try? FileDescriptor.open(
            parent.isEmpty ? "." : parent, .readOnly, options: [.closeOnExec, .directory])
    }

    deinit {
        try? folder?.close()
        guard !isFinished else { return }
        // Nothing more can be done about an abandoned file.
        try? descriptor.close()
        removeTemporary()
    }

    func write(_ bytes: some Sequence<UInt8>) throws {
        do {
            _ = try descriptor.writeAll(bytes)
        } catch {
            throw OutputError(path: target.string, errno: error as? Errno ?? .ioError)
        }
    }

    /// Gives the file its name. Throws as `init` does, also when the name was taken in the meantime.
    func finish() throws {
        isFinished = true
        do {
            try Self.sync(descriptor)
            // A file system over the network says here that it is full.
            try descriptor.close()
            try takeName()
            if let folder { try Self.sync(folder) }
        } catch {
            removeTemporary()
            if error as? Errno == .fileExists { throw error }
            throw OutputError(path: target.string, errno: error as? Errno ?? .ioError)
        }
    }

    private func takeName() throws {
        if !overwrites {
            // Unlike a renaming, a second name is refused when it is taken.
            if unsafe link(temporary.string, target.string) == 0 { return removeTemporary() }
            let refused = Errno(rawValue: Glibc.errno)
            // Some file systems have no hard links.
            guard refused == .notPermitted || refused == .notSupported else { throw refused }
        }
        guard unsafe rename(temporary.string, target.string) == 0 else { throw Errno(rawValue: Glibc.errno) }
    }

    /// Waits until it is on the disk. Some file systems know no such thing.
    private static func sync(_ descriptor: FileDescriptor) throws {
        while fsync(descriptor.rawValue) != 0 {
            let refused = Errno(rawValue: Glibc.errno)
            switch refused {
            case .interrupted: continue
            case .invalidArgument, .notSupported, .readOnlyFileSystem: return
            default: throw refused
            }
        }
    }

    private func removeTemporary() { _ = unsafe unlink(temporary.string) }

    private static func resolved(_ path: FilePath) -> FilePath? {
        guard let text = unsafe realpath(path.string, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe FilePath(String(cString: text))
    }
}
