import ModelBytes

/// The columns of a table that a model takes, kept as long as they are few enough to be listed.
struct TableColumns {
    private(set) var features: [Feature] = []
    private(set) var count = 0
    private let limit: Int

    init(limits: Limits) { limit = limits.listedValues.value }

    /// Whether every column that was added is in `features`.
    var areListed: Bool { count == features.count }

    mutating func add(_ feature: Feature) {
        if count < limit { features.append(feature) }
        count += 1
    }

    /// Changes the feature at `index`, if it is among those that are kept.
    mutating func change(_ index: Int, _ body: (inout Feature) -> Void) {
        if features.indices.contains(index) { body(&features[index]) }
    }

    /// The columns for a record; nil, and a note, when there are too many to list.
    func listed(into result: inout ProbeResult, at place: String) -> [Feature]? {
        guard !areListed else { return features.isEmpty ? nil : features }
        result.report(
            .note, code: "table.columns", "its \(count) columns are too many to list; the limit is \(limit)", at: place)
        return nil
    }
}
