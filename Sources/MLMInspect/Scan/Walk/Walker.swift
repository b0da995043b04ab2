import Glibc
import ModelBytes
import ModelFormats

/// Goes through folders and gives what is to be inspected, always in the same order: the files of a folder by the bytes of
/// their names, then its folders likewise. A folder that is a model is given as one, and not entered.
///
/// Only folders are opened. Links are passed over unless they are to be followed, FIFOs, sockets and devices always.
struct Walker: IteratorProtocol {
    struct Options: Sendable {
        /// Whether ignore files count.
        var respectsIgnoreFiles = true
        /// Whether names that begin with a dot count.
        var includesHidden = false
        /// Whether links are followed. One that leads to a folder it lies in is not.
        var followsLinks = false
        /// 0: only what was named itself, 1: what lies in it, and so on.
        var maxDepth: Int?
        /// Files of more bytes are passed over.
        var maxSize: Int?
        var globs = GlobFilter([], origin: nil)
    }

    enum Item {
        /// `folder` is the same number for all files of one folder, and no other; nil for what was named itself.
        case artifact(PathBytes, folder: Int?)
        /// What could not be walked, and why.
        case problem(PathBytes, String)
    }

    private let options: Options
    private let limits: Limits
    private var roots: ArraySlice<PathBytes>
    /// Folders to be entered, the next one last.
    private var waiting: [Folder] = []
    /// What is ready to be given, the next one last.
    private var ready: [Item] = []
    private var folders = 0

    private struct Folder {
        let path: PathBytes
        let depth: Int
        let rules: IgnoreRules?
        /// The folders it lies in, known only where links are followed.
        let ancestors: Ancestors?
        /// Whether it is a snapshot of a repository in the hub's cache, or lies in one: its files are links to blobs.
        var isSnapshot = false
    }

    /// A folder's identity, and those it lies in.
    private final class Ancestors {
        let device: dev_t
        let inode: ino_t
        let parent: Ancestors?

        init(_ status: stat, parent: Ancestors?) {
            device = status.st_dev
            inode = status.st_ino
            self.parent = parent
        }

        func contains(_ status: stat) -> Bool {
            var next: Ancestors? = self
            while let folder = next {
                if folder.inode == status.st_ino, folder.device == status.st_dev { return true }
                next = folder.parent
            }
            return false
        }
    }

    init(_ roots: [PathBytes], _ options: Options, limits: Limits) {
        self.options = options
        self.limits = limits
        self.roots = roots[...]
    }

    mutating func next() -> Item? {
        while true {
            if let item = ready.popLast() { return item }
            if let folder = waiting.popLast() {
                enter(folder)
            } else if let root = roots.popFirst() {
                begin(root)
            } else {
                return nil
            }
        }
    }

    private mutating func begin(_ root: PathBytes) {
        guard let status = PathSystemCalls.status(root, follow: true), FolderListing.kind(status) == .folder else {
            // Whoever inspects it says that it is missing, or what it is.
            ready.append(.artifact(root, folder: nil))
            return
        }
        let path = root.trimmed
        waiting.append(
            Folder(
                path: path, depth: 0, rules: options.respectsIgnoreFiles ? IgnoreRules.above(path) : nil,
                ancestors: options.followsLinks ? Ancestors(status, parent: nil) : nil))
    }

    private mutating func enter(_ folder: Folder) {
        let listing: FolderListing
        do throws(FolderListing.Failure) {
            listing = try FolderListing(folder.path)
        } catch {
            ready.append(.problem(folder.path, "cannot be listed: \(error.message)"))
            return
        }
        if isModel(folder.path, listing) {
            ready.append(.artifact(folder.path, folder: nil))
            return
        }
        if let maximum = options.maxDepth, folder.depth >= maximum { return }
        folders += 1
        let rules = rules(in: folder, listing)
        var files: [Item] = []
        var inner: [Folder] = []
        let isRepository = HubSnapshot.isRepository(folder.path, listing)
        for entry in listing.entries {
            guard entry.kind != .special, !isRepository || entry.name == HubSnapshot.folder else { continue }
            let path = folder.path.appending(entry.name)
            var kind = entry.kind
            var status: stat?
            if kind == .link {
                guard options.followsLinks || folder.isSnapshot else { continue }
                guard let target = PathSystemCalls.status(path, follow: true) else {
                    if !isIgnored(path, entry.name, isFolder: false, rules) {
                        files.append(.problem(path, "a link that leads nowhere"))
                    }
                    continue
                }
                kind = FolderListing.kind(target)
                // Of a snapshot's links those to files are followed unasked.
                guard options.followsLinks || kind == .file else { continue }
                status = target
            }
            guard kind == .file || kind == .folder, !isIgnored(path, entry.name, isFolder: kind == .folder, rules)
            else {
                continue
            }
            if kind == .file {
                if isTooLarge(path) { continue }
                files.append(.artifact(path, folder: folders))
                continue
            }
            var ancestors: Ancestors?
            if options.followsLinks {
                // What is gone by now shows itself when it is listed.
                guard let status = status ?? PathSystemCalls.status(path, follow: true) else { continue }
                if let known = folder.ancestors, known.contains(status) {
                    files.append(.problem(path, "a link to a folder that it lies in; not followed"))
                    continue
                }
                ancestors = Ancestors(status, parent: folder.ancestors)
            }
            inner.append(
                Folder(
                    path: path, depth: folder.depth + 1, rules: rules, ancestors: ancestors,
                    isSnapshot: isRepository || folder.isSnapshot))
        }
        ready = files.reversed()
        waiting.append(contentsOf: inner.reversed())
    }

    private func rules(in folder: Folder, _ listing: FolderListing) -> IgnoreRules? {
        guard options.respectsIgnoreFiles else { return nil }
        let wanted = IgnoreRules.names + [IgnoreRules.repository]
        // All of them are hidden, and few names are.
        let found = listing.entries.lazy.filter { $0.name.first == UInt8(ascii: ".") && wanted.contains($0.name) }
            .map(\.name)
        let names = Array(found)
        if names.isEmpty { return folder.rules }
        return IgnoreRules(folder.path, has: names.contains, parent: folder.rules, base: folder.path) ?? folder.rules
    }

    private func isIgnored(_ path: PathBytes, _ name: [UInt8], isFolder: Bool, _ rules: IgnoreRules?) -> Bool {
        if let match = options.globs.match(path, isFolder: isFolder) { return match == .ignore }
        if let match = rules?.match(path, isFolder: isFolder) { return match == .ignore }
        return !options.includesHidden && name.first == UInt8(ascii: ".") && name != Self.workspace
    }

    /// R saves everything that a session made under this name: it is hidden, and where the models of many projects are.
    private static let workspace = Array(".RData".utf8)

    private func isTooLarge(_ path: PathBytes) -> Bool {
        guard let maximum = options.maxSize, let status = PathSystemCalls.status(path, follow: true) else {
            return false
        }
        return status.st_size > maximum
    }

    /// Asks the formats, as they see the names in the folder.
    private func isModel(_ folder: PathBytes, _ listing: FolderListing) -> Bool {
        // More than any model's folder has at its top, and no order to look through them for every folder of data.
        guard !listing.entries.isEmpty, listing.entries.count <= limits.directoryEntries.value else { return false }
        let names = listing.entries.lazy.filter { $0.kind != .special }.map {
            String(decoding: $0.name, as: UTF8.self) + ($0.kind == .folder ? "/" : "")
        }
        let subject = InspectedArtifact(
            Artifact.outline(of: folder, names: Array(names)), limits: limits, formats: .all)
        return subject.recognise().candidates.contains { $0.format.ownsFolder }
    }
}
