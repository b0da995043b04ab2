package import ModelBytes
package import ModelContainers

/// An artifact together with what several formats look at; each of these is read at most once.
package final class InspectedArtifact {
    /// What is inspected.
    package let artifact: Artifact
    /// How much of it may be read and built.
    package let limits: Limits
    /// How many archives this one was taken out of; a member that is a model is opened one level deep only.
    package let nesting: Int
    /// Whether the model that it is a member of says that these are its weights, however they are named.
    let isWeights: Bool
    /// The formats that a member of it can be of.
    private let formats: FormatList
    /// Shared by all subjects of one inspector.
    private let hdf5Reader: HDF5Reader
    /// What reading HDF5 has taken so far, for all files of this artifact.
    private let hdf5Time: HDF5Time
    /// What the members of this artifact's folder have taken so far.
    let budget: MemberBudget

    package convenience init(
        _ artifact: Artifact, limits: Limits, formats: FormatList, hdf5Reader: HDF5Reader = HDF5Reader(),
        nesting: Int = 0, hdf5Time: HDF5Time = HDF5Time(), isWeights: Bool = false
    ) {
        self.init(
            artifact, limits: limits, formats: formats, hdf5Reader: hdf5Reader, nesting: nesting, hdf5Time: hdf5Time,
            isWeights: isWeights, budget: MemberBudget())
    }

    private init(
        _ artifact: Artifact, limits: Limits, formats: FormatList, hdf5Reader: HDF5Reader, nesting: Int,
        hdf5Time: HDF5Time, isWeights: Bool, budget: MemberBudget
    ) {
        self.budget = budget
        self.isWeights = isWeights
        self.hdf5Time = hdf5Time
        self.artifact = artifact
        self.limits = limits
        self.formats = formats
        self.hdf5Reader = hdf5Reader
        self.nesting = nesting
    }

    /// A member of this artifact as an artifact of its own.
    package func member(_ artifact: Artifact, isWeights: Bool = false) -> InspectedArtifact {
        InspectedArtifact(
            artifact, limits: limits, formats: formats, hdf5Reader: hdf5Reader, nesting: nesting + 1,
            hdf5Time: hdf5Time, isWeights: isWeights, budget: budget)
    }

    /// Whether this file of its folder was looked at before under another name, for the same purpose. A million names of one
    /// file cost a million times its bytes, and say nothing more.
    func isRepeated(_ path: String, _ source: ByteSource, _ purpose: MemberBudget.Purpose) -> Bool {
        let ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(path[path.utf8.index(after: $0)...]) }
        let marked = ending.flatMap { formats.seeksArchiveEnd(withExtension: $0) ? $0 : nil }
        return budget.isRepeated(source, purpose, ending: marked)
    }

    /// The formats that recognise it, the best first.
    package func recognise() -> Recognition { formats.recognise(self) }

    /// Adds to the `result` of its format what other loaders would run.
    func lookAgain(besides result: inout ProbeResult) { formats.secondReaders?.look(at: self, besides: &result) }

    /// What other loaders would run when it is of no format; nil when there is nothing.
    func lookAgain() -> ProbeResult? { formats.secondReaders?.look(at: self) }

    /// The first bytes of the file; empty for a directory.
    package var head: [UInt8] { artifact.head }

    /// The bytes of the file; nil for a directory.
    package var source: ByteSource? {
        if case .file(let source) = artifact.content { source } else { nil }
    }

    /// The files of the directory; nil for a file.
    package var listing: [DirectoryEntry]? {
        if case .directory(let entries) = artifact.content { entries } else { nil }
    }

    /// The file as a zip archive: nil when it does not begin like one, a failure when it does but is broken.
    package private(set) lazy var zip: Result<ArchiveLayout, InspectionError>? = {
        guard let source, ZipArchive.mayBeZip(head: head) else { return prefixedZip.map { .success($0) } }
        return Result { () throws(InspectionError) in ArchiveLayout(try ZipArchive(source, limits: limits)) }
    }()

    /// The archive at the end of a file that begins otherwise. Python's zipfile takes it all the same, so the tail is looked
    /// at where some loader goes by the name of the file alone, as Keras does.
    private lazy var prefixedZip: ArchiveLayout? = {
        guard let source, let ending = artifact.name.split(separator: ".").last,
            formats.seeksArchiveEnd(withExtension: String(ending))
        else { return nil }
        // What has no such end is no archive.
        return (try? ZipArchive(source, limits: limits)).map(ArchiveLayout.init)
    }()

    /// The layout of the zip archive when it can be opened.
    package var layout: ArchiveLayout? { try? zip?.get() }

    /// The bytes of a tar archive, those of the file or what its compression hides; nil when they begin like none.
    package private(set) lazy var tarContent: ByteSource? = {
        guard let inflated else { return source.flatMap { TarArchive.mayBeTar(head: head) ? $0 : nil } }
        // A stream that is broken at its very beginning shows nothing of what is in it.
        guard let stream = try? inflated.get() else { return nil }
        let content = ByteSource(stream)
        guard let head = try? content.bytes(at: 0, upTo: 512), TarArchive.mayBeTar(head: head) else { return nil }
        return content
    }()

    /// What is in the file by HDF5's rules: nil when there is no HDF5 signature, a failure when there is one but the file
    /// is broken or cannot be read here.
    package private(set) lazy var hdf5: Result<HDF5Outline, InspectionError>? = {
        guard let source, HDF5Signature.offset(in: head) != nil else { return nil }
        return Result { () throws(InspectionError) in try hdf5Outline(of: source) }
    }()

    /// What is in an HDF5 file that is a member of this artifact, or a companion of it.
    package func hdf5Outline(of source: ByteSource) throws(InspectionError) -> HDF5Outline {
        try hdf5Reader.outline(of: source, limits: limits, after: hdf5Time)
    }

    /// What the file becomes when all of it is one compressed stream: nil when it does not begin like one.
    package private(set) lazy var inflated: Result<InflatedBytes, InspectionError>? = {
        guard let source, let compression = Compression(head: head) else { return nil }
        return Result { () throws(InspectionError) in try InflatedBytes(source, compression, limits: limits) }
    }()

    /// What the beginning of the file says as text, without a byte order mark and leading white space; empty when its first
    /// bytes are no text.
    package private(set) lazy var leadingText: Substring = {
        var bytes = head[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        bytes = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let isText = bytes.prefix(16).allSatisfy {
            ($0 >= 0x20 || (0x09...0x0D).contains($0)) && $0 != 0x7F && $0 < 0xF8
        }
        return isText ? Substring(String(decoding: bytes, as: UTF8.self)) : ""
    }()

    /// Whether the head has this text in it.
    package func headContains(_ text: String) -> Bool {
        let head = head
        return head.span.holds(text)
    }

    /// Whether these bytes stand at `offset` of the head.
    package func begins(with bytes: [UInt8], at offset: Int = 0) -> Bool {
        head.dropFirst(offset).starts(with: bytes)
    }
}

/// A zip archive seen through its one common top folder, if it has one: torch writes `unet/data.pkl` for `unet.pt` and
/// `archive/data.pkl` for a file object, so no name of that folder may be relied on.
package struct ArchiveLayout {
    /// The archive itself.
    package let archive: ZipArchive
    /// The folder that all entries lie in, with its slash; empty when there is none.
    package let folder: String

    package init(_ archive: ZipArchive) {
        self.archive = archive
        var folder: Substring?
        for entry in archive.entries {
            let first = entry.name.firstIndex(of: "/").map { entry.name[...$0] } ?? ""
            if let known = folder, known != first {
                folder = ""
                break
            }
            folder = first
        }
        self.folder = String(folder ?? "")
    }

    init(_ archive: ZipArchive, folder: String) {
        self.archive = archive
        self.folder = folder
    }

    /// The entry of this name below the top folder.
    package func entry(_ name: String) -> ZipArchive.Entry? { archive.entry(folder + name) }

    /// Whether there is an entry of this name below the top folder.
    package func has(_ name: String) -> Bool { entry(name) != nil }

    /// Every entry whose name below the top folder begins with `prefix`, in the archive's order.
    package func entries(under prefix: String) -> [ZipArchive.Entry] {
        let full = folder + prefix
        return archive.entries.filter { $0.name.hasPrefix(full) && !$0.name.hasSuffix("/") }
    }

    /// Whether any entry's name below the top folder begins with `prefix`.
    package func hasEntries(under prefix: String) -> Bool {
        let full = folder + prefix
        return archive.entries.contains { $0.name.hasPrefix(full) }
    }

    /// The name of `entry` below the top folder.
    package func name(_ entry: ZipArchive.Entry) -> String { String(entry.name.dropFirst(folder.count)) }

    /// The bytes of the entry of this name, or nil when there is none.
    package func open(_ name: String) throws(InspectionError) -> ByteSource? {
        guard let entry = entry(name) else { return nil }
        return try archive.open(entry)
    }

    /// A small text entry, white space trimmed; nil when there is none or it is longer than `limit` bytes.
    package func text(_ name: String, upTo limit: Int = 4_096) throws(InspectionError) -> String? {
        guard let entry = entry(name), entry.size <= limit else { return nil }
        let source = try archive.open(entry)
        let bytes = try source.bytes(at: 0, upTo: limit)
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
