import ModelContainers
import ModelJSON

extension Item {
    /// The same Item as STAC 1.0.0 has it, which knows no `bands`: assets have `eo:bands` (eo v1.1.0), and `raster:bands`
    /// (raster v1.1.0) where something is known of the bands' values. The properties have neither.
    func inOlderForm() -> Item {
        var item = self
        item.version = .older
        item.properties["bands"] = nil
        let place = JSONPointer(["properties", "bands"])
        for (key, asset) in assets {
            guard var members = asset.object, let bands = members["bands"]?.array else { continue }
            let older = OlderBands(bands)
            members["bands"] = nil
            members["eo:bands"] = .array(older.eo)
            members["raster:bands"] = members["raster:bands"] ?? older.raster.map(JSONValue.array)
            item.assets[key] = .object(members)
            let here = JSONPointer(["assets", key])
            let source = evidence.first { $0.place == here.appending("bands") }
            item.evidence.removeAll { $0.place.isWithin(here.appending("bands")) }
            for name in ["eo:bands", "raster:bands"] where members[name] != nil && asset[name] == nil {
                guard let source else { continue }
                item.evidence.append(ItemProvenance(here.appending(name), source.origin, source.where))
            }
        }
        item.evidence.removeAll { $0.place.isWithin(place) }
        guard let key = assets.keys.first else { return item }
        item.gaps = gaps.map { gap in
            guard gap.pointer == place.description else { return gap }
            return Gap(JSONPointer(["assets", key, "eo:bands"]).description, gap.reason, gap.hint)
        }
        return item
    }
}

/// Bands as the eo and raster extensions had them before STAC 1.1 took them over.
private struct OlderBands {
    let eo: [JSONValue]
    /// Nil where nothing is known of the values.
    let raster: [JSONValue]?

    private static let ofValues = ["data_type", "nodata", "unit", "statistics"]

    init(_ bands: [JSONValue]) {
        eo = bands.map { band in
            var older = JSONObject()
            for (key, value) in band.object ?? [:] where !Self.ofValues.contains(key) {
                let name = key.hasPrefix("eo:") ? String(key.dropFirst(3)) : key
                older[name] = name == "common_name" ? Self.older(value) : value
            }
            return .object(older)
        }
        let isKnown = bands.contains { band in Self.ofValues.contains { band[$0] != nil } }
        raster = isKnown ? bands.map(Self.values) : nil
    }

    private static func values(of band: JSONValue) -> JSONValue {
        .object(JSONObject((["name"] + ofValues).compactMap { key in band[key].map { (key, $0) } }))
    }

    /// eo v2.0.0 divides what eo v1.1.0 calls by one name.
    private static func older(_ name: JSONValue) -> JSONValue {
        switch name {
        case "rededge071", "rededge075", "rededge078": "rededge"
        case "green05": "green"
        default: name
        }
    }
}
