import ModelJSON

/// The missing values that keep an Item from being published, and what supplies them.
///
/// Everything else may stay missing: an Item without a version or a list of bands is true and can be used. A person who says
/// `unknown` of the architecture has said it.
package enum RequiredGaps {
    /// Those that are open in `item`, and why they have to be filled.
    package static func open(in item: Item) -> [(gap: Gap, why: String)] {
        var told: Set<String> = []
        return item.gaps.compactMap { gap in
            // Further hints to the same place name nothing else that is missing.
            guard let why = why(gap), told.insert(gap.pointer).inserted else { return nil }
            // An input that MLM cannot hold is a gap beside those that it can.
            if let key = gap.key, let ports = item.properties[key]?.array, !ports.isEmpty { return nil }
            return (gap, why)
        }
    }

    /// Why it has to be filled; nil when it may stay missing.
    static func why(_ gap: Gap) -> String? {
        (gap.key ?? gap.pointer.split(separator: "/").last.map(String.init)).flatMap(Field.missing)?.need
    }
}
