import ModelContainers
package import ModelJSON

/// What a person says of a model. Each value fills its gap; what was read or assumed
/// in its place is gone.
package struct GivenValues: Sendable {
    /// A property, and what it came by.
    package struct Property: Sendable {
        package var key: String
        package var value: JSONValue
        package var source: String
    }

    package var names = GivenNames()

    package var id: String?
    package var collection: String?
    package var footprint: Footprint?
    package var bands: [String] = []
    /// What the bands are of.
    package var sensor: Sensor?
    package var dimOrders: [DimensionOrders.Given] = []
    package var assetHref: String?
    package internal(set) var properties: [Property] = []
    /// What is said of inputs and outputs.
    package var ports: [GivenPort] = []
    /// Links besides those that every Item has.
    package var links: [GivenLink] = []
    /// Files besides the model, and what is said of the model's own.
    package var assets: [GivenAsset] = []
    /// Addresses of extensions that are declared besides those whose fields are known here.
    package var extensions: [String] = []
    /// What values came by that were not given by what `names` has for them, by the word of the field.
    var sources: [String: String] = [:]
    /// Some of it stands in a file, whose lines help to find what is wrong.
    var isOfFile = false

    package init() {}

    package var isEmpty: Bool {
        id == nil && collection == nil && footprint == nil && bands.isEmpty && sensor == nil && dimOrders.isEmpty
            && assetHref == nil && properties.isEmpty && ports.isEmpty && links.isEmpty && assets.isEmpty
            && extensions.isEmpty
    }

    /// What the value of a field came by.
    func source(_ word: String, _ name: String) -> String { sources[word] ?? name }

    /// Takes a property over; throws for a value that it cannot have, and for a second one.
    package mutating func set(_ key: String, _ value: JSONValue, by source: String) throws(GivenError) {
        if let other = properties.first(where: { $0.key == key }) {
            throw GivenError("\(source): \(key) was given already, by \(other.source)")
        }
        try PropertyRules.check(key, value, by: source)
        properties.append(Property(key: key, value: value, source: source))
    }

    /// `key=value`: the value is JSON where it can be read as JSON, else it is text. The key may be written as the pointer
    /// that what is missing is listed by: `/properties/license`.
    package mutating func set(_ text: String) throws(GivenError) {
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

    package func property(_ key: String) -> String? { properties.first { $0.key == key }?.value.string }

    /// Takes a property out: it is of the Collection, and not of its Items.
    package mutating func take(_ key: String) -> String? {
        defer { properties.removeAll { $0.key == key } }
        return property(key)
    }

    /// What the first value came by that only one Item can have; the title of a Collection is its own.
    package func sourceOfOneItem(inCollection: Bool) -> String? {
        if id != nil { return source("id", names.id) }
        if assetHref != nil { return source("href", names.assetHref) }
        return properties.first { $0.key == "mlm:name" || ($0.key == "title" && !inCollection) }?.source
    }

    /// What contradicts itself whatever the model is.
    package func check() throws(GivenError) {
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
    package func apply(to item: inout Item) throws(GivenError) {
        if let id {
            item.id = id
            item.settle(JSONPointer(["id"]), by: source("id", names.id))
        }
        if let footprint {
            item.geometry = footprint.geometry
            item.bbox = footprint.bbox
            let sources = footprint.sources(namesOfPlace)
            item.settle(JSONPointer(["geometry"]), by: sources.geometry)
            if let source = sources.box {
                item.settle(JSONPointer(["bbox"]), by: source)
            } else {
                item.evidence.append(ItemProvenance("bbox", origin: .derived, where: "the box around the geometry"))
            }
        }
        for property in properties { apply(property, to: &item) }
        for port in ports { try port.addTo(&item) }
        for order in dimOrders { try DimensionOrders(names).set(order, in: &item) }
        try nameBands(in: &item)
        Bands(names).complete(&item)
        for port in ports { try port.complete(&item) }
        if let assetHref { applyHref(assetHref, to: &item) }
        if let collection {
            item.join(collection, link: "./collection.json", by: source("collection", names.collection))
        }
        for link in links { link.addTo(&item) }
        addCitation(to: &item)
        for asset in assets { try asset.addTo(&item) }
        declareExtensions(of: &item)
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
        guard let violation = violations.first else { return }
        let place = JSONPointer(violation.pointer) ?? JSONPointer()
        let giver = item.evidence.filter { $0.origin == .given && place.isWithin($0.place) }
            .max { $0.place.tokens.count < $1.place.tokens.count }
        let source = giver.map { isOfFile ? "\($0.where): " : "" } ?? ""
        throw GivenError("\(source)\(violation.pointer) \(violation.message)")
    }

    /// What the place came by.
    private var namesOfPlace: GivenNames {
        var names = names
        names.geometry = source("geometry", names.geometry)
        names.world = source("geometry", names.world)
        names.box = source("bbox", names.box)
        return names
    }

    /// Bands that no input was named for, and then those of inputs that have none yet.
    private func nameBands(in item: inout Item) throws(GivenError) {
        var groups: [Bands.Group] = []
        if !bands.isEmpty || sensor != nil {
            let inputs = item.properties["mlm:input"]?.array ?? []
            let name = sensor.map { source("sensor", "\(names.sensor) \($0.id)") } ?? source("bands", names.bands)
            groups = Bands(names).groups(bands, of: sensor, by: name, among: inputs)
        }
        // What was said last of an input holds.
        let own = ports.enumerated().compactMap { index, port in
            ports[(index + 1)...].contains { $0.bands != nil && $0.name == port.name && $0.kind == port.kind }
                ? nil : port.bands
        }
        // What a person said of one input in a file goes before what the file says of all of them.
        let areOfFile = sources["bands"] != nil || sources["sensor"] != nil
        let all = areOfFile ? own + groups : groups + own
        if !all.isEmpty { try Bands(names).name(all, in: &item) }
    }

    /// A DOI is linked to, as the scientific extension recommends.
    private func addCitation(to item: inout Item) {
        guard let doi = properties.first(where: { $0.key == "sci:doi" }), let text = doi.value.string,
            !item.links.contains(where: { $0["rel"] == "cite-as" })
        else { return }
        GivenLink(["rel": "cite-as", "href": .string("https://doi.org/\(text)")], by: doi.source).addTo(&item)
    }

    /// Those that are not declared for their fields anyway.
    private func declareExtensions(of item: inout Item) {
        item.extensions = extensions
        for (index, uri) in Extensions.used(by: item).enumerated() where extensions.contains(uri.string ?? "") {
            item.settle(JSONPointer(["stac_extensions", String(index)]), by: source("extensions", "extensions"))
        }
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
            item.properties[Self.datetime] = .null
            item.settle(JSONPointer(["properties", Self.datetime]), by: source("datetime", names.range))
        case "mlm:tasks": item.setTasksOfOutputs(property)
        default: break
        }
    }

    private func applyHref(_ href: String, to item: inout Item) {
        guard let key = item.assets.keys.first, var asset = item.assets[key]?.object else { return }
        asset["href"] = .string(href)
        item.assets[key] = .object(asset)
        item.settle(JSONPointer(["assets", key, "href"]), by: source("href", names.assetHref))
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
        // What a person gave of other links stays.
        gaps.removeAll { $0.pointer == "/links" }
        evidence.removeAll { $0.place.tokens == ["links"] }
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
