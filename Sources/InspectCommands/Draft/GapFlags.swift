import STAC

/// Which flag of `draft` fills what is missing.
enum GapFlags {
    /// The flag; nil where a document has to be edited.
    static func flag(for gap: Gap) -> String? {
        field(gap)?.remedy
    }

    /// The gap with its flag in the hint.
    static func told(_ gap: Gap) -> Gap {
        guard gap.key != nil, gap.reason != .partlyKnown, let field = field(gap), field.tellsRemedy,
            let flag = field.remedy
        else { return gap }
        return Gap(gap.pointer, gap.reason, "\(gap.hint); \(flag)")
    }

    private static func field(_ gap: Gap) -> Field? {
        Field.missing(gap.pointer.hasSuffix("/dim_order") ? "dim_order" : gap.key ?? "")
    }
}

extension GivenNames {
    /// As `draft` has them.
    static let flags: GivenNames = {
        func flag(_ word: String) -> String { Field.named(word)?.flag ?? word }
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
