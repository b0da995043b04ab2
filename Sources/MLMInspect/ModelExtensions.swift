import ModelFormats

/// Whether somebody expects a model behind a name.
enum ModelExtensions {
    /// By its extension alone.
    static func expectsModel(at path: String) -> Bool {
        guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return false }
        return extensions.contains(name[name.index(after: dot)...].lowercased())
    }

    /// Those of models, without those that mostly are of something else.
    private static let extensions = Set(FormatList.all.identities.flatMap(\.extensions)).subtracting([
        "json", "xml", "txt", "zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "lz4", "lzma", "meta", "index", "dot",
        "dump", "md",
        "package", "export", "textproto", "prototxt",
    ])
}
