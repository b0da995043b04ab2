import Checksums
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

extension Inspector {
    /// Called with the number of bytes read since the last call, and the total to read.
    public typealias ChecksumProgress = (_ read: Int, _ total: Int) -> Void

    /// Inspects the file or folder at `path`, or standard input if it is nil, and adds checksums. This reads the whole file.
    public func inspect(_ path: String?, checksum progress: ChecksumProgress) -> Record {
        do throws(InspectionError) {
            let artifact =
                if let path {
                    try Artifact.open(path, limits: limits, followsLinks: followsLinks)
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

    /// Adds checksums to a record. This reads the whole file; the record becomes a failure if that is not possible.
    public func addChecksums(to record: inout Record, _ progress: ChecksumProgress) {
        do throws(InspectionError) {
            addChecksums(
                to: &record, of: try Artifact.open(record.path, limits: limits, followsLinks: followsLinks), progress)
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

    /// Adds the checksum of a model, if it is a file, and of its members that are files.
    private func hash(
        _ record: inout Record, _ artifact: Artifact, _ progress: ChecksumProgress
    ) throws(InspectionError) {
        guard record.verdict == .model else { return }
        let members = (record.files ?? []).filter { $0.present == true }
        let total = (artifact.isFile ? artifact.size : 0) + members.reduce(0) { $0 + ($1.size ?? 0) }
        func multihash(_ source: ByteSource) throws(InspectionError) -> String {
            try Multihash.sha256(of: source) { progress($0, total) }
        }
        if case .file(let source) = artifact.content {
            let checksum = try multihash(source)
            record.checksum = checksum
            record.draft?.asset["file:checksum"] = .string(checksum)
        }
        for (index, file) in (record.files ?? []).enumerated() where file.present == true {
            // A member of an archive is not a file.
            guard let size = try artifact.companionSize(file.path), size == file.size,
                let source = try artifact.companion(file.path)
            else { continue }
            record.files?[index].checksum = try multihash(source)
        }
    }
}
