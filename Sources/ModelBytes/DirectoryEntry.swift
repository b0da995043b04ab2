import Glibc
import SystemPackage

/// One file below a directory artifact.
public struct DirectoryEntry: Hashable, Sendable {
    /// Relative to the artifact, components joined by `/`.
    public let path: String
    public let size: Int

    /// Links that lead nowhere, of which as many are named.
    private static let mostDangling = 100

    /// What a folder holds, at any depth.
    struct Listing {
        /// Every file, sorted by path.
        var entries: [DirectoryEntry]
        /// When the latest of them was changed.
        var modified: FileTime?
        /// The first links that lead to nothing, sorted by path.
        var dangling: [String]
    }

    /// Symbolic links to directories are not followed.
    static func list(_ folder: FilePath, limits: Limits) throws(InspectionError) -> Listing {
        var found: [DirectoryEntry] = []
        var dangling: [String] = []
        var modified: FileTime?
        func add(_ path: String, _ status: Stat) {
            found.append(DirectoryEntry(path: path, size: status.type == .regular ? Int(status.size) : 0))
            let time = FileTime(status)
            modified = max(modified ?? time, time)
        }
        var waiting: [(relative: String, depth: Int)] = [("", 0)]
        var seen = 0
        while let (relative, depth) = waiting.popLast() {
            for name in try names(in: folder.appending(relative)).sorted() {
                seen += 1
                try limits.directoryEntries.check(seen)
                let path = relative.isEmpty ? name : relative + "/" + name
                // A file that vanishes or cannot be examined during the listing is not part of the artifact.
                guard let status = try? Stat(folder.appending(path), followTargetSymlink: false) else { continue }
                switch status.type {
                case .directory:
                    if depth < limits.directoryDepth.value { waiting.append((path, depth + 1)) }
                case .symbolicLink:
                    guard let target = try? Stat(folder.appending(path)) else {
                        if dangling.count < mostDangling { dangling.append(path) }
                        continue
                    }
                    if target.type == .regular { add(path, target) }
                default: add(path, status)
                }
            }
        }
        return Listing(entries: found.sorted { $0.path < $1.path }, modified: modified, dangling: dangling.sorted())
    }

    /// The names of one folder that do not begin with a dot; nil where it cannot be listed, and where there are more.
    static func names(in folder: FilePath, upTo limit: Int) -> [String]? {
        guard let stream = unsafe opendir(folder.string) else { return nil }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let name = unsafe nextName(stream) {
            guard !name.hasPrefix(".") else { continue }
            guard names.count < limit else { return nil }
            names.append(name)
        }
        return names
    }

    private static func nextName(_ stream: OpaquePointer) -> String? {
        guard let entry = unsafe readdir(stream) else { return nil }
        return unsafe withUnsafePointer(to: &entry.pointee.d_name) {
            unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
    }

    private static func names(in folder: FilePath) throws(InspectionError) -> [String] {
        guard let stream = unsafe opendir(folder.string) else {
            throw InspectionError(.unreadable, "the directory cannot be listed: \(Errno(rawValue: errno))")
        }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let name = unsafe nextName(stream) {
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
