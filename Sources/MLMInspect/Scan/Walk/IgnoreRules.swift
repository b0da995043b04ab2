import ModelBytes

/// What the ignore files of a folder and of the folders above it say, as ripgrep weighs them: `.mlminspectignore` before
/// `.ignore` before `.gitignore` before `.git/info/exclude`, and of one kind the nearest that says anything. Git's own
/// count within a repository only, up to its top.
final class IgnoreRules: Sendable {
    private let parent: IgnoreRules?
    private let own: IgnoreFile?
    private let general: IgnoreFile?
    private let git: IgnoreFile?
    private let excluded: IgnoreFile?
    private let isRepository: Bool
    private let isInRepository: Bool
    /// What stands before the part of a walked path that begins at `start`, seen from the folder of these files.
    private let prefix: [UInt8]
    private let start: Int

    static let names = [".mlminspectignore", ".ignore", ".gitignore"].map { Array($0.utf8) }
    static let repository = Array(".git".utf8)

    /// Reads the files of a folder. `names` are those that are there, of the above; `base` is the folder as the walked
    /// paths below it spell it, or for a folder above the root that root, and `prefix` leads to it then.
    init?(
        _ folder: PathBytes, has names: (_ name: [UInt8]) -> Bool, parent: IgnoreRules?, base: PathBytes,
        prefix: [UInt8] = []
    ) {
        func file(_ name: [UInt8]) -> IgnoreFile? {
            names(name) ? PathSystemCalls.read(folder.appending(name)).flatMap(IgnoreFile.init) : nil
        }
        own = file(Self.names[0])
        general = file(Self.names[1])
        git = file(Self.names[2])
        isRepository = names(Self.repository)
        excluded =
            isRepository
            ? PathSystemCalls.read(folder.appending(Self.repository + Array("/info/exclude".utf8))).flatMap(
                IgnoreFile.init)
            : nil
        isInRepository = isRepository || parent?.isInRepository ?? false
        // A folder that says nothing adds nothing.
        guard own != nil || general != nil || git != nil || isRepository else { return nil }
        self.parent = parent
        self.prefix = prefix
        start = base.bytes.count + (base.bytes.last == UInt8(ascii: "/") ? 0 : 1)
    }

    /// The rules of the folders above `root`, from the outermost.
    static func above(_ root: PathBytes) -> IgnoreRules? {
        guard let place = PathSystemCalls.realPath(root) else { return nil }
        let parts = place.bytes.split(separator: UInt8(ascii: "/"))
        var rules: IgnoreRules?
        for depth in parts.indices {
            guard let folder = PathBytes([UInt8(ascii: "/")] + Array(parts[..<depth].joined(separator: [0x2F]))) else {
                continue
            }
            let prefix = Array(parts[depth...].joined(separator: [0x2F])) + [0x2F]
            rules =
                IgnoreRules(
                    folder, has: { PathSystemCalls.exists(folder.appending($0)) }, parent: rules, base: root,
                    prefix: prefix)
                ?? rules
        }
        return rules
    }

    /// The files that say them, as far as they are there.
    static func files(above root: String) -> [String] {
        guard let place = PathBytes(root).flatMap(PathSystemCalls.realPath) else { return [] }
        let parts = place.bytes.split(separator: UInt8(ascii: "/"))
        let names = names + [repository + Array("/info/exclude".utf8)]
        return parts.indices.flatMap { depth in
            let folder = PathBytes([UInt8(ascii: "/")] + Array(parts[..<depth].joined(separator: [0x2F])))
            return names.compactMap { folder?.appending($0) }
        }.filter(PathSystemCalls.exists).map(\.spelling)
    }

    func match(_ path: PathBytes, isFolder: Bool) -> IgnoreMatch? {
        var own: IgnoreMatch?
        var general: IgnoreMatch?
        var git: IgnoreMatch?
        var excluded: IgnoreMatch?
        var hasLeftRepository = false
        var next: IgnoreRules? = self
        while let rules = next {
            let relative =
                rules.prefix.isEmpty ? path.bytes[rules.start...] : (rules.prefix + path.bytes[rules.start...])[...]
            own = own ?? rules.own?.match(relative, isFolder: isFolder)
            general = general ?? rules.general?.match(relative, isFolder: isFolder)
            if isInRepository, !hasLeftRepository {
                git = git ?? rules.git?.match(relative, isFolder: isFolder)
                excluded = excluded ?? rules.excluded?.match(relative, isFolder: isFolder)
            }
            hasLeftRepository = hasLeftRepository || rules.isRepository
            next = rules.parent
        }
        return own ?? general ?? git ?? excluded
    }
}
