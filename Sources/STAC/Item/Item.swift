import ModelContainers
public import ModelJSON

/// A STAC 1.1.0 Item of one model, with where each of its values comes from and what is still open.
///
/// Valid by construction, gaps or not. Evidence and gaps travel in the Item's properties as `mlm_inspect:evidence` and
/// `mlm_inspect:todo`, whose prefix no schema minds.
public struct Item: Sendable {
    /// The version of mlm-inspect, which every Item names as `mlm_inspect:version`.
    public static let generator = "0.1.0"

    public var id: String
    /// The id of the Collection it belongs to; there has to be a link to that too.
    public var collection: String?
    public var geometry: JSONValue = .null
    /// Goes with a geometry, and never without one.
    public var bbox: [JSONValue]?
    public var properties: JSONObject
    public var links: [JSONValue] = []
    public var assets: JSONObject
    public var evidence: [ItemProvenance]
    public var gaps: [Gap]

    /// The Item as JSON. `isFinal` leaves out what mlm-inspect adds for the person who completes it.
    public func json(isFinal: Bool = false) -> JSONValue {
        var document: JSONObject = [
            "type": "Feature", "stac_version": "1.1.0", "stac_extensions": .array(Extensions.used(by: self)),
            "id": .string(id),
        ]
        if let collection { document["collection"] = .string(collection) }
        document["geometry"] = geometry
        if let bbox { document["bbox"] = .array(bbox) }
        var properties = ordered(isFinal: isFinal)
        if !isFinal {
            properties["mlm_inspect:version"] = .string(Self.generator)
            properties["mlm_inspect:todo"] = .array(gaps.map(\.json))
            properties["mlm_inspect:evidence"] = .array(evidence.map(\.json))
        }
        document["properties"] = .object(properties)
        document["links"] = .array(links)
        document["assets"] = .object(assets)
        return .object(document)
    }

    /// What STAC shares among all kinds of data comes before what is of the model alone.
    private static let first = [
        "title", "description", "license", "datetime", "start_datetime", "end_datetime", "bands",
    ]

    private func ordered(isFinal: Bool) -> JSONObject {
        var result = JSONObject()
        for key in Self.first { result[key] = properties[key] }
        for (key, value) in properties where result[key] == nil {
            result[key] = isFinal && (key == "mlm:input" || key == "mlm:output") ? value.withoutNotes : value
        }
        return result
    }
}

extension Item {
    /// Says that a person gave what is at `pointer`: whatever was said of it before, and every gap there, is settled.
    public mutating func settle(_ pointer: JSONPointer, by flag: String) {
        forget(pointer)
        evidence.append(ItemProvenance(pointer, .given, flag))
    }

    /// What was said of `pointer` and of all below it is gone, with its value.
    public mutating func forget(_ pointer: JSONPointer) {
        gaps.removeAll { JSONPointer($0.pointer)?.isWithin(pointer) ?? false }
        evidence.removeAll { $0.place.isWithin(pointer) }
    }
}

/// Where a value of an Item comes from.
public struct ItemProvenance: Hashable, Sendable {
    public enum Origin: String, Sendable {
        case read, derived
        /// A placeholder, or what STAC wants to be said of something that nobody knows; mostly there is a gap for it.
        case assumed
        /// By a person.
        case given
    }

    /// The value itself, or the object or list that holds it.
    public var place: JSONPointer
    public var origin: Origin
    /// Entry, key or offset; for a derived value also the rule; for a given one the flag.
    public var `where`: String

    public init(_ place: JSONPointer, _ origin: Origin, _ where: String) {
        self.place = place
        self.origin = origin
        self.where = `where`
    }

    init(_ tokens: String..., origin: Origin, where place: String) {
        self.init(JSONPointer(tokens), origin, place)
    }

    var json: JSONValue {
        ["pointer": .string(place.description), "origin": .string(origin.rawValue), "where": .string(`where`)]
    }
}

extension Gap {
    var json: JSONValue {
        ["pointer": .string(pointer), "reason": .string(reason.rawValue), "hint": .string(hint)]
    }
}

extension JSONValue {
    /// Without the members that mlm-inspect adds to an input or output.
    fileprivate var withoutNotes: JSONValue {
        guard let ports = array else { return self }
        return .array(
            ports.map { port in
                guard var members = port.object else { return port }
                for key in members.keys where key.hasPrefix("mlm_inspect:") { members[key] = nil }
                return .object(members)
            })
    }
}
