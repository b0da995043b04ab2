import ModelContainers
import ModelJSON

/// The eo extension v2.0.0: what bands are by their wavelengths, in STAC 1.1's `bands` or beside them.
enum EORules {
    static let specification = Specification(
        "eo", "v2.0.0",
        item: .all(
            .object(["properties": holder, "assets": .object(others: holder)]),
            used(["properties"])),
        collection: .all(
            .object(["assets": .object(others: holder), "item_assets": .object(others: holder)]),
            used(["summaries"])))

    /// Its version for STAC 1.0.0, whose assets have bands of its own.
    static let older = Specification(
        "eo", "v1.1.0",
        item: .all(
            .object(
                ["properties": olderFields, "assets": .object(others: olderFields)], required: ["properties", "assets"]),
            bandsOfAssets),
        collection: .object(["assets": .object(others: olderFields), "item_assets": .object(others: olderFields)]))

    /// `eo:bands` of the properties are those of all assets together, and so need some there.
    private static let bandsOfAssets = Rule.members { item, report in
        guard item["properties"]?["eo:bands"] != nil,
            item["assets"]?.object?.contains(where: { $0.value["eo:bands"] != nil }) == false
        else { return }
        report.at("properties") { report in
            report.at("eo:bands") {
                $0.broken("needs \"eo:bands\" on an asset too; add them to the model asset, or remove this")
            }
        }
    }

    private static let olderFields = Rule.fields(
        prefix: "eo:",
        ["eo:cloud_cover": percent, "eo:snow_cover": percent, "eo:bands": .list(of: olderBand, atLeast: 1)])

    private static let olderBand = Rule.object(
        [
            "name": .string, "common_name": .word(of: olderNames), "description": .text, "center_wavelength": .number,
            "full_width_half_max": .number, "solar_illumination": .number(atLeast: 0, atMost: .infinity),
        ], atLeast: 1)

    /// v2.0.0 added others.
    private static let olderNames = [
        "coastal", "blue", "green", "red", "rededge", "yellow", "pan", "nir", "nir08", "nir09", "cirrus", "swir16",
        "swir22", "lwir", "lwir11", "lwir12",
    ]

    private static let holder: Rule = .all(fields, .object(["bands": .list(of: fields)]))

    static let fields = Rule.fields(
        prefix: "eo:",
        [
            "eo:cloud_cover": percent, "eo:snow_cover": percent, "eo:common_name": .word(of: commonNames),
            "eo:center_wavelength": .positiveNumber, "eo:full_width_half_max": .positiveNumber,
            "eo:solar_illumination": .number(atLeast: 0, atMost: .infinity),
        ])

    private static let percent = Rule.number(atLeast: 0, atMost: 100)

    static let commonNames = [
        "pan", "coastal", "blue", "green", "green05", "yellow", "red", "rededge", "rededge071", "rededge075",
        "rededge078", "nir", "nir08", "nir09", "cirrus", "swir16", "swir22", "lwir", "lwir11", "lwir12",
    ]

    /// Some field of it stands in one of these members, in an asset, or in a band of either.
    private static func used(_ members: [String]) -> Rule {
        .members { document, report in
            let assets = ["assets", "item_assets"].flatMap { document[$0]?.object?.map(\.value) ?? [] }
            let holders = members.compactMap { document[$0] } + assets
            let bands = holders.flatMap { $0["bands"]?.array ?? [] }
            let isUsed = (holders + bands).contains { $0.object?.contains { $0.key.hasPrefix("eo:") } ?? false }
            guard !isUsed else { return }
            report.broken("uses no field of the eo extension; add one, or remove the extension")
        }
    }
}
