import STAC

/// Which flag of `draft` fills what is missing.
enum GapFlags {
    /// The flag; nil where a document has to be edited.
    static func flag(for gap: Gap) -> String? {
        FieldFlag.supplying(gap)?.usage
    }

    /// The gap with its flag in the hint.
    static func told(_ gap: Gap) -> Gap {
        guard gap.key != nil, gap.reason != .partlyKnown, let flag = FieldFlag.supplying(gap), flag.isInHints,
            let usage = flag.usage
        else { return gap }
        return Gap(gap.pointer, gap.reason, "\(gap.hint); \(usage)")
    }
}

extension GivenNames {
    /// As `draft` has them.
    static let flags: GivenNames = {
        func flag(_ word: String) -> String { FieldFlag.all[word]?.name ?? word }
        var names = GivenNames()
        names.id = flag("id")
        names.collection = flag("collection")
        names.assetHref = flag("href")
        names.bands = flag("bands")
        names.sensor = flag("sensor")
        names.dimOrder = flag("dim_order")
        names.geometry = flag("geometry")
        names.world = flag("geometry") + " world"
        names.box = flag("bbox")
        names.start = flag("start")
        names.end = flag("end")
        names.range = "\(flag("start")), \(flag("end"))"
        names.property = flag("properties")
        return names
    }()
}
