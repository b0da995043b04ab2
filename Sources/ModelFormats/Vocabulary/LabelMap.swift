import ModelJSON

/// Names of classes by their numbers, as configurations write them.
enum LabelMap {
    /// `{"0": "forest", …}`: the names in order; nil when the keys do not count up from 0, or `name` finds none in a value.
    static func byIndex(_ map: JSONObject, name: (JSONValue) -> String? = { $0.string }) -> [String]? {
        guard !map.isEmpty else { return nil }
        var labels: [String] = []
        for index in 0..<map.count {
            guard let label = map[String(index)].flatMap(name) else { return nil }
            labels.append(label)
        }
        return labels
    }

    /// `{"forest": 0, …}`: the names in order; nil when the numbers do not count up from 0.
    static func byName(_ map: JSONObject) -> [String]? {
        guard !map.isEmpty else { return nil }
        var labels: [Int: String] = [:]
        for (label, value) in map { if let index = value.int { labels[index] = label } }
        let ordered = (0..<map.count).compactMap { labels[$0] }
        return ordered.count == map.count ? ordered : nil
    }

    /// Whether these are `LABEL_0`, `LABEL_1` …, which transformers writes where nobody has named the classes.
    static func areDefaults(_ labels: [String]) -> Bool {
        labels.enumerated().allSatisfy { $0.element == "LABEL_\($0.offset)" }
    }
}
