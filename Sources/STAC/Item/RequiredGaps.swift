import ModelContainers
import ModelJSON

/// Which gaps keep an Item from being published, and what fills them. This is the one place that says it.
///
/// Everything else may stay open: `mlm:architecture` has MLM's own word `unknown`, neutral names of dimensions and a
/// missing version, licence or list of bands leave an Item that is true and can be used.
public enum RequiredGaps {
    /// What has to be said, why, and the flag.
    private static let all: [(place: String, flag: String, why: String)] = [
        ("/geometry", "--geometry world|FILE or --bbox W,S,E,N", "a catalogue cannot index an Item without a place"),
        ("/properties/datetime", "--datetime T, or --start T and --end T", "the dates are placeholders"),
        ("/properties/mlm:tasks", "--task NAME", "a model is searched for by its task"),
        ("/properties/mlm:input", "-p mlm:input=JSON", "nobody can tell what goes in"),
        ("/properties/mlm:output", "-p mlm:output=JSON", "nobody can tell what comes out"),
    ]

    /// Those that are open in `item`: the gap, the flag that fills it, and why it has to be.
    public static func open(in item: Item) -> [(gap: Gap, flag: String, why: String)] {
        item.gaps.compactMap { gap in
            if gap.pointer.hasPrefix("/assets/"), gap.pointer.hasSuffix("/href") {
                return (gap, "--asset-href HREF", "nobody can fetch it")
            }
            guard let rule = all.first(where: { $0.place == gap.pointer }) else { return nil }
            // An input that MLM cannot hold is a gap beside those that it can.
            let key = String(gap.pointer.dropFirst("/properties/".count))
            if let ports = item.properties[key]?.array, !ports.isEmpty { return nil }
            return (gap, rule.flag, rule.why)
        }
    }
}
