import Checksums
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

extension Inspector {
    /// Told how many bytes were read since the last time, and how many are to be read in all.
    public typealias ChecksumProgress = (_ read: Int, _ total: Int) -> Void

    /// Inspects the file or directory at `path`, or standard input for nil, and reads it through for its checksum.
    public func inspect(_ path: String?, checksum progress: ChecksumProgress) -> Record {
        do throws(InspectionError) {
            let artifact =
                if let path {
                    try Artifact.open(path, limits: limits)
                } else {
                    try Artifact.standardInput(limits: limits)
                }
            var record = inspect(artifact)
            addChecksums(to: &record, of: artifact, progress)
            return record
        } catch {
            return failed(path ?? "-", error)
        }
    }

    /// Reads the artifact of a record through for its checksum; it becomes a record of a failure when that is not possible.
    public func addChecksums(to record: inout Record, _ progress: ChecksumProgress) {
        do throws(InspectionError) {
            addChecksums(to: &record, of: try Artifact.open(record.path, limits: limits), progress)
        } catch {
            fail(&record, error)
        }
    }

    private func addChecksums(to record: inout Record, of artifact: Artifact, _ progress: ChecksumProgress) {
        do throws(InspectionError) {
            try hash(&record, artifact, progress)
        } catch {
            fail(&record, error)
        }
    }

    private func fail(_ record: inout Record, _ error: InspectionError) {
        record.verdict = .failed
        record.error = Failure(error)
        record.draft = nil
    }

    /// A model's own, and those of its members that are files; a directory has none.
    private func hash(
        _ record: inout Record, _ artifact: Artifact, _ progress: ChecksumProgress
    ) throws(InspectionError) {
        guard record.verdict == .model else { return }
        let isFile = if case .file = artifact.content { true } else { false }
        let members = (record.files ?? []).filter { $0.present == true }
        let total = (isFile ? artifact.size : 0) + members.reduce(0) { $0 + ($1.size ?? 0) }
        func multihash(_ source: ByteSource) throws(InspectionError) -> String {
            try Multihash.sha256(of: source) { progress($0, total) }
        }
        if case .file(let source) = artifact.content {
            record.draft?.asset["file:checksum"] = .string(try multihash(source))
        }
        for (index, file) in (record.files ?? []).enumerated() where file.present == true {
            // A member of an archive is no file of its own.
            guard let size = try artifact.companionSize(file.path), size == file.size,
                let source = try artifact.companion(file.path)
            else { continue }
            record.files?[index].checksum = try multihash(source)
        }
    }
}
