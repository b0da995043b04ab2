import ModelBytes
import ModelContainers

/// A SavedModel in a tar archive, compressed or not, as TensorFlow Hub hands them out. Headers are read through; shards
/// are passed over, and what the graph needs is kept in memory within its limit.
enum SavedModelTar: Format {
    /// Its one id is that of the folder that lies in it.
    static let identities: [FormatIdentity] = SavedModel.identities

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.nesting == 0, let content = subject.tarContent,
            let archive = try? TarArchive(content, limits: subject.limits),
            let form = TarLayout(archive).form
        else { return nil }
        return SniffMatch(.signature, "a tar archive with \(form.rawValue)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let content = subject.tarContent else { return }
        let layout = TarLayout(try TarArchive(content, limits: subject.limits))
        result.variant = (try? subject.inflated?.get())?.compression.rawValue ?? "tar"
        for entry in layout.archive.entries.prefix(subject.limits.tarEntries.value) where TarLayout.leaves(entry.name) {
            result.report(
                .warning, code: "tar.unsafe-name",
                "this name would leave the folder it is extracted to; nothing is extracted here", at: entry.name)
        }
        let folder = try layout.folder(subject)
        let variant = result.variant
        try SavedModel.probe(folder, subject, nil, into: &result)
        if result.variant == variant, let variant, variant != "tar" { result.variant = "\(variant)-compressed tar" }
        // `unet.tar.gz` has two extensions.
        if result.facts.name == nil, subject.artifact.stem.hasSuffix(".tar") {
            result.facts.name = String(subject.artifact.stem.dropLast(4))
            result.note("name", .derived, "name of the file")
        }
    }
}

/// A tar archive seen through its one top folder, if it has one; names may begin with `./`.
private struct TarLayout {
    let archive: TarArchive
    /// Files by their names below the top folder; of a name that occurs twice the last one counts.
    private var files: [String: TarArchive.Entry] = [:]
    private let top: String?

    init(_ archive: TarArchive) {
        self.archive = archive
        var tops: Set<Substring> = []
        var named: [(parts: [Substring], entry: TarArchive.Entry)] = []
        for entry in archive.entries where entry.kind == .file && !Self.leaves(entry.name) {
            let parts = entry.name.split(separator: "/").filter { $0 != "." }
            // AppleDouble files, which macOS adds, are no part of the model.
            guard let last = parts.last, !last.hasPrefix("._") else { continue }
            tops.insert(parts.count > 1 ? parts[0] : "")
            named.append((parts, entry))
        }
        let top = tops.count == 1 ? tops.first.flatMap { $0.isEmpty ? nil : String($0) } : nil
        self.top = top
        for (parts, entry) in named {
            files[(top == nil ? parts[...] : parts.dropFirst()).joined(separator: "/")] = entry
        }
    }

    /// Whether a member would be extracted outside of the folder; such a one is no part of the model.
    static func leaves(_ name: String) -> Bool {
        name.hasPrefix("/") || name.split(separator: "/").contains("..")
    }

    var form: SavedModelFolder.Form? { SavedModelFolder.Form.allCases.first { files[$0.rawValue] != nil } }

    /// What the graph needs, fetched in the order of the archive, so that a compressed one is read forwards.
    func folder(_ subject: InspectedArtifact) throws(InspectionError) -> SavedModelFolder {
        let isCompressed = subject.inflated != nil
        let wanted = [
            form?.rawValue ?? "", SavedModelVariables.path, "keras_metadata.pb", "fingerprint.pb",
        ]
        var sources: [String: ByteSource] = [:]
        var held = 0
        let found = wanted.compactMap { path in files[path].map { (path: path, entry: $0) } }
        for (path, entry) in found.sorted(by: { $0.entry.offset < $1.entry.offset }) {
            let source = try archive.open(entry)
            guard isCompressed else {
                sources[path] = source
                continue
            }
            held += entry.size
            try subject.limits.inflatedBytes.check(held, entry: entry.name)
            sources[path] = ByteSource(MemoryBytes(try source.bytes(at: 0, count: entry.size)), entry: entry.name)
        }
        let members = files.map { SavedModelFolder.File(path: $0.key, size: $0.value.size) }
        let name = top ?? String(subject.artifact.name.prefix { $0 != "." })
        let opened = sources
        return SavedModelFolder(files: members, name: name, archive: "tar") { path in opened[path] }
    }
}
