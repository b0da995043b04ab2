import ModelContainers
import ModelJSON

/// The STAC extensions that MLM v1.5.2 itself refers to, each in the version it refers to, eo v2.0.0, which describes
/// bands as STAC 1.1 has them, scientific v1.0.0 for citations, version v1.2.0, datacube v2.3.0 for variables, and what links
/// may say: ML-AOI v0.2.0 and example-links v0.0.1.
enum Extensions {
    private static let byPrefix = [
        ("file:", FileRules.specification.uri),
        ("classification:", ClassificationRules.specification.uri),
        ("raster:", RasterRules.specification.uri),
        ("processing:", ProcessingRules.specification.uri),
        ("eo:", EORules.specification.uri),
        ("sci:", ScientificRules.specification.uri),
        ("ml-aoi:", MLAOIRules.specification.uri),
        ("example:", ExampleLinkRules.specification.uri),
        ("cube:", DataCubeRules.specification.uri),
    ]

    /// The last version with `eo:bands`, which Items of STAC 1.0.0 have.
    private static let eoOfOlder = "\(SchemaAddress.extensions)eo/v1.1.0/schema.json"

    /// Whether a key is a field of an extension that is declared when it is used.
    static func declares(_ key: String) -> Bool { byPrefix.contains { key.hasPrefix($0.0) } }

    /// MLM, those that a field of the Item is of, and those that a person names.
    static func used(by item: Item) -> [JSONValue] {
        var used: Set<String> = []
        for value in [JSONValue.object(item.properties), .object(item.assets), .array(item.links)] {
            value.addPrefixes(to: &used)
        }
        var uris = [MLMRules.specification.uri]
        for (prefix, uri) in byPrefix where used.contains(prefix) {
            uris.append(prefix == "eo:" && item.version == .older ? eoOfOlder : uri)
        }
        let holders = [JSONValue.object(item.properties)] + item.assets.map(\.value)
        if holders.contains(where: { holder in VersionRules.words.contains { holder[$0] != nil } }) {
            uris.append(VersionRules.specification.uri)
        }
        for uri in item.extensions where !uris.contains(uri) { uris.append(uri) }
        return uris.map(JSONValue.string)
    }
}

extension JSONValue {
    /// What keys in it begin with, up to a colon. Hyperparameters are not looked into: what they are called is not ours.
    fileprivate func addPrefixes(to prefixes: inout Set<String>) {
        switch self {
        case .object(let members):
            for (key, value) in members {
                if let colon = key.utf8.firstIndex(of: UInt8(ascii: ":")) { prefixes.insert(String(key[...colon])) }
                if key != "mlm:hyperparameters" { value.addPrefixes(to: &prefixes) }
            }
        case .array(let elements): for element in elements { element.addPrefixes(to: &prefixes) }
        default: break
        }
    }
}
