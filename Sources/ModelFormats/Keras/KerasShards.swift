import ModelBytes
import ModelContainers
import ModelJSON

/// Weights in several files: `model.weights.json` says which group lies in which `model_00000.weights.h5`.
enum KerasShards {
    private static let ending = ".weights.json"

    static func isRecognised(_ subject: InspectedArtifact) -> Bool {
        if let listing = subject.listing {
            return listing.contains { isIndex($0.path) } && listing.contains { $0.path.hasSuffix(".weights.h5") }
        }
        return subject.leadingText.first == "{" && subject.headContains("\"weight_map\"")
            && subject.headContains(".weights.h5\"")
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
        let shards = try ShardIndex(index, limits: subject.limits, dialect: .python)
        var outlines: [(file: String?, outline: HDF5Outline)] = []
        let missing = try shards.read(beside: subject, into: &result) { source throws(InspectionError) in
            outlines.append((source.entry, try subject.hdf5Outline(of: source)))
        }
        result.variant = shards.files.count == 1 ? "1 shard" : "\(shards.files.count) shards"
        KerasHDF5Weights.fill(&result, outlines, isWhole: missing == 0, path: name)
        result.confidence = missing > 0 ? .structure : .parsed
    }
}
