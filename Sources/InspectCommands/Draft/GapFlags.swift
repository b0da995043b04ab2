import STAC

/// Which flag of `draft` fills what is missing.
enum GapFlags {
    /// The flag; nil where a document has to be edited.
    static func flag(for gap: Gap) -> String? {
        if gap.pointer.hasSuffix("/dim_order") { return "--dim-order NAME=batch,channel,…" }
        return gap.key.flatMap { shown[$0] ?? others[$0] }
    }

    /// The gap with its flag in the hint.
    static func told(_ gap: Gap) -> Gap {
        guard let flag = gap.key.flatMap({ shown[$0] }), gap.reason != .partlyKnown else { return gap }
        return Gap(gap.pointer, gap.reason, "\(gap.hint); \(flag)")
    }

    /// Told with the hint.
    private static let shown = [
        "geometry": "--geometry world|FILE or --bbox W,S,E,N", "datetime": "--datetime T, or --start T and --end T",
        "license": "--license ID", "bands": "--sensor ID or --band NAME", "href": "--asset-href HREF",
        "description": "--description TEXT", "extent/spatial": "--geometry or --bbox",
        "extent/temporal": "--datetime, or --start and --end",
    ]

    /// Their hints say enough without.
    private static let others = [
        "mlm:tasks": "--task NAME", "mlm:architecture": "--architecture NAME", "mlm:input": "-p mlm:input=JSON",
        "mlm:output": "-p mlm:output=JSON",
    ]
}

extension GivenNames {
    /// As `draft` has them.
    static let flags: GivenNames = {
        var names = GivenNames()
        names.id = "--id"
        names.collection = "--collection-id"
        names.assetHref = "--asset-href"
        names.bands = "--band"
        names.sensor = "--sensor"
        names.dimOrder = "--dim-order"
        names.geometry = "--geometry"
        names.world = "--geometry world"
        names.box = "--bbox"
        names.start = "--start"
        names.end = "--end"
        names.range = "--start, --end"
        names.property = "-p"
        return names
    }()
}
