import ModelContainers

/// The classification extension v1.1.0: classes and bit fields of properties, assets and `raster:bands`.
enum ClassificationRules {
    static let specification = Specification(
        "classification", "v1.1.0",
        item: .object(["properties": fields, "assets": assets], required: ["properties", "assets"]),
        collection: .object(["assets": assets, "item_assets": assets, "summaries": fields]))

    static let fields = Rule.fields(
        prefix: "classification:",
        ["classification:bitfields": .list(of: bitField, atLeast: 1, unique: true), "classification:classes": classes])

    static let classes = Rule.list(of: classObject, atLeast: 1, unique: true)

    /// The version that MLM v1.5.2 refers to; a later one asks for a name instead of a description.
    static let classObject = Rule.object(
        ["value": .integer, "description": .string, "name": .string, "color_hint": .text(of: colour)],
        required: ["value", "description"])

    private static let bitField = Rule.object(
        [
            "offset": .integer(atLeast: 0), "length": .integer(atLeast: 1), "classes": classes,
            "roles": .list(of: .string, atLeast: 1, unique: true), "description": .string, "name": .string,
        ], required: ["offset", "length", "classes"])

    private static let assets = Rule.object(
        others: .all(fields, .object(["raster:bands": .list(of: fields)])))

    /// `^([0-9A-Fa-f]{6})$`.
    private static let colour = Pattern("six hexadecimal digits, such as 1a9850") { text, _ in
        text.count == 6 && text.allSatisfy { $0.properties.isASCIIHexDigit }
    }
}
