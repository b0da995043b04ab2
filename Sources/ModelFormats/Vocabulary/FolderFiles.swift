import ModelBytes
import ModelJSON

/// The files of a folder that is a model.
enum FolderFiles {
    /// A configuration is a text that people edit; anything larger is not one.
    private static let largestDocument = 32 << 20

    /// Names of the files at its top.
    static func topNames(_ listing: [DirectoryEntry]) -> Set<String> {
        Set(listing.lazy.map(\.path).filter { !$0.utf8.contains(UInt8(ascii: "/")) })
    }

    /// Names of the files in each folder, by its path with a slash behind it; the top is the empty text.
    static func namesByFolder(_ paths: some Sequence<String>) -> [String: Set<String>] {
        var folders: [String: Set<String>] = [:]
        for path in paths {
            let (folder, name) = parts(path)
            folders[folder, default: []].insert(name)
        }
        return folders
    }

    /// Whether a file of this path is among them.
    static func has(_ path: String, in folders: [String: Set<String>]) -> Bool {
        let (folder, name) = parts(path)
        return folders[folder]?.contains(name) == true
    }

    /// The folder with its slash, and the name in it.
    private static func parts(_ path: String) -> (folder: String, name: String) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let start = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
        return (String(path[..<start]), String(path[start...]))
    }

    /// A file of JSON by its relative path; nil when there is none.
    static func document(_ path: String, of subject: InspectedArtifact) throws(InspectionError) -> JSONValue? {
        guard let source = try subject.artifact.companion(path) else { return nil }
        guard source.count <= largestDocument else {
            throw InspectionError(.limit, "limit: document bytes \(source.count) > \(largestDocument)", entry: path)
        }
        return try JSONValue.parse(source, limits: subject.limits, dialect: .python)
    }
}
