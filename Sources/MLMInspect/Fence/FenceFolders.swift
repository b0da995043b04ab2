import CSandbox
import Glibc
import ModelBytes

/// The folders that a fence leaves within reach.
package struct FenceFolders: Sendable {
    /// What is read below them.
    package private(set) var read: [String] = []
    /// Files are made below them, and none is read.
    package private(set) var written: [String] = []
    private var known: Set<String> = []

    /// No folder: nothing can be read or written below any path.
    package init() {}

    /// For an artifact at `path`: the folder that it is, or lies in; for a link, where it leads to, too.
    package mutating func read(_ path: String) {
        guard path != "-", let place = PathBytes(path), let status = PathSystemCalls.status(place, follow: false) else {
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: add(path)
        case S_IFLNK:
            add(Self.folder(of: path))
            guard let target = PathSystemCalls.realPath(place),
                let status = PathSystemCalls.status(target, follow: false)
            else { return }
            add(status.st_mode & S_IFMT == S_IFDIR ? target.spelling : Self.folder(of: target.spelling))
        default: add(Self.folder(of: path))
        }
        // A relative path may begin in a snapshot.
        if !path.hasPrefix("/") || path.holds(HubCache.snapshots), let real = PathSystemCalls.realPath(place),
            let blobs = HubCache.blobs(of: real.spelling)
        {
            add(blobs)
        }
    }

    /// All that lies below a folder.
    package mutating func readFolder(_ path: String) { add(path) }

    /// For a file that appears at `path`: the folder that it lies in, and that of its target when it is a link.
    package mutating func write(beside path: String) {
        written.append(Self.folder(of: path))
        if let place = PathBytes(path), let target = PathSystemCalls.realPath(place)?.spelling {
            let folder = Self.folder(of: target)
            if !written.contains(folder) { written.append(folder) }
        }
    }

    /// All that lies below a folder, which is there already.
    package mutating func writeFolder(_ path: String) {
        written.append(path)
        movesFiles = true
    }

    /// Files move between folders below one, which the first version of Landlock cannot allow.
    private(set) var movesFiles = false

    /// What others write.
    mutating func write(below others: FenceFolders) {
        written += others.written
        movesFiles = movesFiles || others.movesFiles
    }

    func allow(in rules: mlm_rules) {
        var rules = rules
        // What is not there, or may not be looked at, cannot be opened later either.
        for path in read { _ = unsafe mlm_rules_allow(&rules, path, MLM_READ.rawValue) }
        for path in written { _ = unsafe mlm_rules_allow(&rules, path, MLM_WRITE.rawValue) }
    }

    private mutating func add(_ folder: String) {
        if known.insert(folder).inserted { read.append(folder) }
    }

    private static func folder(of path: String) -> String {
        let trimmed = PathBytes(path)?.trimmed.bytes ?? []
        guard let slash = trimmed.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == 0 ? "/" : String(decoding: trimmed[..<slash], as: UTF8.self)
    }
}
