import ModelContainers
import ModelJSON

/// The missing values that keep an Item from being published, and what supplies them.
///
/// Everything else may stay missing: `mlm:architecture` can be `unknown`, and an Item with neutral names of dimensions, or
/// without a version, licence or list of bands, is true and can be used.
public enum RequiredGaps {
    /// Each required value, why it is required, and the flag that supplies it.
    private static let all: [(place: String, flag: String, why: String)] = [
        ("/geometry", "--geometry world|FILE or --bbox W,S,E,N", "a catalogue cannot index an Item without a place"),
        ("/properties/datetime", "--datetime T, or --start T and --end T", "the dates are placeholders"),
        ("/properties/mlm:tasks", "--task NAME", "people search for models by task"),
        ("/properties/mlm:input", "-p mlm:input=JSON", "the Item does not say what goes in"),
        ("/properties/mlm:output", "-p mlm:output=JSON", "the Item does not say what comes out"),
    ]

    /// The required values that are missing from `item`.
    public static func open(in item: Item) -> [(gap: Gap, flag: String, why: String)] {
        item.gaps.compactMap { gap in
            if gap.pointer.hasPrefix("/assets/"), gap.pointer.hasSuffix("/href") {
                return (gap, "--asset-href HREF", "nobody can download the model")
            }
            guard let rule = all.first(where: { $0.place == gap.pointer }) else { return nil }
            // An input that MLM cannot express is listed as missing, even if there are others.
            let key = String(gap.pointer.dropFirst("/properties/".count))
            if let ports = item.properties[key]?.array, !ports.isEmpty { return nil }
            return (gap, rule.flag, rule.why)
        }
    }
}
