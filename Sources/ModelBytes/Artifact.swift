import SystemPackage

/// A file with its first bytes, or a folder with its listing.
public struct Artifact {
    /// The two kinds of artifacts.
    public enum Content {
        /// The bytes of a file, of standard input or of an archive member.
        case file(ByteSource)
        /// All files below a folder, with paths relative to it and sizes in bytes.
        case directory([DirectoryEntry])
    }

    /// How many of a file's first bytes are read once and shared by all formats.
    public static let headBytes = 4_096

    /// The path as the caller gave it. Bytes that are not UTF-8 are written as in `PathBytes.spelling`.
    public let path: String
    /// The last component of the path.
    public let name: String
    /// `name` without its extension.
    public let stem: String
    /// The extension of the name in lower case, without its dot; empty when there is none.
    public let `extension`: String
    /// The bytes of the file, or the listing of the folder.
    public let content: Content
    /// The first bytes of a file, at most `headBytes`; empty for a directory.
    public let head: [UInt8]
    /// When the file, or any file of the folder, was last changed; nil if there is no file, as for a member of an archive.
    public let modified: FileTime?
    /// Links of a folder that lead to nothing, as those of a hub's cache whose blobs are not there; the first hundred.
    public let danglingLinks: [String]
    private let folder: FilePath?
    private let meter: ReadMeter
    private let intercept: Intercept
    private let followsLinks: Bool

    /// Replaces the storage of every file that is opened. `companion` is nil for the artifact itself, or the path that was
    /// passed to `companion(_:)`.
    public typealias Intercept = (_ file: any ByteStorage, _ companion: String?) -> any ByteStorage

    /// Opens `path`. A FIFO, a device or a socket is an error: reading one could block forever.
    ///
    /// `followsLinks`: also links beside or inside it that lead out of its folder. `intercept` can replace the storage of a
    /// file, for example by one that records reads.
    public static func open(
        _ path: String, limits: Limits, followsLinks: Bool = false,
        through intercept: @escaping Intercept = { file, _ in file }
    ) throws(InspectionError) -> Artifact {
        try open(FilePath(path), as: path, limits: limits, followsLinks: followsLinks, through: intercept)
    }

    /// The same as `open(_:limits:through:)`, for a path that may not be UTF-8.
    public static func open(
        _ path: PathBytes, limits: Limits, followsLinks: Bool = false
    ) throws(InspectionError) -> Artifact {
        try open(path.filePath, as: path.spelling, limits: limits, followsLinks: followsLinks) { file, _ in file }
    }

    private static func open(
        _ place: FilePath, as path: String, limits: Limits, followsLinks: Bool,
        through intercept: @escaping Intercept
    ) throws(InspectionError) -> Artifact {
        let status = try Self.status(place)
        switch status.type {
        case .regular:
            let meter = ReadMeter()
            let storage = try openFile(place, count: Int(status.size))
            meter.add(storage)
            return try Artifact(
                path: path, source: ByteSource(intercept(storage, nil)), folder: place.removingLastComponent(),
                modified: FileTime(status), meter: meter, intercept: intercept, followsLinks: followsLinks)
        case .directory:
            let listing = try DirectoryEntry.list(place, limits: limits)
            return Artifact(
                path: path, directory: listing.entries, modified: listing.modified, dangling: listing.dangling,
                folder: place, followsLinks: followsLinks, intercept: intercept)
        default:
            throw InspectionError(.unreadable, "is \(describe(status.type)), not a file or a directory")
        }
    }

    /// A folder of which only the names of its files and, with a slash behind them, of its folders are known; sizes read as
    /// 0. A scan uses it to decide whether to enter the folder.
    public static func outline(of folder: PathBytes, names: [String]) -> Artifact {
        Artifact(
            path: folder.spelling, directory: names.map { DirectoryEntry(path: $0, size: 0) }, modified: nil,
            folder: folder.filePath
        ) { file, _ in file }
    }

    /// Size and time of the last change that an artifact opened at `path` would have; nil if there is nothing.
    public static func state(of path: PathBytes, limits: Limits) -> (size: Int, modified: FileTime)? {
        // A file that cannot be examined has no state to compare.
        guard let status = try? Stat(path.filePath) else { return nil }
        switch status.type {
        case .regular: return (Int(status.size), FileTime(status))
        case .directory:
            guard let artifact = try? open(path, limits: limits), let modified = artifact.modified else { return nil }
            return (artifact.size, modified)
        default: return nil
        }
    }

    /// A file whose bytes are already available: standard input, a member of an archive, a recorder in a test.
    public init(path: String, source: ByteSource) throws(InspectionError) {
        try self.init(path: path, source: source, folder: nil, modified: nil, meter: ReadMeter())
    }

    /// Standard input: a regular file is read in place, anything else is kept in memory up to a limit.
    public static func standardInput(limits: Limits) throws(InspectionError) -> Artifact {
        let descriptor = FileDescriptor.standardInput
        let status: Stat
        do {
            status = try Stat(descriptor)
        } catch {
            throw refusal(error)
        }
        if status.type == .regular {
            let meter = ReadMeter()
            let storage = FileBytes(descriptor, count: Int(status.size), closes: false)
            meter.add(storage)
            return try Artifact(
                path: "-", source: ByteSource(storage), folder: nil, modified: FileTime(status), meter: meter)
        }
        let bytes = try FileBytes.drain(descriptor, upTo: limits.standardInputBytes)
        return try Artifact(path: "-", source: ByteSource(MemoryBytes(bytes)))
    }

    private static func parts(of path: String) -> (name: String, stem: String, extension: String) {
        guard let last = path.utf8.split(separator: UInt8(ascii: "/")).last, let name = String(last) else {
            return (path, path, "")
        }
        // A dot that begins a name begins no extension.
        guard let dot = last.lastIndex(of: UInt8(ascii: ".")), dot > last.startIndex, name != ".." else {
            return (name, name, "")
        }
        let stem = String(decoding: last[..<dot], as: UTF8.self)
        return (name, stem, String(decoding: last[dot...].dropFirst(), as: UTF8.self).lowercased())
    }

    private init(
        path: String, source: ByteSource, folder: FilePath?, modified: FileTime?, meter: ReadMeter,
        intercept: @escaping Intercept = { file, _ in file }, followsLinks: Bool = false
    ) throws(InspectionError) {
        danglingLinks = []
        self.followsLinks = followsLinks
        self.path = path
        (name, stem, `extension`) = Self.parts(of: path)
        self.content = .file(source)
        self.head = try source.bytes(at: 0, upTo: Self.headBytes)
        self.folder = folder
        self.modified = modified
        self.meter = meter
        self.intercept = intercept
    }

    private init(
        path: String, directory: [DirectoryEntry], modified: FileTime?, dangling: [String] = [], folder: FilePath,
        meter: ReadMeter = ReadMeter(), followsLinks: Bool = false, intercept: @escaping Intercept
    ) {
        danglingLinks = dangling
        self.followsLinks = followsLinks
        self.path = path
        (name, stem, `extension`) = Self.parts(of: path)
        self.content = .directory(directory)
        self.head = []
        self.folder = folder
        self.modified = modified
        self.meter = meter
        self.intercept = intercept
    }

    /// The folder of this relative path with what is listed below it; nil when nothing is, and for a file.
    public func subfolder(_ relative: String) -> Artifact? {
        guard case .directory(let entries) = content, let folder, Self.staysBelow(relative) else { return nil }
        let start = relative + "/"
        let inner = entries.filter { $0.path.hasPrefix(start) }.map {
            DirectoryEntry(path: String($0.path.dropFirst(start.count)), size: $0.size)
        }
        guard !inner.isEmpty else { return nil }
        let intercept = intercept
        return Artifact(
            path: relative, directory: inner, modified: nil,
            dangling: danglingLinks.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) },
            folder: folder.appending(relative),
            meter: meter, followsLinks: followsLinks
        ) { file, companion in intercept(file, companion.map { start + $0 }) }
    }

    /// `stem` without the `.pth` of `.pth.tar`, as torch's ImageNet example names its checkpoints.
    public var modelName: String {
        let inner = FilePath(stem)
        guard self.extension == "tar", inner.extension == "pth" || inner.extension == "pt" else { return stem }
        return inner.lastComponent?.stem ?? stem
    }

    /// Whether it is a file, and not a directory.
    public var isFile: Bool { if case .file = content { true } else { false } }

    /// Bytes of the file, or of all files of the directory.
    public var size: Int {
        switch content {
        case .file(let source): source.count
        case .directory(let entries): entries.reduce(0) { $0 + $1.size }
        }
    }

    /// Bytes read so far from this artifact and from the files beside or inside it.
    public var bytesRead: Int { meter.bytesRead }

    /// Links beside or inside it that lead out of its folder, and so were not followed, in the order they were met.
    public var refusedLinks: [String] { meter.refusedLinks }

    /// Whether there is a folder that can hold companion files. Standard input and members of archives have none.
    public var hasFolder: Bool { folder != nil }

    /// The file at a relative path beside this file, or inside this folder; nil if there is none, or a link
    /// that leads out of the folder.
    ///
    /// Throws `malformed` if the path is absolute or contains `..`: an artifact must not refer to files outside its folder.
    public func companion(_ relative: String) throws(InspectionError) -> ByteSource? {
        guard let found = try regularFile(relative) else { return nil }
        let storage = try Self.openFile(found.place, count: found.size, identity: found.identity)
        meter.add(storage)
        return ByteSource(intercept(storage, relative), entry: relative)
    }

    /// All bytes of such a small file, which is closed again: for folders of more files than can be open. Nil as well for
    /// one of more than `limit` bytes.
    public func companionBytes(_ relative: String, upTo limit: Int) throws(InspectionError) -> [UInt8]? {
        guard let found = try regularFile(relative), found.size <= limit else { return nil }
        let file = ByteSource(intercept(try Self.openFile(found.place, count: found.size), relative), entry: relative)
        let bytes = try file.bytes(at: 0, upTo: limit)
        meter.add(bytes: bytes.count)
        return bytes
    }

    /// The first bytes of such a file, which is closed again.
    public func companionHead(_ relative: String, count: Int) throws(InspectionError) -> [UInt8]? {
        guard let found = try regularFile(relative) else { return nil }
        let file = ByteSource(intercept(try Self.openFile(found.place, count: found.size), relative), entry: relative)
        let bytes = try file.bytes(at: 0, upTo: count)
        meter.add(bytes: bytes.count)
        return bytes
    }

    /// The size of such a file, without opening it. Otherwise the same as `companion`.
    public func companionSize(_ relative: String) throws(InspectionError) -> Int? {
        try regularFile(relative)?.size
    }

    /// Names of what lies in the folder of this file, hidden ones apart; nil for a folder, for what has none, and where there
    /// are more than `limit`.
    public func siblings(upTo limit: Int) -> [String]? {
        guard isFile, let folder else { return nil }
        return DirectoryEntry.names(in: folder.isEmpty ? "." : folder, upTo: limit)
    }

    private func regularFile(
        _ relative: String
    ) throws(InspectionError) -> (place: FilePath, size: Int, identity: FileIdentity)? {
        guard let folder else { return nil }
        guard Self.staysBelow(relative) else {
            throw InspectionError(.malformed, "the path \"\(relative)\" leaves the folder of the artifact")
        }
        let place = folder.appending(relative)
        // Most of what is looked for is not there, and so no link.
        let status: Stat
        do {
            status = try Self.status(place)
        } catch {
            if error.reason == .notFound { return nil }
            throw error
        }
        if !followsLinks, Links.lead(relative, outOf: folder) {
            meter.refuse(relative)
            return nil
        }
        guard status.type == .regular else {
            throw InspectionError(.unreadable, "is \(Self.describe(status.type)), not a file", entry: relative)
        }
        let identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.deviceID.rawValue),
            inode: UInt64(truncatingIfNeeded: status.inode.rawValue))
        return (place, Int(status.size), identity)
    }

    /// Whether a relative path stays below its start, on this system and on Windows, where the artifact may be loaded.
    public static func staysBelow(_ relative: String) -> Bool {
        let bytes = relative.utf8
        guard let first = bytes.first, !bytes.contains(0), first != UInt8(ascii: "/"), first != UInt8(ascii: "\\"),
            bytes.dropFirst().first != UInt8(ascii: ":")
        else { return false }
        return !relative.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }

    private static func status(_ place: FilePath) throws(InspectionError) -> Stat {
        do {
            return try Stat(place)
        } catch {
            throw refusal(error)
        }
    }

    private static func openFile(
        _ place: FilePath, count: Int, identity: FileIdentity? = nil
    ) throws(InspectionError) -> FileBytes {
        do {
            // Non-blocking: the path may have become a FIFO since it was looked at.
            let descriptor = try FileDescriptor.open(place, .readOnly, options: [.closeOnExec, .nonBlocking])
            return FileBytes(descriptor, count: count, identity: identity)
        } catch let error as Errno {
            throw refusal(error)
        } catch {
            throw InspectionError(.unreadable, "cannot be opened")
        }
    }

    private static func refusal(_ error: Errno) -> InspectionError {
        switch error {
        case .noSuchFileOrDirectory, .notDirectory: InspectionError(.notFound, "no such file or directory")
        case .permissionDenied, .notPermitted: InspectionError(.unreadable, "permission denied")
        default: InspectionError(.unreadable, "\(error)")
        }
    }

    private static func describe(_ type: FileType) -> String {
        switch type {
        case .fifo: "a FIFO"
        case .socket: "a socket"
        case .characterSpecial, .blockSpecial: "a device"
        default: "a special file"
        }
    }
}

/// Adds up what the files of one artifact have read.
final class ReadMeter {
    private var files: [FileBytes] = []
    private var closed = 0
    private(set) var refusedLinks: [String] = []
    /// What was said of so many is not said of more.
    private static let mostRefused = 100
    func add(_ file: FileBytes) { files.append(file) }
    func refuse(_ link: String) {
        if refusedLinks.count < Self.mostRefused, !refusedLinks.contains(link) { refusedLinks.append(link) }
    }
    /// Of a file that is closed again.
    func add(bytes: Int) { closed += bytes }
    var bytesRead: Int { files.reduce(closed) { $0 + $1.bytesRead } }
}
