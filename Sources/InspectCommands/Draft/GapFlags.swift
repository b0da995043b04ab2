import ModelJSON
import STAC

/// Which flag of `draft` fills what is missing.
enum GapFlags {
    /// The flag, for what the Item with these properties lacks; nil where a document has to be edited. An order of
    /// dimensions has as many names as there are dimensions.
    static func flag(for gap: Gap, in properties: JSONObject) -> String? {
        FieldFlag.supplying(gap)?.usage.map { ofPort($0, gap, properties) }
    }

    /// The same as words of a command: of several flags that would do, one.
    static func command(for gap: Gap, in properties: JSONObject) -> String? {
        guard let flag = FieldFlag.supplying(gap) else { return nil }
        return (flag.inCommand ?? flag.usage).map { ofPort($0, gap, properties) }
    }

    /// The gap with its flag in the hint.
    static func told(_ gap: Gap) -> Gap {
        guard gap.key != nil, gap.reason != .partlyKnown, let flag = FieldFlag.supplying(gap), flag.isInHints,
            let usage = flag.usage
        else { return gap }
        return Gap(gap.pointer, gap.reason, "\(gap.hint); \(usage)")
    }

    private static func ofPort(_ usage: String, _ gap: Gap, _ properties: JSONObject) -> String {
        guard let port = GapPort(gap, in: properties), !port.axes.isEmpty else { return usage }
        return usage.replacing(FieldFlag.axes, with: port.axes.joined(separator: ","))
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
