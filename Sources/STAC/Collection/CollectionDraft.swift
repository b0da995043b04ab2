import ModelBytes
import ModelContainers
package import ModelJSON

/// A STAC 1.1.0 Collection of the Items that were drafted in one run. It keeps of each Item its id and what is summed up,
/// so that the Items themselves need not be kept.
///
/// It does not declare the MLM extension: the schema of v1.5.2 takes every summary for an object of MLM fields, and so
/// refuses the lists that STAC has there.
package struct CollectionDraft {
    private let id: String
    package var title: String?
    package var description: String?
    package var license: String?
    /// What the id and these came by.
    package var sources: [String: String] = [:]

    private var ids: [String] = []
    private var summaries = Summaries()
    private var assetKey: String?
    private var roles: [JSONValue]?
    private var type: JSONValue?
    private var boxes: Extent<[Double]> = .nothing
    private var times: Extent<(start: String, end: String)> = .nothing

    /// What the Items agree on so far: one of them that does not say it makes the whole unknown.
    private enum Extent<Value> {
        case nothing, unknown
        case known(Value)
    }

    package init(id: String) { self.id = id }

    package var count: Int { ids.count }

    /// The folder of the Items, beside the file of the Collection.
    package static let items = "items"

    /// Where the Item of this id lies, as seen from the Collection.
    package static func path(of id: String) -> String { "\(items)/\(id).json" }

    /// Makes `item` a member of this Collection. Its file is one folder below.
    package func adopt(_ item: inout Item) {
        let collection = "../collection.json"
        for rel in ["root", "parent"] {
            item.links.append(["rel": .string(rel), "href": .string(collection), "type": "application/json"])
        }
        item.join(id, link: collection, by: nil)
    }

    /// Counts an Item that was written.
    package mutating func add(_ item: Item) {
        ids.append(item.id)
        summaries.add(item.properties)
        addAsset(item)
        addBox(item.bbox?.compactMap(\.double))
        addTimes(item)
    }

    private mutating func addAsset(_ item: Item) {
        guard let (key, asset) = item.assets.first else { return }
        assetKey = assetKey ?? key
        let roles = asset["roles"]?.array ?? []
        self.roles = self.roles.map { known in known.filter(roles.contains) } ?? roles
        // A type that not all have is no type of all.
        type = ids.count == 1 || type == asset["type"] ? asset["type"] : nil
    }

    private mutating func addBox(_ box: [Double]?) {
        guard let box, box.count >= 4 else {
            boxes = .unknown
            return
        }
        let flat = box.count == 6 ? [box[0], box[1], box[3], box[4]] : box
        switch boxes {
        case .unknown: break
        case .nothing: boxes = .known(flat)
        case .known(let other):
            // Over the antimeridian a box is not the smallest of both, but it holds both.
            let crosses = flat[0] > flat[2] || other[0] > other[2]
            boxes = .known(
                flat == other
                    ? flat
                    : [
                        crosses ? -180 : min(flat[0], other[0]), min(flat[1], other[1]),
                        crosses ? 180 : max(flat[2], other[2]), max(flat[3], other[3]),
                    ])
        }
    }

    private mutating func addTimes(_ item: Item) {
        let isOpen = item.gaps.contains { $0.pointer == "/properties/datetime" }
        let moment = item.properties["datetime"]?.string
        guard !isOpen, let start = moment ?? item.properties["start_datetime"]?.string,
            let end = moment ?? item.properties["end_datetime"]?.string
        else {
            times = .unknown
            return
        }
        switch times {
        case .unknown: break
        case .nothing: times = .known((start, end))
        case .known(let other):
            times = .known(
                (
                    Self.earlier(start, other.start) ? start : other.start,
                    Self.earlier(other.end, end) ? end : other.end
                ))
        }
    }

    private static func earlier(_ one: String, _ other: String) -> Bool { Timestamp(one) < Timestamp(other) }

    // MARK: -

    private func source(_ key: String) -> String { sources[key] ?? "given" }

    /// The Collection as JSON; without what mlm-inspect adds when `isFinal`. `note` may say more of what is missing.
    package func json(isFinal: Bool = false, note: (Gap) -> Gap = { $0 }) -> JSONValue {
        var notes = Notes()
        var document: JSONObject = ["type": "Collection", "stac_version": "1.1.0", "id": .string(id)]
        notes.say("type", .derived, "STAC 1.1.0")
        notes.say("stac_version", .derived, "STAC 1.1.0")
        notes.say("id", .derived, source("id") + ", or the name of the folder")
        if let title {
            document["title"] = .string(title)
            notes.say("title", .given, source("title"))
        }
        describe(&document, &notes)
        document["extent"] = extent(&notes)
        if !summaries.isEmpty {
            document["summaries"] = summaries.json
            notes.say("summaries", .derived, "what the Items say")
        }
        if let assetKey {
            var asset: JSONObject = ["title": "Model", "roles": .array(roles ?? [])]
            asset["type"] = type
            document["item_assets"] = [(assetKey, .object(asset))].asObject
            notes.say("item_assets", .derived, "what the model assets of all Items share")
        }
        document["links"] = .array(
            [["rel": "root", "href": "./collection.json", "type": "application/json"]]
                + ids.map { id in
                    ["rel": "item", "href": .string("./" + Self.path(of: id)), "type": "application/geo+json"]
                })
        notes.say("links", .derived, "the Items beside it")
        if !isFinal {
            document["mlm_inspect:version"] = .string(programVersion)
            document["mlm_inspect:todo"] = .array(notes.gaps.map { note($0).json })
            document["mlm_inspect:evidence"] = .array(notes.evidence.map(\.json))
        }
        return .object(document)
    }

    private struct Notes {
        var evidence: [ItemProvenance] = []
        var gaps: [Gap] = []

        mutating func say(_ key: String, _ origin: ItemProvenance.Origin, _ text: String) {
            evidence.append(ItemProvenance(key, origin: origin, where: text))
        }
    }

    private func describe(_ document: inout JSONObject, _ notes: inout Notes) {
        document["description"] = .string(
            description ?? (ids.count == 1 ? "A machine-learning model." : "\(ids.count) machine-learning models."))
        if description != nil {
            notes.say("description", .given, source("description"))
        } else {
            notes.say("description", .derived, "how many Items there are")
            notes.gaps.append(
                Gap("/description", .notInArtifact, "what these models have in common"))
        }
        document["license"] = .string(license ?? "other")
        if license != nil {
            notes.say("license", .given, source("license"))
        } else {
            notes.say("license", .assumed, "STAC's word for a licence that has no SPDX identifier")
            notes.gaps.append(Gap("/license", .notInArtifact, "SPDX identifier of the licence"))
        }
    }

    private func extent(_ notes: inout Notes) -> JSONValue {
        var box: [JSONValue] = [-180, -90, 180, 90]
        if case .known(let known) = boxes {
            box = known.map(GeoJSON.degrees)
            notes.say("extent", .derived, "what the Items cover together")
        } else {
            notes.evidence.append(
                ItemProvenance("extent", "spatial", origin: .assumed, where: "a placeholder: the world"))
            notes.gaps.append(Gap("/extent/spatial", .notInArtifact, "where the models apply"))
        }
        var interval: [JSONValue] = [nil, nil]
        if case .known(let known) = times {
            interval = [.string(known.start), .string(known.end)]
            notes.evidence.append(
                ItemProvenance("extent", "temporal", origin: .derived, where: "what the Items cover together"))
        } else {
            notes.evidence.append(ItemProvenance("extent", "temporal", origin: .assumed, where: "a placeholder: open"))
            notes.gaps.append(
                Gap(
                    "/extent/temporal", .notInArtifact, "the time the models apply to"
                ))
        }
        return ["spatial": ["bbox": [.array(box)]], "temporal": ["interval": [.array(interval)]]]
    }
}

extension [(String, JSONValue)] {
    fileprivate var asObject: JSONValue { .object(JSONObject(self)) }
}
