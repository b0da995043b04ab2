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
