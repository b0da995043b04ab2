/// Values that several sources give: a folder's file, a model's own file, flags.
extension GivenValues {
    /// These values, as far as `upper` does not say the same.
    package func under(_ upper: GivenValues) -> GivenValues {
        var result = upper
        result.isOfFile = isOfFile || upper.isOfFile
        func take<Value>(_ word: String, _ path: WritableKeyPath<GivenValues, Value?>, _ name: String) {
            guard result[keyPath: path] == nil, let value = self[keyPath: path] else { return }
            result[keyPath: path] = value
            result.sources[word] = source(word, name)
        }
        take("id", \.id, names.id)
        take("collection", \.collection, names.collection)
        take("href", \.assetHref, names.assetHref)
        take("sensor", \.sensor, names.sensor)
        if upper.footprint == nil, let footprint {
            result.footprint = footprint
            result.sources["geometry"] = source("geometry", names.geometry)
            result.sources["bbox"] = source("bbox", names.box)
        }
        if upper.bands.isEmpty, !bands.isEmpty {
            result.bands = bands
            result.sources["bands"] = source("bands", names.bands)
        }
        result.properties = mergedProperties(upper)
        if !upper.properties.contains(where: { Self.times.contains($0.key) }) {
            result.sources["datetime"] = sources["datetime"]
        }
        result.dimOrders += dimOrders.filter { mine in
            !upper.dimOrders.contains { $0.port == mine.port && ($0.kind ?? mine.kind) == mine.kind }
        }
        // Those of `upper` come last, and so hold.
        result.ports = ports + upper.ports
        result.links = upper.links + links.filter { mine in !upper.links.contains { $0.link == mine.link } }
        result.assets = assets + upper.assets
        result.extensions = upper.extensions + extensions.filter { !upper.extensions.contains($0) }
        result.sources["extensions"] = upper.sources["extensions"] ?? sources["extensions"]
        return result
    }

    private static let times = [datetime, start, end]

    /// A moment in `upper` stands for start and end, and these for a moment.
    private func mergedProperties(_ upper: GivenValues) -> [Property] {
        let said = Set(upper.properties.map(\.key))
        let saysMoment = said.contains(Self.datetime)
        let saysRange = said.contains(Self.start) || said.contains(Self.end)
        return properties.filter { property in
            switch property.key {
            case Self.datetime: !said.contains(property.key) && !saysRange
            case Self.start, Self.end: !said.contains(property.key) && !saysMoment
            default: !said.contains(property.key)
            }
        } + upper.properties
    }
}
