import ModelBytes
import ModelContainers
import ModelJSON

/// Several safetensors files that are one model, with the index that says which tensor lies in which file.
struct SafetensorsShards {
    private let subject: InspectedArtifact
    /// The index file, relative to the artifact's folder; nil when it is the artifact itself.
    private let index: ByteSource

    private static let ending = ".safetensors.index.json"

    static func sniff(_ listing: [DirectoryEntry]) -> SniffMatch? {
        guard let index = listing.first(where: { isIndex($0.path) }) else { return nil }
        return SniffMatch(.structure, "a directory with \(index.path)")
    }

    /// An index given by its own name.
    static func sniffIndex(_ subject: InspectedArtifact) -> SniffMatch? {
        guard isIndex(subject.artifact.name), subject.leadingText.first == "{" else { return nil }
        let text = subject.leadingText
        return text.contains("\"weight_map\"")
            ? SniffMatch(.structure, "JSON with weight_map, which names the shards") : nil
    }

    /// An index in the folder itself, not below it.
    private static func isIndex(_ path: String) -> Bool { isIndexName(path) && !path.contains("/") }

    static func isIndexName(_ name: String) -> Bool { name.hasSuffix(ending) }

    /// `model-00001-of-00002`.
    static func isShardName(_ stem: String) -> Bool {
        let parts = stem.split(separator: "-")
        guard parts.count >= 4, parts[parts.count - 2] == "of" else { return false }
        return [parts[parts.count - 1], parts[parts.count - 3]].allSatisfy { part in
            part.count == 5 && part.utf8.allSatisfy { (48...57).contains($0) }
        }
    }

    /// Nil when the artifact is a single file of tensors.
    init?(_ subject: InspectedArtifact) throws(InspectionError) {
        self.subject = subject
        if let listing = subject.listing {
            guard let entry = listing.first(where: { Self.isIndex($0.path) }),
                let source = try subject.artifact.companion(entry.path)
            else { return nil }
            index = source
        } else {
            guard Self.sniffIndex(subject) != nil, let source = subject.source else { return nil }
            index = source
        }
    }

    func read(into result: inout ProbeResult) throws(InspectionError) {
        let shards = try ShardIndex(index, limits: subject.limits)
        var headers: [SafetensorsHeader] = []
        var broken: [InspectionError] = []
        var tensors = 0
        let listing = result.listing
        let absent = try shards.read(beside: subject, into: &result) { source throws(InspectionError) in
            do throws(InspectionError) {
                try shards.check(tensors: tensors, in: source.entry)
                if let listing {
                    tensors += try SafetensorsHeader.list(
                        source, limits: subject.limits, budget: subject.budget,
                        for: listing.inside(source.entry))
                } else {
                    let header = try SafetensorsHeader(source, limits: subject.limits, budget: subject.budget)
                    tensors += header.tensors.count
                    headers.append(header)
                }
                try shards.check(tensors: tensors, in: source.entry)
            } catch {
                broken.append(error.found(in: source.entry))
            }
        }
        if listing != nil {
            if let first = broken.first { throw first }
            return
        }
        let missing = absent + broken.count
        result.variant = "\(shards.files.count) shards"
        SafetensorsFacts.fill(&result, from: headers, limits: subject.limits)
        if shards.files.isEmpty { result.markNotAModel(because: "empty") }
        if missing > 0 {
            // What is counted without a shard would look like the whole model.
            result.facts.parameters = nil
        }
        compare(shards.map, headers, missing: missing, &result)
        let call = SafetensorsFacts.loading(result.facts, path: "shard")
        result.loading = Loading(missing > 0 ? .incomplete : .dataOnly, requires: call.requires)
        for error in broken.dropFirst() {
            result.report(.warning, code: "shards.broken", error.message, at: error.entry)
        }
        // What the others say is kept; the error says which one is broken.
        if let first = broken.first { throw first }
        result.confidence = .parsed
    }

    /// Tensors that the index places where they are not.
    private func compare(_ map: JSONObject, _ headers: [SafetensorsHeader], missing: Int, _ result: inout ProbeResult) {
        guard missing == 0 else { return }
        let found = Set(headers.lazy.flatMap(\.tensors).map(\.name))
        let absent = map.keys.filter { !found.contains($0) }
        if let first = absent.first {
            result.report(
                .warning, code: "shards.index",
                "the index names \(absent.count) tensors that no shard holds, such as \"\(first)\"",
                at: index.entry)
        }
        if found.count > map.count - absent.count {
            result.report(
                .warning, code: "shards.index",
                "the shards hold \(found.count - map.count + absent.count) tensors that the index does not name",
                at: index.entry)
        }
    }
}
