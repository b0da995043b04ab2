import ModelBytes
import ModelContainers
import ModelJSON

/// Weights in several files: `model.weights.json` says which group lies in which `model_00000.weights.h5`.
///
/// Source: keras/src/saving/saving_lib.py, `ShardedH5IOStore`.
enum KerasShards {
    private static let ending = ".weights.json"

    static func isRecognised(_ subject: InspectedArtifact) -> Bool {
        if let listing = subject.listing {
            return listing.contains { isIndex($0.path) } && listing.contains { $0.path.hasSuffix(".weights.h5") }
        }
        let text = subject.leadingText
        return text.first == "{" && text.contains("\"weight_map\"") && text.contains(".weights.h5\"")
    }

    private static func isIndex(_ path: String) -> Bool { path.hasSuffix(ending) && !path.contains("/") }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        var index = subject.source
        var name = subject.artifact.name
        if let path = subject.listing?.map(\.path).filter(isIndex).min() {
            index = try subject.artifact.companion(path)
            name += "/" + path
        }
        guard let index else { return }
        let document = try JSONValue.parse(index, limits: subject.limits, dialect: .python)
        guard let map = document["weight_map"]?.object else {
            throw InspectionError(.malformed, "has no weight_map", entry: index.entry)
        }
        // A group whose variables lie in two shards names both.
        let files = Set(map.flatMap { $0.value.string.map { [$0] } ?? ($0.value.array ?? []).compactMap(\.string) })
            .sorted()
        try subject.limits.shards.check(files.count, entry: index.entry)
        var outlines: [HDF5Outline] = []
        var isMissing = false
        for file in files {
            let source = try subject.artifact.companion(file)
            result.files.append(
                FileMember(path: file, role: "mlm:weights", present: source != nil, size: source?.count))
            guard let source else {
                isMissing = true
                result.report(.warning, code: "shards.missing", "a shard that the index names is missing", at: file)
                continue
            }
            outlines.append(try subject.hdf5Outline(of: source))
        }
        result.variant = files.count == 1 ? "1 shard" : "\(files.count) shards"
        KerasHDF5Weights.fill(&result, outlines, isWhole: !isMissing, path: name)
        result.confidence = isMissing ? .structure : .parsed
    }
}
