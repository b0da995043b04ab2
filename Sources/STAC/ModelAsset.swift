import ModelContainers
import ModelFormats
import ModelJSON

/// The asset block: MLM v1.5.2 "Model Asset", and `file:size` of the file extension v2.1.0.
enum ModelAsset {
    static func draft(_ facts: ModelFacts, href: String, title: String, size: Int?) -> JSONObject {
        var asset = JSONObject()
        asset["href"] = .string(href)
        asset["title"] = .string(title)
        if let type = facts.mediaType { asset["type"] = .string(type) }
        asset["roles"] = .array(((facts.roles ?? []) + ["data"]).map(JSONValue.string))
        if let type = facts.artifactType { asset["mlm:artifact_type"] = .string(type) }
        if let method = facts.compileMethod { asset["mlm:compile_method"] = .string(method) }
        // STAC 1.1 takes bands of an Item only when an asset has them too.
        if let bands = facts.bands, !bands.isEmpty { asset["bands"] = .array(bands.map { ["name": .string($0)] }) }
        if let size { asset["file:size"] = JSONValue(size) }
        return asset
    }
}
