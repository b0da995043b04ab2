import ArgumentParser
import Checksums
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// Makes Items of artifacts: inspects, says what is no model, and puts in what a person gave.
struct Drafter {
    private let inspector: Inspector
    private let values: GivenValues
    private let assetKey: String
    private let withChecksum: Bool
    private let failOn: FailOn
    private(set) var outcome = Outcome()

    init(
        _ inspector: Inspector, _ values: GivenValues, assetKey: String, withChecksum: Bool, failOn: FailOn
    ) {
        self.inspector = inspector
        self.values = values
        self.assetKey = assetKey
        self.withChecksum = withChecksum
        self.failOn = failOn
    }

    /// The record of an artifact; what keeps it from being a model is said on standard error.
    mutating func inspect(_ artifact: ArtifactPath, saysWhatIsNoModel: Bool = true) -> Record {
        let record =
            withChecksum
            ? inspector.inspectWithChecksum(artifact.isStandardInput ? nil : artifact.path, name: artifact.relative)
            : artifact.isStandardInput ? inspector.inspectStandardInput() : inspector.inspect(artifact.path)
        outcome.add(record, failOn: failOn)
        if saysWhatIsNoModel || record.verdict == .failed, let message = ErrorText.message(record) {
            StandardError.write("mlm-inspect: \(message)\n")
        }
        return record
    }

    /// The Item of records that are all models. Throws what a person gave and cannot be.
    func item(_ records: [(ArtifactPath, Record)], id: String, at place: ItemPlace) throws -> Item {
        let sources = records.compactMap { artifact, record in
            record.itemSource(href: place.href(of: artifact, first: records[0].0))
        }
        let checksum = sources.first?.draft.asset["file:checksum"]?.string
        let id = checksum.map { "\(id)-\(Multihash.shortened($0))" } ?? id
        var item = Item(
            sources, id: id, idRule: ItemIdentifiers.rule + (checksum == nil ? "" : ", and its checksum"),
            assetKey: assetKey)
        do throws(GivenError) {
            try values.apply(to: &item)
        } catch {
            throw UsageError("\(records[0].0.path): \(error.message)")
        }
        return item
    }
}

extension Inspector {
    /// Inspects and reads through, with a bar for what takes long.
    func inspectWithChecksum(_ path: String?, name: String) -> Record {
        var bar = ProgressBar(name, total: nil, unit: .bytes)
        defer { bar.clear() }
        return inspect(path) { read, total in
            bar.total = total
            bar.advance(by: read)
        }
    }

    /// Adds checksums to a record that others made; the record says it when they cannot be had.
    func addChecksums(to record: inout Record, name: String) {
        var bar = ProgressBar(name, total: nil, unit: .bytes)
        defer { bar.clear() }
        addChecksums(to: &record) { read, total in
            bar.total = total
            bar.advance(by: read)
        }
    }
}
