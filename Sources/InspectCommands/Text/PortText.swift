import ModelFormats

/// An input or output in words.
enum PortText {
    /// `[batch 1–64, 13, 64, 64]`: dimensions that vary have a name and their range; nil if the rank is unknown. With
    /// `names` the others have theirs, too: `[batch 1–64, channel 13, height 64, width 64]`.
    static func shape(_ port: Port, names: Bool = false) -> String? {
        guard let shape = port.shape else { return nil }
        let dynamic = Dictionary((port.dynamic ?? []).map { ($0.dimension, $0) }, uniquingKeysWith: { $1 })
        let sizes = shape.enumerated().map { index, size in
            let name = name(port, index)
            if size == -1 { return variable(dynamic[index], named: name) }
            return names ? [name, String(size)].compactMap(\.self).joined(separator: " ") : String(size)
        }
        return "[\(sizes.joined(separator: ", "))]"
    }

    /// Names of dimensions, and the first of columns and classes.
    static func details(_ port: Port) -> [String] {
        (port.dimOrder.map { [$0.joined(separator: ", ")] } ?? [])
            + lists(port) { NameList.text($0, most: mostNames, room: 0, hint: "") }
    }

    /// Names of columns and classes, all of them if `room` is nil.
    static func lists(_ port: Port, room: Int?) -> [String] {
        lists(port) { NameList.text($0, most: room == nil ? .max : mostNames, room: room ?? 0) }
    }

    private static func lists(_ port: Port, _ text: ([String]) -> String) -> [String] {
        var lists: [String] = []
        if let features = port.features { lists.append("features: " + text(features.map(\.name))) }
        if let labels = port.labels { lists.append("labels: " + text(labels)) }
        return lists
    }

    private static let mostNames = 8

    /// The name of a dimension if the artifact proves one.
    private static func name(_ port: Port, _ index: Int) -> String? {
        guard let order = port.dimOrder, order.indices.contains(index) else { return nil }
        return order[index]
    }

    private static func variable(_ dimension: DynamicDimension?, named name: String?) -> String {
        guard let dimension else { return name ?? "any" }
        // What stands for the bounds is no name beside them.
        let isRange = dimension.symbol.contains("..") && (dimension.min != nil || dimension.max != nil)
        let name = name ?? (isRange ? "any" : dimension.symbol)
        return switch (dimension.min, dimension.max) {
        case (let min?, let max?): "\(name) \(min)–\(max)"
        case (let min?, nil): "\(name) ≥ \(min)"
        case (nil, let max?): "\(name) ≤ \(max)"
        case (nil, nil): name
        }
    }
}
