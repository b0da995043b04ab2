public import ModelBytes
import ModelContainers
public import ModelJSON

/// The index of a model in several files: `{"weight_map": {"name": "file"}}`, or a list of files for a name.
///
/// Sources: huggingface_hub, serialization/_base.py; keras/src/saving/saving_lib.py, `ShardedH5IOStore`.
public struct ShardIndex: Sendable {
    /// What stands beside the map: `metadata`, `format_version`.
    public let document: JSONValue
    /// Which tensor or group lies in which file.
    public let map: JSONObject
    /// All files that it names, each once, by name.
    public let files: [String]

    public init(
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

    /// Reads the shards that are there, in the order of their names, and reports the others. How many are missing.
    public func read(
        beside artifact: Artifact, into result: inout ProbeResult,
        _ body: (ByteSource) throws(InspectionError) -> Void
    ) throws(InspectionError) -> Int {
        var missing = 0
        for file in files {
            let source = try artifact.companion(file)
            result.files.append(
                FileMember(path: file, role: "mlm:weights", present: source != nil, size: source?.count))
            if let source {
                try body(source)
            } else {
                missing += 1
                result.report(.warning, code: "shards.missing", "a shard that the index names is missing", at: file)
            }
        }
        return missing
    }
}
