import ModelContainers

/// The raster extension v1.1.0: `raster:bands` of assets.
enum RasterRules {
    static let specification = Specification(
        "raster", "v1.1.0",
        item: .object(["assets": .object(others: fields)], required: ["assets"]),
        collection: .object(["assets": .object(others: fields), "item_assets": .object(others: fields)]))

    static let fields = Rule.fields(prefix: "raster:", ["raster:bands": .list(of: band, atLeast: 1)])

    private static let band = Rule.object(
        [
            "data_type": CommonMetadata.dataType, "unit": .string, "bits_per_sample": .integer,
            "sampling": .word(of: ["area", "point"]), "nodata": CommonMetadata.noData, "scale": .number,
            "offset": .number, "spatial_resolution": .number, "statistics": statistics, "histogram": histogram,
        ], atLeast: 1)

    private static let statistics = Rule.object(
        ["mean": .number, "minimum": .number, "maximum": .number, "stddev": .number, "valid_percent": .number],
        others: .absent("is no statistic of raster v1.1.0; remove it"), atLeast: 1)

    private static let histogram = Rule.object(
        ["count": .number, "min": .number, "max": .number, "buckets": .list(of: .integer, atLeast: 3)],
        required: ["count", "min", "max", "buckets"], others: .absent("is no part of a histogram; remove it"))
}
