import ModelContainers
import ModelJSON

/// STAC 1.0.0 and 1.1.0, collection-spec and catalog-spec.
enum CollectionRules {
    static let catalog = Rule.all(
        .object(
            CoreRules.header(type: "Catalog").merging(described) { $1 },
            required: ["stac_version", "type", "id", "description", "links"]),
        .currentSTAC(CommonMetadata.fields))

    static let collection = Rule.all(
        .object(
            CoreRules.header(type: "Collection").merging(described) { $1 }.merging([
                "extent": extent, "assets": CoreRules.assets, "item_assets": .currentSTAC(itemAssets),
                "summaries": .object(others: summary), "keywords": .list(of: .string),
                "license": .text(of: CommonMetadata.license), "providers": .list(of: CommonMetadata.provider),
            ]) { $1 },
            required: ["stac_version", "type", "id", "description", "license", "extent", "links"]),
        .currentSTAC(CommonMetadata.fields))

    private static let described: [String: Rule] = ["title": .string, "description": .text]

    private static let extent = Rule.object(
        [
            "spatial": .object(["bbox": boxes], required: ["bbox"]),
            "temporal": .object(["interval": .list(of: interval, atLeast: 1)], required: ["interval"]),
        ], required: ["spatial", "temporal"])

    /// The first box is around all others, so there is one, or there are at least three.
    private static let boxes = Rule.stac(
        .list(of: GeoJSONRules.boundingBox, atLeast: 1),
        current: .list(
            of: GeoJSONRules.boundingBox, as: "a list of 1, or of at least 3: the box around all and those within it"
        ) { $0 == 1 || $0 >= 3 })

    private static let interval = Rule.list(
        of: .null(or: .text(of: .dateTime)), as: "a list of 2: start and end, each of them a time or null"
    ) { $0 == 2 }

    /// The schema says nothing of what is no object.
    private static let itemAssets = Rule("an object") { value, report in
        if value.object != nil { Rule.object(others: itemAsset).check(value, &report) }
    }

    private static let itemAsset = Rule.all(
        .object(
            [
                "href": .absent("does not belong in item_assets, which says what all Items share; remove it"),
                "title": .string, "description": .string, "type": .string, "roles": .list(of: .string),
            ], atLeast: 2),
        CommonMetadata.fields)

    private static let summary = Rule.list(.list(atLeast: 1), or: summarised)
        .named("a list of at least 1, an object with \"minimum\" and \"maximum\", or a JSON Schema")

    private static let summarised = Rule.either(
        range, JSONSchemaRules.schemaOfSummary,
        as: "a list of at least 1, an object with \"minimum\" and \"maximum\", or a JSON Schema")

    private static let range = Rule.object(
        ["minimum": numberOrText, "maximum": numberOrText], required: ["minimum", "maximum"])

    private static let numberOrText = Rule.either(.number, .string)
}
