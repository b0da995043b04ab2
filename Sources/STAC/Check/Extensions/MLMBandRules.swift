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
            (report.version != .older && isList(properties?["bands"]))
            || (declares("raster/v1.", item) && everyModelAsset(item) { namedBands($0["raster:bands"]) })
            || (declares("eo/v1.", item)
                && (isList(properties?["eo:bands"]) || everyModelAsset(item) { isList($0["eo:bands"]) }))
        guard !isDescribed else { return }
        guard report.version != .older else {
            return report.at("assets") {
                $0.broken(
                    "\"eo:bands\" is missing; add it to every model asset, with the bands that are listed, and eo v1.1.0"
                )
            }
        }
        report.at("properties") {
            $0.broken(
                "\"bands\" is missing; add the bands that the model's inputs or outputs list, here and on the asset")
        }
    }

    /// Variables are described by the datacube extension, each by its name.
    static let variablesAreDescribed = Rule.members { item, report in
        let cubes = cubes(item)
        namesAreKnown(cubes, item, &report)
        guard allList("variables", item), cubes.isEmpty || !declares("datacube/v2.", item) else { return }
        report.at("properties") {
            $0.broken(
                "\"cube:variables\" is missing; add it with the datacube extension, for the variables that are listed")
        }
    }

    /// What `cube:variables` of the properties holds, or that of every model asset.
    private static func cubes(_ item: JSONObject) -> [JSONObject] {
        func cube(_ holder: JSONValue?) -> JSONObject? {
            holder?["cube:variables"]?.object.flatMap { $0.isEmpty ? nil : $0 }
        }
        if let cube = cube(item["properties"]) { return [cube] }
        guard everyModelAsset(item, { cube(.object($0)) != nil }) else { return [] }
        return (item["assets"]?.object ?? [:]).compactMap { cube($0.value) }
    }

    /// MLM's README wants every name to be one of the cube's; no schema can ask that.
    private static func namesAreKnown(_ cubes: [JSONObject], _ item: JSONObject, _ report: inout CheckReport) {
        guard !cubes.isEmpty else { return }
        for key in ["mlm:input", "mlm:output"] {
            for (index, port) in (item["properties"]?[key]?.array ?? []).enumerated() {
                for (position, variable) in (port["variables"]?.array ?? []).enumerated() {
                    guard let name = variable.string ?? variable["name"]?.string,
                        !cubes.contains(where: { $0[name] != nil })
                    else { continue }
                    report.at(["properties", key, String(index), "variables", String(position)]) {
                        $0.note("\(JSONValue.string(name).outlined) is not described in cube:variables; add it there")
                    }
                }
            }
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
