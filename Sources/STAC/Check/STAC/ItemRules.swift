import ModelContainers
import ModelJSON

/// STAC 1.0.0 and 1.1.0, item-spec.
enum ItemRules {
    static let item = Rule.all(
        .object(
            CoreRules.header(type: "Feature").merging([
                "geometry": GeoJSONRules.geometryOrNull,
                "properties": .all(CommonMetadata.fields, dates), "assets": CoreRules.assets,
            ]) { $1 },
            required: ["type", "stac_version", "id", "geometry", "properties", "links", "assets"]),
        boxOfGeometry, collectionOfLink, .currentSTAC(bandsOfAssets), wrongPlace)

    private static let dates = Rule.members { properties, report in
        guard let datetime = properties["datetime"] else {
            return report.broken(
                "\"datetime\" is missing; add it, or null with \"start_datetime\" and \"end_datetime\"")
        }
        let isRange = properties["start_datetime"] != nil && properties["end_datetime"] != nil
        if datetime.isNull, !isRange {
            report.broken("\"datetime\" is null; give it, or add \"start_datetime\" and \"end_datetime\"")
        }
        if let start = properties["start_datetime"]?.string, let end = properties["end_datetime"]?.string, end < start {
            report.note("\"end_datetime\" is before \"start_datetime\"")
        }
    }

    /// A `bbox` goes with a geometry, and never without one.
    private static let boxOfGeometry = Rule.members { item, report in
        switch (item["geometry"], item["bbox"]) {
        case (.null?, _?): report.at("bbox") { $0.broken("belongs to a geometry, but the geometry is null; remove it") }
        case (nil, _), (.null?, nil): break
        case (_?, nil): report.broken("\"bbox\" is missing; add it, \(GeoJSONRules.boundingBox.expectation)")
        case (_?, let box?):
            report.at("bbox") { GeoJSONRules.boundingBox.check(box, &$0) }
        }
    }

    private static let collectionOfLink = Rule.members { item, report in
        let isLinked = item["links"]?.array?.contains { $0["rel"] == "collection" } ?? false
        switch (item["collection"], isLinked) {
        case (nil, false): break
        case (nil, true): report.broken("\"collection\" is missing; add the id of the Collection that a link points to")
        case (let id?, true): report.at("collection") { Rule.text.check(id, &$0) }
        case (_?, false):
            report.at("collection") { $0.broken("needs a link of rel \"collection\"; add the link, or remove this") }
        }
    }

    private static let bandsOfAssets = Rule.members { item, report in
        guard item["properties"]?["bands"] != nil,
            item["assets"]?.object?.contains(where: { $0.value["bands"] != nil }) == false
        else { return }
        report.at("properties") { report in
            report.at("bands") {
                $0.broken("needs \"bands\" on an asset too; add them to the model asset, or remove this")
            }
        }
    }

    private static let wrongPlace = Rule.members { item, report in
        for key in item.keys where key.utf8.starts(with: "mlm:".utf8) {
            report.at(key) { $0.note("says nothing here; move it to the properties or to an asset") }
        }
    }
}
