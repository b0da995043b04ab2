import ArgumentParser
import Glibc
import MLMDraft
import SystemPackage

/// The folder that a Collection is written to. Items wait in a folder within it that no catalogue looks into, and take
/// their places when all of them are written; until then nothing is there that was not there before.
final class CollectionFolder {
    /// As given.
    let path: String
    private let staging: FilePath
    private let overwrites: Bool
    private let isNew: Bool
    private var staged: [String] = []

    init(_ path: String, overwrites: Bool) throws {
        let folder = FilePath(path)
        isNew = try Self.make(folder, path)
        self.path = path
        self.overwrites = overwrites
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

    /// Writes an Item that is not to be seen yet.
    func stage(_ text: String, id: String) throws {
        staged.append(id)
        let file = try AtomicFile(place(of: id), overwrites: true)
        try file.write(text.utf8)
        try file.finish()
    }

    /// Gives the Items of these ids their places, then the Collection that names them.
    func finish(_ ids: [String], collection: String) throws {
        for id in ids {
            let target = FilePath(path).appending(CollectionDraft.path(of: id))
            _ = try Self.make(target.removingLastComponent(), path)
            guard unsafe rename(place(of: id).string, target.string) == 0 else {
                throw OutputError(path: target.string, errno: Errno(rawValue: Glibc.errno))
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
