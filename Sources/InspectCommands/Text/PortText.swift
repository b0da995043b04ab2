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

    /// Names of dimensions, columns and classes.
    static func details(_ port: Port) -> [String] {
        (port.dimOrder.map { [$0.joined(separator: ", ")] } ?? []) + lists(port)
    }

    /// Names of columns and classes.
    static func lists(_ port: Port) -> [String] {
        var details: [String] = []
        if let features = port.features { details.append("features: " + names(features.map(\.name))) }
        if let labels = port.labels { details.append("labels: " + names(labels)) }
        return details
    }

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

    private static func names(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … \(names.count - 8) more" : "")
    }
}
