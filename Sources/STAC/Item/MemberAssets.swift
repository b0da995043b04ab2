import ModelContainers
import ModelFormats
import ModelJSON

/// The files that a model needs beside its own: shards, external data. They are weights, and no model of their own, so
/// MLM forbids them an artifact type.
struct MemberAssets {
    let path: String
    /// Nil when the file is not there.
    let asset: JSONObject?

    private static let weights: Set<String> = ["mlm:weights", "array"]

    static func all(of source: ItemSource) -> [MemberAssets] {
        guard source.isDirectory || !source.format.isArchive else { return [] }
        return source.files.filter { weights.contains($0.role ?? "") && $0.path != source.name }.map { file in
            guard file.present != false else { return MemberAssets(path: file.path, asset: nil) }
            var asset: JSONObject = [
                "href": .string(Href.beside(source.href ?? "", isDirectory: source.isDirectory, file.path)),
                "title": .string(file.path), "roles": ["mlm:weights", "data"],
            ]
            if let size = file.size { asset["file:size"] = JSONValue(size) }
            if let checksum = file.checksum { asset["file:checksum"] = .string(checksum) }
            return MemberAssets(path: file.path, asset: asset)
        }
    }
}
