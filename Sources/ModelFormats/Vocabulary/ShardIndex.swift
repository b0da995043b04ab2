package import ModelBytes
import ModelContainers
package import ModelJSON

/// The index of a model in several files: `{"weight_map": {"name": "file"}}`, or a list of files for a name.
///
/// Sources: huggingface_hub, serialization/_base.py; keras/src/saving/saving_lib.py, `ShardedH5IOStore`.
package struct ShardIndex: Sendable {
    /// What stands beside the map: `metadata`, `format_version`.
    package let document: JSONValue
    /// Which tensor or group lies in which file.
    package let map: JSONObject
    /// All files that it names, each once, by name.
    package let files: [String]

    /// Throws when shards hold far more tensors than the index names: files that stand there under many names.
    func check(tensors count: Int, in file: String?) throws(InspectionError) {
        guard count > 2 * map.count + Self.mostUnnamed else { return }
        throw InspectionError(
            .limit, "the shards hold more than twice the \(map.count) tensors that their index names", entry: file)
    }
    private static let mostUnnamed = 65_536

    package init(
        _ source: ByteSource, limits: Limits, dialect: JSONDialect = []
    ) throws(InspectionError) {
        document = try JSONValue.parse(source, limits: limits, dialect: dialect)
        guard let map = document["weight_map"]?.object else {
            throw InspectionError(.malformed, "has no weight_map", entry: source.entry)
        }
        self.map = map
        // What lies in two shards names both.
        let named = map.lazy.flatMap { $0.value.string.map { [$0] } ?? ($0.value.array ?? []).compactMap(\.string) }
        files = Set(named).sorted()
        try limits.shards.check(files.count, entry: source.entry)
    }

    /// Reads the shards that are there, in the order of their names and each file once, and reports the others. How many
    /// are missing.
    package func read(
        beside subject: InspectedArtifact, into result: inout ProbeResult,
        _ body: (ByteSource) throws(InspectionError) -> Void
    ) throws(InspectionError) -> Int {
        var missing = 0
        for file in files {
            guard let source = try Self.open(file, beside: subject.artifact, into: &result) else {
                missing += 1
                continue
            }
            if !Self.isRepeated(file, source, of: subject, into: &result) { try body(source) }
        }
        return missing
    }

    /// Whether a shard is a file that was read under another name; the first such is reported.
    static func isRepeated(
        _ file: String, _ source: ByteSource, of subject: InspectedArtifact, into result: inout ProbeResult
    ) -> Bool {
        guard subject.isRepeated(file, source, .weights) else { return false }
        let code = "shards.repeated"
        if !result.findings.contains(where: { $0.code == code }) {
            result.report(
                .warning, code: code, "is the same file as another shard, and such a file is read once", at: file)
        }
        return true
    }

    /// A file of weights, listed as one; nil, with a finding, when it is missing. One that lies elsewhere is never opened.
    static func open(
        _ file: String, beside artifact: Artifact, into result: inout ProbeResult
    ) throws(InspectionError) -> ByteSource? {
        guard Artifact.staysBelow(file) else {
            result.report(
                .warning, code: "shards.outside",
                "a file of weights that the index names lies outside the folder, and is not opened", at: file)
            return nil
        }
        let source = try artifact.companion(file)
        result.files.append(FileMember(path: file, role: "mlm:weights", present: source != nil, size: source?.count))
        if source == nil {
            result.report(.warning, code: "shards.missing", "a file of weights is missing", at: file)
        }
        return source
    }
}
