import ArgumentParser
import MLMDraft
import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import SystemPackage

/// Writes a Collection and its Items. Of each Item no more is kept than its id, so that ten thousand need no more memory
/// than their links.
struct CollectionRun {
    private let folder: CollectionFolder
    private let artifacts: [ArtifactPath]
    private let ids: ItemIdentifiers
    private let prefix: String?
    private let isFinal: Bool
    private let isPretty: Bool
    private var collection: CollectionDraft
    private var bar: ProgressBar
    /// Items by the path of their artifact, in the order they came in.
    private var written: [(path: String, id: String)] = []
    /// Files that are members of an artifact, and no Items of their own.
    private var members: Set<String> = []

    /// Takes out of `values` what is said of the Collection.
    init(
        folder: String, given: GivenOptions, isFinal: Bool, output: OutputOptions, _ artifacts: [ArtifactPath],
        _ values: inout GivenValues
    ) throws {
        self.artifacts = artifacts
        ids = ArtifactPath.identifiers(artifacts)
        prefix = given.hrefPrefix
        self.isFinal = isFinal
        isPretty = !output.compact
        collection = CollectionDraft(id: given.collectionId ?? Self.id(of: folder))
        collection.title = values.take("title")
        collection.description = values.take("description")
        collection.license = values.property("license")
        bar = ProgressBar("drafting", total: artifacts.count, unit: .files)
        self.folder = try CollectionFolder(folder, overwrites: output.force)
    }

    mutating func write(_ drafter: inout Drafter) throws {
        var open = OpenGaps()
        defer { bar.clear() }
        for artifact in artifacts {
            let record = drafter.inspect(artifact, saysWhatIsNoModel: false)
            bar.advance()
            guard record.verdict == .model else { continue }
            noteMembers(record, of: artifact)
            if members.contains(artifact.path) { continue }
            let id = ids[artifact.path]
            let place = ItemPlace(folder: folder.path + "/" + id, prefix: prefix)
            var item = try drafter.item([(artifact, record)], id: id, at: place)
            collection.adopt(&item)
            if isFinal { open.add(item, artifact.path) }
            // Once one is open nothing will be written; the others are only looked at.
            guard open.isEmpty else { continue }
            try folder.stage(item.json(isFinal: isFinal).write(pretty: isPretty) + "\n", id: item.id)
            written.append((artifact.path, item.id))
            collection.add(item)
        }
        bar.clear()
        guard open.isEmpty else {
            open.tell()
            throw ExitCode(1)
        }
        // A shard may be met before what it is a shard of.
        collection.remove(Set(written.filter { members.contains($0.path) }.map(\.id)))
        written.removeAll { members.contains($0.path) }
        guard collection.count > 0 else { return }
        try folder.finish(
            written.map(\.id), collection: collection.json(isFinal: isFinal).write(pretty: isPretty) + "\n")
    }

    private mutating func noteMembers(_ record: Record, of artifact: ArtifactPath) {
        let isDirectory = record.draft?.asset["file:size"] == nil
        let folder = isDirectory ? FilePath(artifact.path) : FilePath(artifact.path).removingLastComponent()
        for file in record.files ?? [] where file.present == true && file.role == "mlm:weights" {
            members.insert(folder.appending(FilePath(file.path).components).string)
        }
    }

    private static func id(of folder: String) -> String {
        let path = FilePath(folder).lexicallyNormalized()
        let name = path.lastComponent?.string ?? FilePath(WorkingFolder.path).lastComponent?.string ?? "models"
        return ItemIdentifier.slug(name == "." ? FilePath(WorkingFolder.path).lastComponent?.string ?? "models" : name)
    }
}
