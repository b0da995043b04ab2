import ModelContainers
public import ModelJSON

/// What a person says of a model. Each value fills its gap; what was read or assumed
/// in its place is gone.
public struct GivenValues: Sendable {
    /// A property, and what it came by.
    public struct Property: Sendable {
        public var key: String
        public var value: JSONValue
        public var source: String
    }

    public var names = GivenNames()

    public var id: String?
    public var collection: String?
    public var footprint: Footprint?
    public var bands: [String] = []
    /// What the bands are of.
    public var sensor: Sensor?
    public var dimOrders: [DimensionOrders.Given] = []
    public var assetHref: String?
    public private(set) var properties: [Property] = []

    public init() {}

    public var isEmpty: Bool {
        id == nil && collection == nil && footprint == nil && bands.isEmpty && sensor == nil && dimOrders.isEmpty
            && assetHref == nil && properties.isEmpty
    }

    /// Takes a property over; throws for a value that it cannot have, and for a second one.
    public mutating func set(_ key: String, _ value: JSONValue, by source: String) throws(GivenError) {
        if let other = properties.first(where: { $0.key == key }) {
            throw GivenError("\(source): \(key) was given already, by \(other.source)")
        }
        try PropertyRules.check(key, value, by: source)
        properties.append(Property(key: key, value: value, source: source))
    }

    /// `key=value`: the value is JSON where it can be read as JSON, else it is text. The key may be written as the pointer
    /// that what is missing is listed by: `/properties/license`.
    public mutating func set(_ text: String) throws(GivenError) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw GivenError("\(names.property) \(text): write key=value")
        }
        var key = String(text[..<equals])
        if key.hasPrefix("/") {
            guard let tokens = JSONPointer(key)?.tokens, tokens.count == 2, tokens[0] == "properties" else {
                throw GivenError(
                    "\(names.property) \(key): only a whole property can be set, such as /properties/license")
            }
            key = tokens[1]
        }
        let value = String(text[text.index(after: equals)...])
        try set(key, (try? JSONValue.parse(value)) ?? .string(value), by: "\(names.property) \(key)")
    }

    public func property(_ key: String) -> String? { properties.first { $0.key == key }?.value.string }

    /// Takes a property out: it is of the Collection, and not of its Items.
    public mutating func take(_ key: String) -> String? {
        defer { properties.removeAll { $0.key == key } }
        return property(key)
    }

    /// What the first value came by that only one Item can have; the title of a Collection is its own.
    public func sourceOfOneItem(inCollection: Bool) -> String? {
        if id != nil { return names.id }
        if assetHref != nil { return names.assetHref }
        return properties.first { $0.key == "mlm:name" || ($0.key == "title" && !inCollection) }?.source
    }

    /// What contradicts itself whatever the model is.
    public func check() throws(GivenError) {
        let times = [Self.datetime, Self.start, Self.end].map { key in properties.first { $0.key == key } }
        if let datetime = times[0], let range = times[1] ?? times[2], !datetime.value.isNull {
            throw GivenError("\(datetime.source) and \(range.source): give one moment, or a start and an end")
        }
        switch (times[1], times[2]) {
        case (let start?, let end?):
            let (first, last) = (start.value.string ?? "", end.value.string ?? "")
            guard Timestamp(first) <= Timestamp(last) else {
                throw GivenError("\(start.source) \(first) is after \(end.source) \(last)")
            }
        case (let start?, nil):
            throw GivenError("\(start.source) needs \(names.end) too; one that is open is 9999-12-31T23:59:59Z")
        case (nil, let end?): throw GivenError("\(end.source) needs \(names.start) too")
        case (nil, nil):
            if let datetime = times[0], datetime.value.isNull { throw GivenError("\(datetime.source) is empty") }
        }
    }

    /// Puts everything into `item`. Throws for what does not go with the model.
    public func apply(to item: inout Item) throws(GivenError) {
        if let id {
            item.id = id
            item.settle(JSONPointer(["id"]), by: names.id)
        }
        if let footprint {
            item.geometry = footprint.geometry
            item.bbox = footprint.bbox
            let sources = footprint.sources(names)
            item.settle(JSONPointer(["geometry"]), by: sources.geometry)
            if let source = sources.box {
                item.settle(JSONPointer(["bbox"]), by: source)
            } else {
                item.evidence.append(ItemProvenance("bbox", origin: .derived, where: "the box around the geometry"))
            }
        }
        for property in properties { apply(property, to: &item) }
        for order in dimOrders { try DimensionOrders(names).set(order, in: &item) }
        if !bands.isEmpty || sensor != nil { try Bands(names, of: sensor).name(bands, in: &item) }
        Bands(names).complete(&item)
        if let assetHref { applyHref(assetHref, to: &item) }
        if let collection { item.join(collection, link: "./collection.json", by: names.collection) }
        try check(item)
    }

    /// Each value may be right, and all of them together not be a valid Item.
    private func check(_ item: Item) throws(GivenError) {
        guard !isEmpty else { return }
        let violations: [Violation]
        do throws(NotSTAC) {
            violations = try DocumentCheck(item.json(), listing: 1).violations
        } catch {
            throw GivenError(error.message)
        }
        if let violation = violations.first { throw GivenError("\(violation.pointer) \(violation.message)") }
    }

    static let datetime = "datetime"
    static let start = "start_datetime"
    static let end = "end_datetime"

    private func apply(_ property: Property, to item: inout Item) {
        let pointer = JSONPointer(["properties", property.key])
        item.properties[property.key] = property.value
        item.settle(pointer, by: property.source)
        switch property.key {
        case Self.datetime where !property.value.isNull:
            for key in [Self.start, Self.end] {
                item.properties[key] = nil
                item.forget(JSONPointer(["properties", key]))
            }
        case Self.start, Self.end:
            item.settle(JSONPointer(["properties", Self.datetime]), by: names.range)
        case "mlm:tasks": item.setTasksOfOutputs(property)
        default: break
        }
    }

    private func applyHref(_ href: String, to item: inout Item) {
        guard let key = item.assets.keys.first, var asset = item.assets[key]?.object else { return }
        asset["href"] = .string(href)
        item.assets[key] = .object(asset)
        item.settle(JSONPointer(["assets", key, "href"]), by: names.assetHref)
    }
}

extension Item {
    /// Says that the Item belongs to a Collection: STAC wants the field and the link together.
    public mutating func join(_ collection: String, link: String, by source: String?) {
        self.collection = collection
        links.append(["rel": "collection", "href": .string(link), "type": "application/json"])
        if let source {
            settle(JSONPointer(["collection"]), by: source)
        } else {
            forget(JSONPointer(["collection"]))
            evidence.append(ItemProvenance("collection", origin: .derived, where: "the Collection it is written into"))
        }
        forget(JSONPointer(["links"]))
        if source == nil {
            evidence.append(ItemProvenance("links", origin: .derived, where: "the place of the Collection beside it"))
        } else {
            evidence.append(ItemProvenance("links", origin: .assumed, where: "a Collection beside the Item"))
            gaps.append(
                Gap(
                    "/links", .partlyKnown,
                    "where the Collection is: STAC wants a link to it, here to one beside the Item"))
        }
    }

    /// What the model is for is what its outputs are for, where nothing else was said of them.
    fileprivate mutating func setTasksOfOutputs(_ tasks: GivenValues.Property) {
        guard let outputs = properties["mlm:output"]?.array else { return }
        var changed: [JSONValue] = []
        for (index, output) in outputs.enumerated() {
            var members = output.object ?? [:]
            members["tasks"] = tasks.value
            settle(JSONPointer(["properties", "mlm:output", String(index), "tasks"]), by: tasks.source)
            changed.append(.object(members))
        }
        properties["mlm:output"] = .array(changed)
    }
}
