import ModelBytes
import ModelContainers

/// The files of a SavedModel, wherever they are: a directory, the neighbours of a file, a zip archive, a tar archive.
struct SavedModelFolder {
    struct File {
        /// Relative to the folder.
        let path: String
        let size: Int
    }

    /// Every file that is known, sorted; of the neighbours of a file only those that a SavedModel can have.
    let files: [File]
    /// As `tf.saved_model.load` has to be given it.
    let name: String
    /// What the graph is called here, when that is not what TensorFlow looks for.
    var graphName: String?
    /// What has to be unpacked first, in words; nil for a folder as it is.
    let archive: String?
    /// Whether there may be files that are not in `files`.
    var isPartial = false
    private let sizes: [String: Int]
    private let read: (String) throws(InspectionError) -> ByteSource?

    init(
        files: [File], name: String, archive: String?,
        read: @escaping (String) throws(InspectionError) -> ByteSource?
    ) {
        self.files = files.sorted { $0.path < $1.path }
        sizes = Dictionary(files.map { ($0.path, $0.size) }, uniquingKeysWith: { first, _ in first })
        self.name = name
        self.archive = archive
        self.read = read
    }

    func size(_ path: String) -> Int? { sizes[path] }
    func has(_ path: String) -> Bool { size(path) != nil }

    /// The bytes of a file; nil when there is none.
    func open(_ path: String) throws(InspectionError) -> ByteSource? { try read(path) }

    /// A directory that was named.
    static func directory(_ artifact: Artifact, _ listing: [DirectoryEntry]) -> SavedModelFolder {
        SavedModelFolder(
            files: listing.map { File(path: $0.path, size: $0.size) }, name: artifact.name, archive: nil
        ) { path throws(InspectionError) in try artifact.companion(path) }
    }

    /// The folder around a file that was named, as far as a SavedModel has names for what lies in it.
    static func around(_ artifact: Artifact, _ source: ByteSource) -> SavedModelFolder {
        var files = [File(path: artifact.name, size: source.count)]
        let beside = ["variables/variables.index", "keras_metadata.pb", "fingerprint.pb"]
        for path in beside where path != artifact.name {
            // What cannot be looked at is as good as missing: it is said which files are.
            if let size = try? artifact.companionSize(path) { files.append(File(path: path, size: size)) }
        }
        // Its folder, under whatever name the file was reached.
        var folder = SavedModelFolder(files: files, name: ".", archive: nil) { path throws(InspectionError) in
            path == artifact.name ? source : try artifact.companion(path)
        }
        folder.isPartial = true
        if Form(rawValue: artifact.name) == nil { folder.graphName = artifact.name }
        return folder
    }

    /// A zip archive, below its one top folder when it has one.
    static func zip(_ artifact: Artifact, _ layout: ArchiveLayout) -> SavedModelFolder {
        let files = layout.entries(under: "").map { File(path: layout.name($0), size: $0.size) }
        let folder = layout.folder.isEmpty ? artifact.stem : String(layout.folder.dropLast())
        return SavedModelFolder(files: files, name: folder, archive: "zip") { path throws(InspectionError) in
            try layout.open(path)
        }
    }
}

extension SavedModelFolder {
    /// The graph, in one of the forms that `tf.saved_model.load` looks for in this order (loader_impl.py).
    enum Form: String, CaseIterable {
        case chunks = "saved_model.cpb"
        case binary = "saved_model.pb"
        case text = "saved_model.pbtxt"
    }

    var form: Form? { Form.allCases.first { has($0.rawValue) } }

    /// What each file is to the model.
    static func role(_ path: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if Form(rawValue: path) != nil { return "graph" }
        if path.hasPrefix("variables/") {
            if name.hasSuffix(".index") { return "index of the variables" }
            return name.contains(".data-") ? "mlm:weights" : nil
        }
        if path.hasPrefix("assets/") { return "asset" }
        if path.hasPrefix("assets.extra/") { return "extra asset" }
        if path.hasPrefix("debug/") { return "debug information" }
        switch path {
        case "fingerprint.pb": return "fingerprint"
        case "keras_metadata.pb": return "Keras metadata"
        default: return nil
        }
    }
}
