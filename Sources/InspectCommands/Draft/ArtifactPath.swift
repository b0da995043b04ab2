import STAC
import SystemPackage

/// A path to draft, and how it was found.
struct ArtifactPath: Hashable {
    /// The path that is opened.
    let path: String
    /// Relative to the folder that was walked; for a path given directly, its last component.
    let relative: String

    init(named path: String) {
        self.path = path
        relative = FilePath(path).lastComponent?.string ?? path
    }

    /// Found at or below one of `roots`.
    init(_ path: String, below roots: [String]) {
        let root = roots.map { $0.hasSuffix("/") ? $0 : $0 + "/" }.filter(path.hasPrefix).max { $0.count < $1.count }
        self.path = path
        relative = root.map { String(path.dropFirst($0.count)) } ?? ArtifactPath(named: path).relative
    }

    var isStandardInput: Bool { path == "-" }

    /// The paths as the ids of their Items are made of them.
    static func identifiers(_ paths: [ArtifactPath]) -> ItemIdentifiers {
        ItemIdentifiers(paths.map { ItemIdentifiers.Path(short: $0.relative, full: $0.path) })
    }
}

/// Where an Item will be written, which determines its links to the models.
struct ItemPlace {
    /// Nil on standard output, where an Item is taken to lie beside its model.
    private let folder: String?
    private let prefix: String?

    init(folder: String?, prefix: String?) {
        self.folder = folder
        self.prefix = prefix
    }

    /// Beside the file that `path` names.
    static func beside(_ path: String?, prefix: String?) -> ItemPlace {
        ItemPlace(folder: path.map { FilePath($0).removingLastComponent().string }, prefix: prefix)
    }

    /// Nil for standard input. `first` is the artifact that an Item of several begins with.
    func href(of artifact: ArtifactPath, first: ArtifactPath) -> String? {
        if artifact.isStandardInput { return nil }
        if let prefix { return Href.joined(prefix, artifact.relative) }
        let folder = folder ?? FilePath(first.path).removingLastComponent().string
        return Href.relative(Self.absolute(artifact.path), from: Self.absolute(folder))
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : WorkingFolder.path + "/" + path
    }
}
