import ModelBytes
import ModelContainers
public import ModelJSON

/// A STAC 1.1.0 Item of one model, with the origin of each value and what is missing.
///
/// It is valid even if values are missing. Evidence and missing values are in the Item's properties, as
/// `mlm_inspect:evidence` and `mlm_inspect:todo`.
public struct Item: Sendable {
    /// The id of the Item.
    public var id: String
    /// The id of the Collection it belongs to. The Item also needs a link to it.
    public var collection: String?
    /// Where the model applies, as GeoJSON.
    public var geometry: JSONValue = .null
    /// The box around the geometry. It needs a geometry.
    public var bbox: [JSONValue]?
    /// Properties of the Item.
    public var properties: JSONObject
    /// Links of the Item.
    public var links: [JSONValue] = []
    /// Assets of the Item by key.
    public var assets: JSONObject
    /// Addresses of extensions that are declared besides those whose fields are known here.
    public var extensions: [String] = []
    /// The version of STAC that it is written in.
    var version = STACVersion.current
    /// Where the values come from.
    public var evidence: [ItemProvenance]
    /// What is missing.
    public var gaps: [Gap]

    /// The Item as JSON. `isFinal` leaves out the keys that mlm-inspect adds for the person who completes the Item.
    public func json(isFinal: Bool = false) -> JSONValue {
        var document: JSONObject = [
            "type": "Feature", "stac_version": .string(version.rawValue),
            "stac_extensions": .array(Extensions.used(by: self)),
            "id": .string(id),
        ]
        if let collection { document["collection"] = .string(collection) }
        document["geometry"] = geometry
        if let bbox { document["bbox"] = .array(bbox) }
        var properties = ordered(isFinal: isFinal)
        if !isFinal {
            properties["mlm_inspect:version"] = .string(programVersion)
            properties["mlm_inspect:todo"] = .array(gaps.map(\.json))
            properties["mlm_inspect:evidence"] = .array(evidence.map(\.json))
        }
        document["properties"] = .object(properties)
        document["links"] = .array(links)
        document["assets"] = .object(assets)
        return .object(document)
    }

    /// Fields that STAC uses for all data come before fields of the model.
    private static let first = [
        "title", "description", "license", "datetime", "start_datetime", "end_datetime", "bands",
    ]

    private func ordered(isFinal: Bool) -> JSONObject {
        var result = JSONObject()
        for key in Self.first { result[key] = properties[key] }
        for (key, value) in properties where result[key] == nil {
            let isPorts = key == "mlm:input" || key == "mlm:output"
            result[key] = isFinal && isPorts ? value.published(needsBands: key == "mlm:input") : value
        }
        return result
    }
}

extension Item {
    /// Says that a person gave what is at `pointer`: whatever was said of it before, and every gap there, is settled.
    public mutating func settle(_ pointer: JSONPointer, by source: String) {
        forget(pointer)
        evidence.append(ItemProvenance(pointer, .given, source))
    }

    /// Removes the evidence and missing values of `pointer` and everything below it, with the value itself.
    public mutating func forget(_ pointer: JSONPointer) {
        let place = pointer.description
        gaps.removeAll { $0.isWithin(place) }
        evidence.removeAll { $0.place.isWithin(pointer) }
    }
}

/// Where a value of an Item comes from.
public struct ItemProvenance: Hashable, Sendable {
    /// How a value came about.
    public enum Origin: String, Sendable {
        /// `read` as stored in the artifact; `derived` from it by a rule that `where` names.
        case read, derived
        /// A placeholder, or a word that STAC has for an unknown value. It is usually listed as missing.
        case assumed
        /// By a person.
        case given
    }

    /// The place of the value, or of the object or list that contains it.
    public var place: JSONPointer
    /// How the value came about.
    public var origin: Origin
    /// Entry, key or offset; for a derived value also the rule; for a given one what it came by.
    public var `where`: String

    /// Creates the provenance of a value.
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
    /// Inputs or outputs without the members that mlm-inspect adds. An input without bands says so: the schema allows that
    /// `bands` is left out, MLM's README calls it required, and pystac's extension reads no input without it.
    fileprivate func published(needsBands: Bool) -> JSONValue {
        guard let ports = array else { return self }
        return .array(
            ports.map { port in
                guard var members = port.object else { return port }
                // The columns of a table have no other place, unless they are bands.
                let kept = members["bands"] == nil ? "mlm_inspect:features" : nil
                for key in members.keys where key.hasPrefix("mlm_inspect:") && key != kept { members[key] = nil }
                if needsBands, members["bands"] == nil { members["bands"] = [] }
                return .object(members)
            })
    }
}
