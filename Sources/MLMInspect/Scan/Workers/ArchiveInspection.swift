import ModelBytes
import ModelContainers
import ModelFormats

/// Inspects a path, and if it is an archive that is no model itself, its members too: one level deep, in place or in
/// memory, and never extracted.
public struct ArchiveInspection {
    /// What the records of an inspection contain.
    public struct Options: Sendable {
        /// Whether records say when their artifact was changed.
        public var withTimes = false

        /// What is given of a record in place of its JSON.
        package var row: RecordRow?

        /// Options for records in JSON. `withTimes` sets `Record.modified` (RFC 3339, UTC), which a resumed scan
        /// needs.
        public init(withTimes: Bool = false) { self.withTimes = withTimes }

        /// Options for records as rows; `row` nil gives JSON.
        package init(withTimes: Bool, row: RecordRow?) {
            self.withTimes = withTimes
            self.row = row
        }
    }

    private let inspector: Inspector
    private let options: Options

    init(_ inspector: Inspector, options: Options) {
        self.inspector = inspector
        self.options = options
    }

    /// Gives the record of what stands at `path`, and then those of its members in the order of the archive.
    func inspect(_ path: PathBytes, _ body: (ScannedRecord) -> Void) {
        var (record, subject) = inspector.examine(path)
        if options.withTimes { record.modified = subject?.artifact.modified?.text }
        var members: [ScannedRecord] = []
        if record.verdict == .unrecognised, let subject, let archive = ArchiveMembers(subject) {
            members = look(into: archive, of: subject, &record)
        }
        for item in [ScannedRecord(record).showing(options.row, of: record)] + members { body(item) }
    }

    private func look(into archive: ArchiveMembers, of subject: InspectedArtifact, _ record: inout Record)
        -> [ScannedRecord]
    {
        var records: [ScannedRecord] = []
        var passedOver = archive.passedOver
        var bytes = 0
        for member in archive.members {
            let path = "\(record.path)!/\(member.name)"
            let inner: Record
            do throws(InspectionError) {
                guard let source = try archive.open(member) else {
                    passedOver += 1
                    continue
                }
                inner = inspector.inspect(
                    member: try Artifact(path: path, source: source), of: subject,
                    reference: "\(subject.artifact.name)!/\(member.name)")
            } catch {
                inner = inspector.failed(path, error)
            }
            let item = ScannedRecord(inner, isMember: true)
            bytes += item.line.count
            guard bytes <= inspector.limits.recordBytes.value / 2 else {
                passedOver += 1
                continue
            }
            records.append(item.showing(options.row, of: inner))
        }
        record.bytesRead = subject.artifact.bytesRead
        let found = (record.findings ?? []).filter { $0.severity != .note }
        record.findings = [
            Finding(
                severity: .note, code: "format.archive",
                message: records.isEmpty
                    ? "an archive without members that could be looked into"
                    : "an archive; its members are records of their own")
        ]
        defer { record.findings = (record.findings ?? []) + found }
        if passedOver > 0 {
            record.findings?.append(
                Finding(
                    severity: .note, code: "format.archive-members",
                    message:
                        "\(passedOver) of its members were not looked into: encrypted, compressed and too large, or too many"
                ))
        }
        return records
    }
}

/// The members of a zip archive or of a tar archive, compressed or not.
private struct ArchiveMembers {
    struct Member {
        let name: String
        fileprivate let place: Place
    }

    fileprivate enum Place {
        case zip(ZipArchive.Entry)
        case tar(TarArchive.Entry)
    }

    private enum Archive {
        case zip(ZipArchive)
        case tar(TarArchive, isCompressed: Bool)
    }

    let members: [Member]
    /// Members that are too many to be looked into.
    let passedOver: Int
    private let archive: Archive
    private let limits: Limits

    /// Nil when it is no archive, or one that cannot be listed.
    init?(_ subject: InspectedArtifact) {
        var members: [Member]
        if let zip = subject.layout?.archive {
            archive = .zip(zip)
            members = zip.entries.filter { !$0.isDirectory }.map { Member(name: $0.name, place: .zip($0)) }
        } else if let content = subject.tarContent,
            let tar = try? TarArchive(content, limits: subject.limits)
        {
            archive = .tar(tar, isCompressed: subject.inflated != nil)
            members = tar.entries.filter { $0.kind == .file }.map { Member(name: $0.name, place: .tar($0)) }
        } else {
            return nil
        }
        // What macOS adds is no file of anybody's.
        members.removeAll { member in
            member.name.hasPrefix("__MACOSX/") || member.name.split(separator: "/").last?.hasPrefix("._") ?? true
        }
        let maximum = subject.limits.archiveMembers.value
        self.members = Array(members.prefix(maximum))
        passedOver = max(0, members.count - maximum)
        limits = subject.limits
    }

    /// Nil for a member that cannot be looked into without taking it to be broken.
    func open(_ member: Member) throws(InspectionError) -> ByteSource? {
        switch (archive, member.place) {
        case (.zip(let archive), .zip(let entry)):
            do throws(InspectionError) {
                return try archive.open(entry)
            } catch {
                switch error.reason {
                case .limit, .encrypted, .unsupported: return nil
                default: throw error
                }
            }
        case (.tar(let archive, let isCompressed), .tar(let entry)):
            guard isCompressed else { return try archive.open(entry) }
            guard entry.size <= limits.archiveMemberBytes.value else { return nil }
            // Held, since a stream is read forwards and formats are not.
            let bytes = try archive.open(entry).bytes(at: 0, count: entry.size)
            return ByteSource(MemoryBytes(bytes), entry: entry.name)
        default: return nil
        }
    }
}
