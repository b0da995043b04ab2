import ModelContainers
import ModelJSON

/// The STAC extensions that MLM v1.5.2 itself refers to, each in the version it refers to, eo v2.0.0, which describes
/// bands as STAC 1.1 has them, scientific v1.0.0 for citations, version v1.2.0, and what links may say: ML-AOI v0.2.0 and
/// example-links v0.0.1.
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
    ]

    /// Fields of the version extension, which have no prefix.
    private static let ofVersion = ["version", "deprecated", "experimental"]

    /// Whether a key is a field of an extension that is declared when it is used.
    static func declares(_ key: String) -> Bool { byPrefix.contains { key.hasPrefix($0.0) } }

    /// MLM, and those that a field of the Item is of.
    static func used(by item: Item) -> [JSONValue] {
        let values = [JSONValue.object(item.properties), .object(item.assets), .array(item.links)]
        let others = byPrefix.filter { prefix, _ in values.contains { $0.hasKey(prefix) } }
        let version = ofVersion.contains { item.properties[$0] != nil } ? [VersionRules.specification.uri] : []
        return ([MLMRules.specification.uri] + others.map(\.1) + version).map(JSONValue.string)
    }
}

extension JSONValue {
    /// Whether a key in it begins with `prefix`. Hyperparameters are not looked into: what they are called is not ours.
    fileprivate func hasKey(_ prefix: String) -> Bool {
        switch self {
        case .object(let members):
            members.contains {
                $0.key.hasPrefix(prefix) || ($0.key != "mlm:hyperparameters" && $0.value.hasKey(prefix))
            }
        case .array(let elements): elements.contains { $0.hasKey(prefix) }
        default: false
        }
    }
}
