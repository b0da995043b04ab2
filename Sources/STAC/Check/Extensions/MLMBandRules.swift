import ModelContainers
import ModelJSON

/// `bands` and `variables` of MLM v1.5.2: lists that go with a dimension of the same name, and with what describes them.
enum MLMBandRules {
    private static let lists = ["bands", "variables"]

    /// A dimension `bands` needs a list of bands, and the other way round; `variables` likewise.
    static func dimensions(of tensor: String) -> Rule {
        .members { port, report in
            for name in lists {
                let isDimension = port[tensor]?["dim_order"]?.array?.contains(.string(name)) ?? false
                switch (isDimension, port.lists(name)) {
                case (true, false):
                    let other = name == "bands" ? "channel" : "variable"
                    report.broken(
                        "dimension \"\(name)\" needs a list of \(name); add \"\(name)\", or rename it \"\(other)\"")
                case (false, true):
                    report.broken(
                        "\"\(name)\" needs a dimension of that name; rename one in dim_order, or remove the list")
                default: break
                }
            }
        }
    }

    /// Once all inputs, or all outputs, list their bands, the bands are described: in the properties by STAC 1.1, or by the
    /// raster or eo extension.
    static let bandsAreDescribed = Rule.members { item, report in
        guard allList("bands", item) else { return }
        let properties = item["properties"]
        let isDescribed =
            isList(properties?["bands"])
            || (declares("raster/v1.", item) && everyModelAsset(item) { namedBands($0["raster:bands"]) })
            || (declares("eo/v1.", item)
                && (isList(properties?["eo:bands"]) || everyModelAsset(item) { isList($0["eo:bands"]) }))
        guard !isDescribed else { return }
        report.at("properties") {
            $0.broken(
                "\"bands\" is missing; add the bands that the model's inputs or outputs list, here and on the asset")
        }
    }

    /// Variables are described by the datacube extension.
    static let variablesAreDescribed = Rule.members { item, report in
        guard allList("variables", item) else { return }
        let isCube = { (value: JSONValue?) in value?["cube:variables"]?.object?.isEmpty == false }
        guard
            !declares("datacube/v2.", item)
                || !(isCube(item["properties"]) || everyModelAsset(item) { isCube(.object($0)) })
        else { return }
        report.at("properties") {
            $0.broken(
                "\"cube:variables\" is missing; add it with the datacube extension, for the variables that are listed")
        }
    }

    /// The schema asks once all of them list some.
    private static func allList(_ name: String, _ item: JSONObject) -> Bool {
        ["mlm:input", "mlm:output"].contains { key in
            guard let ports = item["properties"]?[key]?.array, !ports.isEmpty else { return false }
            return ports.allSatisfy { $0.object?.lists(name) ?? false }
        }
    }

    private static func declares(_ version: String, _ item: JSONObject) -> Bool {
        item["stac_extensions"]?.array?.contains { uri in
            uri.string?.contains("https://stac-extensions.github.io/" + version) ?? false
        } ?? false
    }

    private static func everyModelAsset(_ item: JSONObject, _ holds: (JSONObject) -> Bool) -> Bool {
        item["assets"]?.object?.allSatisfy { _, asset in
            guard let asset = asset.object, asset.hasRole("mlm:model") else { return true }
            return holds(asset)
        } ?? false
    }

    private static func isList(_ bands: JSONValue?) -> Bool {
        bands?.array.map { !$0.isEmpty && $0.allSatisfy { $0.object != nil } } ?? false
    }

    private static func namedBands(_ bands: JSONValue?) -> Bool {
        isList(bands) && bands?.array?.allSatisfy { $0["name"]?.string?.isEmpty == false } ?? false
    }
}

extension JSONObject {
    /// Whether there is a list of this name that is not empty.
    fileprivate func lists(_ name: String) -> Bool { self[name]?.array?.isEmpty == false }
}
