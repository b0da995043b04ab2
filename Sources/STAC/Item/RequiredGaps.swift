import ModelJSON

/// The missing values that keep an Item from being published, and what supplies them.
///
/// Everything else may stay missing: `mlm:architecture` can be `unknown`, and an Item with neutral names of dimensions, or
/// without a version, licence or list of bands, is true and can be used.
public enum RequiredGaps {
    private static let reasons = [
        "geometry": "a catalogue cannot index an Item without a place",
        "datetime": "the dates are placeholders",
        "mlm:tasks": "a model is searched for by its task",
        "mlm:input": "nobody can tell what goes in",
        "mlm:output": "nobody can tell what comes out",
        "href": "nobody can fetch it",
    ]

    /// Those that are open in `item`, and why they have to be filled.
    public static func open(in item: Item) -> [(gap: Gap, why: String)] {
        item.gaps.compactMap { gap in
            guard let key = gap.key, let why = reasons[key] else { return nil }
            // An input that MLM cannot hold is a gap beside those that it can.
            if let ports = item.properties[key]?.array, !ports.isEmpty { return nil }
            return (gap, why)
        }
    }
}
