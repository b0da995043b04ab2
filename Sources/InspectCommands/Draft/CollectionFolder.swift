import ArgumentParser
import Glibc
import STAC
import SystemPackage

/// The folder that a Collection is written to: `collection.json`, and its Items in `items`. They wait in a folder that no
/// catalogue looks into, and take their place when all of them are written; until then nothing is there that was not
/// there before.
final class CollectionFolder {
    /// As given.
    let path: String
    private let staging: FilePath
    private let isNew: Bool
    private var staged: [String] = []

    init(_ path: String, overwrites: Bool) throws {
        let folder = FilePath(path)
        isNew = try Self.make(folder, path)
        self.path = path
        staging = folder.appending(".mlm-inspect-" + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp")
        if !isNew, !overwrites, try !Self.isEmpty(folder, path) {
            throw UsageError("\(path) is not empty; name another folder or add --force")
        }
        _ = try Self.make(staging, path)
    }

    deinit {
        for id in staged { _ = unsafe unlink(place(of: id).string) }
        _ = unsafe rmdir(staging.string)
        // It is only removed while nothing is in it.
        if isNew { _ = unsafe rmdir(path) }
    }

    /// Where the Items lie, as seen from where the command runs.
    var items: String { path + (path.hasSuffix("/") ? "" : "/") + CollectionDraft.items }

    /// A file in which records wait; it is gone before the Items take their place.
    func recordFile() throws -> RecordFile { try RecordFile(FilePath(staging.string + ".records")) }

    /// Writes an Item that is not to be seen yet.
    func stage(_ text: String, id: String) throws {
        staged.append(id)
        do {
            let file = try FileDescriptor.open(
                place(of: id), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch {
            throw OutputError(path: path, errno: error as? Errno ?? .ioError)
        }
    }

    /// Puts the Items in their place, then the Collection that names them.
    func finish(_ collection: String) throws {
        // A folder takes a name that is free, or that of an empty folder, at once.
        if unsafe rename(staging.string, items) == 0 {
            staged = []
        } else {
            _ = try Self.make(FilePath(items), path)
            for id in staged {
                let target = FilePath(path).appending(CollectionDraft.path(of: id))
                guard unsafe rename(place(of: id).string, target.string) == 0 else {
                    throw OutputError(path: target.string, errno: Errno(rawValue: Glibc.errno))
                }
            }
        }
        let file = try AtomicFile(FilePath(path).appending("collection.json"), overwrites: true)
        try file.write(collection.utf8)
        try file.finish()
    }

    private func place(of id: String) -> FilePath { staging.appending(id + ".json") }

    /// Whether the folder is new; one that is there already is as good.
    private static func make(_ folder: FilePath, _ path: String) throws -> Bool {
        if unsafe mkdir(folder.string, 0o777) == 0 { return true }
        let refused = Errno(rawValue: Glibc.errno)
        if refused == .fileExists, let status = try? Stat(folder), status.type == .directory { return false }
        if refused == .fileExists { throw UsageError("\(path) is no folder") }
        throw UsageError(OutputError(path: path, errno: refused).description)
    }

    private static func isEmpty(_ folder: FilePath, _ path: String) throws -> Bool {
        guard let stream = unsafe opendir(folder.string) else {
            throw UsageError(OutputError(path: path, errno: Errno(rawValue: Glibc.errno)).description)
        }
        defer { unsafe _ = closedir(stream) }
        // The folder itself and the one above are always there.
        var count = 0
        while unsafe readdir(stream) != nil { count += 1 }
        return count <= 2
    }
}
