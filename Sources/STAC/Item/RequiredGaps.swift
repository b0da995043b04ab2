import ModelJSON

/// The missing values that keep an Item from being published, and what supplies them.
///
/// Everything else may stay missing: an Item without a version or a list of bands is true and can be used. A person who says
/// `unknown` of the architecture has said it.
public enum RequiredGaps {
    private static let reasons = [
        "geometry": "a catalogue cannot index an Item without a place",
        "datetime": "the dates are placeholders",
        "mlm:tasks": "a model is searched for by its task",
        "mlm:input": "nobody can tell what goes in",
        "mlm:output": "nobody can tell what comes out",
        "mlm:architecture": "it is a placeholder; unknown is an answer, too, when you give it",
        "license": "nobody can tell whether it may be used; other is for a licence without an SPDX identifier",
        "dim_order": "its dimensions have placeholders for names",
        "href": "nobody can fetch it",
    ]

    /// Those that are open in `item`, and why they have to be filled.
    public static func open(in item: Item) -> [(gap: Gap, why: String)] {
        item.gaps.compactMap { gap in
            guard let key = gap.key ?? gap.pointer.split(separator: "/").last.map(String.init), let why = reasons[key]
            else { return nil }
            // An input that MLM cannot hold is a gap beside those that it can.
            if let ports = item.properties[key]?.array, !ports.isEmpty { return nil }
            return (gap, why)
        }
    }
}
