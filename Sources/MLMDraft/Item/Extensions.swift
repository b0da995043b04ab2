import ModelContainers

/// The STAC extensions that MLM v1.5.2 itself refers to, each in the version it refers to.
enum Extensions {
    static let mlm = "https://stac-extensions.github.io/mlm/v1.5.2/schema.json"

    private static let byPrefix = [
        ("file:", "https://stac-extensions.github.io/file/v2.1.0/schema.json"),
        ("classification:", "https://stac-extensions.github.io/classification/v1.1.0/schema.json"),
        ("raster:", "https://stac-extensions.github.io/raster/v1.1.0/schema.json"),
        ("processing:", "https://stac-extensions.github.io/processing/v1.1.0/schema.json"),
    ]

    /// MLM, and those that a field of the Item is of.
    static func used(by item: Item) -> [JSONValue] {
        let values = [JSONValue.object(item.properties), .object(item.assets)]
        let others = byPrefix.filter { prefix, _ in values.contains { $0.hasKey(prefix) } }
        return ([mlm] + others.map(\.1)).map(JSONValue.string)
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
