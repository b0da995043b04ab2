import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// Where an Item contradicts its artifact.
struct ArtifactDrift {
    private(set) var contradictions: [Contradiction] = []
    private(set) var notes: [Violation] = []
    /// Why the artifact could not be compared completely, in a sentence.
    private(set) var problem: String?

    /// Reads the artifact again; all of it if the Item has its SHA-256. Throws a `UsageError` if no asset matches it.
    init(_ path: String, item: JSONValue, itemPath: String, _ inspector: Inspector) throws {
        let (key, asset) = try Self.asset(of: item, itemPath, for: path)
        self.init(path, item: item, key: key, asset: asset, inspector)
    }

    /// As above, for the asset that is known to be this artifact.
    init(_ path: String, item: JSONValue, key: String, asset: JSONObject, _ inspector: Inspector) {
        let declared = asset["file:checksum"]?.string
        let isSHA256 = declared?.lowercased().hasPrefix("1220") ?? false
        let record =
            isSHA256 ? inspector.inspectWithChecksum(path, name: path) : inspector.inspect(path)
        var agreement = Agreement(record.facts ?? ModelFacts())
        if !record.isDirectory || record.verdict != .model { agreement.size = record.size }
        agreement.checksum = record.checksum
        contradictions = agreement.contradictions(
            properties: item["properties"]?.object ?? [:], asset: asset, assetKey: key)
        problem = ErrorText.message(record)
        if declared != nil, !isSHA256 {
            notes.append(
                Violation(
                    pointer: JSONPointer(["assets", key, "file:checksum"]).description,
                    message: "is not a SHA-256 (which begins with 1220), so it was not compared"))
        }
    }

    /// By the name of the file, else the one with the role mlm:model.
    private static func asset(
        of item: JSONValue, _ itemPath: String, for path: String
    ) throws -> (key: String, asset: JSONObject) {
        let assets = (item["assets"]?.object ?? [:]).compactMap { key, value in
            value.object.map { (key: key, asset: $0) }
        }
        let name = fileName(path)
        let named = assets.filter { $0.asset["href"]?.string.map { Href.fileName($0) == name } ?? false }
        let models = assets.filter { $0.asset["roles"]?.array?.contains("mlm:model") ?? false }
        for candidates in [named, named.filter { one in models.contains { $0.key == one.key } }, models]
        where candidates.count == 1 { return candidates[0] }
        let choice = (named.count > 1 ? named : models).prefix(20).map { one in
            "\(one.key) (\(one.asset["href"]?.string ?? "no href"))"
        }
        throw UsageError(
            "\(itemPath): no asset is known to be \(name); "
                + (choice.isEmpty
                    ? "it has none with the role mlm:model" : "there are \(choice.joined(separator: ", "))"))
    }

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last(where: { $0 != "." }).map(String.init) ?? path
    }
}
