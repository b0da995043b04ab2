import ArgumentParser
import Glibc
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC
import SystemPackage

/// Writes a Collection and its Items: scans, and drafts an Item for every model. Ids can be made only when all models are
/// known, so their records wait in a file; only path and id of each stay in memory.
struct CollectionRun {
    let roots: [String]
    let folder: CollectionFolder
    let prefix: String?
    let isFinal: Bool
    let isPretty: Bool
    let failOn: FailOn
    var collection: CollectionDraft

    /// The exit code.
    mutating func write(_ scan: Scan, _ drafter: Drafter, checksums: Inspector?) throws -> Int32 {
        let records = try folder.recordFile()
        let (artifacts, summary) = try find(scan, into: records)
        if summary.interrupt != nil { return summary.code(failOn) }
        let ids = ArtifactPath.identifiers(artifacts)
        var open = OpenGaps()
        var written: [String: String] = [:]
        var bar = ProgressBar("drafting", total: artifacts.count, unit: .files)
        defer { bar.clear() }
        for (index, artifact) in artifacts.enumerated() {
            var record = try records.record(index)
            if let checksums { checksums.addChecksums(to: &record, name: artifact.relative) }
            if let message = ErrorText.message(record) {
                bar.say(message)
                continue
            }
            let id = ids[artifact.path]
            let place = ItemPlace(folder: folder.items, prefix: prefix)
            var item = try drafter.item([(artifact, record)], id: id, at: place)
            // By themselves they are different; in side files people may write the same twice.
            if let other = written.updateValue(artifact.path, forKey: item.id) {
                throw UsageError("\(other) and \(artifact.path) have the same id \(item.id); nothing was written")
            }
            collection.adopt(&item)
            bar.advance()
            if isFinal { open.add(item, artifact.path) }
            // Once a required value is missing, nothing will be written; the other Items are only examined.
            guard open.isEmpty else { continue }
            try folder.stage(item.json(isFinal: isFinal).write(pretty: isPretty) + "\n", id: item.id)
            collection.add(item)
        }
        bar.clear()
        guard open.isEmpty else {
            open.tell()
            return 1
        }
        if collection.count > 0 {
            try folder.finish(collection.json(isFinal: isFinal, note: GapFlags.told).write(pretty: isPretty) + "\n")
        }
        return summary.code(failOn)
    }

    /// The models below the folders, their records in `file` in the same order.
    private func find(_ scan: Scan, into file: RecordFile) throws -> ([ArtifactPath], Scan.Summary) {
        var artifacts: [ArtifactPath] = []
        var bar = ProgressBar("scanning", total: nil, unit: .files)
        defer { bar.clear() }
        let summary = try scan.run { event in
            switch event {
            case .record(let record) where record.verdict == .model:
                // An Item cannot link to a member of an archive.
                if record.isMember { return }
                artifacts.append(ArtifactPath(try Self.path(record), below: roots))
                try file.append(record)
            case .record(let record):
                if record.verdict == .failed, let message = ErrorText.message(try record.record()) { bar.say(message) }
            case .problem(let path, let message): bar.say(TextStyle.inert("\(path): \(message)"))
            case .progress(let progress):
                bar.show(progress)
            }
        }
        return (artifacts, summary)
    }

    /// The path alone: all of the record is read when its turn comes.
    private static func path(_ record: ScannedRecord) throws -> String {
        var path = ""
        var scanner = JSONScanner(ByteSource(MemoryBytes(record.line)), limits: Limits())
        try scanner.object { key, scanner in
            if key == "path", path.isEmpty { path = try scanner.string() }
        }
        return path
    }
}

extension CollectionDraft {
    /// Moves the values that describe the Collection out of `values`; the rest describes its Items.
    static func begin(_ folder: String, id: String?, _ values: inout GivenValues) -> CollectionDraft {
        var collection = CollectionDraft(id: id ?? name(of: folder))
        collection.sources = [
            "id": "--collection-id", "title": "--title", "description": "--description", "license": "--license",
        ]
        collection.title = values.take("title")
        collection.description = values.take("description")
        collection.license = values.property("license")
        return collection
    }

    private static func name(of folder: String) -> String {
        let whole = folder.hasPrefix("/") ? folder : WorkingFolder.path + "/" + folder
        return ItemIdentifier.slug(FilePath(whole).lexicallyNormalized().lastComponent?.string ?? "models")
    }
}

/// Records that wait in a file.
final class RecordFile {
    private let descriptor: FileDescriptor
    private let path: FilePath
    private var records: [(end: Int, isDirectory: Bool)] = []

    init(_ path: FilePath) throws {
        self.path = path
        do {
            descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
        } catch {
            throw OutputError(path: path.string, errno: error as? Errno ?? .ioError)
        }
    }

    deinit {
        try? descriptor.close()
        _ = unsafe unlink(path.string)
    }

    func append(_ record: ScannedRecord) throws {
        do {
            try descriptor.writeAll(record.line)
        } catch {
            throw OutputError(path: path.string, errno: error as? Errno ?? .ioError)
        }
        records.append(((records.last?.end ?? 0) + record.line.count, record.isDirectory))
    }

    func record(_ index: Int) throws -> Record {
        let start = index == 0 ? 0 : records[index - 1].end
        let (end, isDirectory) = records[index]
        guard let line = PositionedRead.bytes(of: descriptor.rawValue, at: start, count: end - start) else {
            throw OutputError(path: path.string, errno: .ioError)
        }
        var record = try JSONValueDecoder().decode(Record.self, from: JSONValue.parse(line))
        record.isDirectory = isDirectory
        return record
    }
}
