package import ModelBytes
import ModelContainers
import ModelFormats
package import ModelJSON

/// Fills an Item that somebody wrote from a draft: only what is missing is put in, and the rest of the text stays to the
/// byte.
///
/// Missing is what is not there, and what a draft itself writes in its place: `mlm:tasks: []`, `mlm:input: []`,
/// `mlm:output: []`, `mlm:architecture: "unknown"`, `geometry: null`. Merging the same draft again changes nothing.
package struct ItemMerge: Sendable {
    private let text: [UInt8]
    private let root: DocumentNode
    /// The Item as it was.
    package let document: JSONObject

    /// Throws for what is no JSON, has a key twice, is beyond `Limits.stacBytes`, or is no STAC Item.
    package init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        try limits.stacBytes.check(source.count)
        text = try source.bytes(at: 0, count: source.count)
        guard let document = try JSONValue.parse(text, limits: limits).object else {
            throw InspectionError(.malformed, "not a STAC Item: the JSON is not an object")
        }
        guard document["type"] == "Feature" else {
            let type = document["type"]?.string.map { "its type is \"\($0)\"" } ?? "it has no type"
            throw InspectionError(.malformed, "not a STAC Item: \(type), and the type of an Item is \"Feature\"")
        }
        for key in ["properties", "assets"] {
            if let value = document[key], value.object == nil {
                throw InspectionError(.malformed, "not a STAC Item: its \(key) are not an object")
            }
        }
        if let extensions = document["stac_extensions"], extensions.array == nil {
            throw InspectionError(.malformed, "not a STAC Item: its stac_extensions are not a list")
        }
        self.document = document
        root = try DocumentNode.read(text, limits: limits)
    }

    /// The text with what `item` knows and this one lacks; without what mlm-inspect adds when `isFinal`.
    package func filled(from item: Item, isFinal: Bool = false) -> [UInt8] {
        let item = inForm(item)
        var edited = DocumentText(text, root)
        let drafted = item.json(isFinal: isFinal).object ?? [:]
        let names = assetNames(item)
        var added = JSONObject()
        for (key, value) in drafted {
            switch key {
            case "stac_extensions":
                guard let node = root[key] else {
                    added[key] = value
                    continue
                }
                edited.add(missingExtensions(value.array ?? []), to: node, depth: 1)
            case "properties":
                let properties = self.properties(item, names, isFinal)
                guard let node = root[key] else {
                    added[key] = .object(properties.added)
                    continue
                }
                for name in properties.removed { edited.remove(name, from: node) }
                for (name, value) in properties.replaced {
                    if let old = node[name] { edited.replace(old, by: value, depth: 2) }
                }
                edited.add(properties.added, to: node, depth: 1)
            case "assets":
                var assets = JSONObject()
                for (name, asset) in item.assets {
                    let target = names[name] ?? name
                    guard let existing = document[key]?[target]?.object, let node = root[key]?[target] else {
                        assets[target] = asset
                        continue
                    }
                    edited.add(missingFields(asset.object ?? [:], existing), to: node, depth: 2)
                }
                guard let node = root[key] else {
                    added[key] = .object(assets)
                    continue
                }
                edited.add(assets, to: node, depth: 1)
            case "geometry":
                guard let node = root[key] else {
                    added[key] = value
                    continue
                }
                if document[key]?.isNull == true, !value.isNull { edited.replace(node, by: value, depth: 1) }
            case "bbox":
                // Of the geometry that is put in, and of no other.
                if root[key] == nil, document["geometry"]?.isNull ?? true { added[key] = value }
            case "links":
                guard let node = root[key] else {
                    added[key] = value
                    continue
                }
                edited.add(missingLinks(item), to: node, depth: 1)
            case "collection":
                // STAC wants the link with it, and links are somebody's own.
                if root[key] == nil, root["links"] == nil { added[key] = value }
            default:
                if root[key] == nil { added[key] = value }
            }
        }
        if root["bbox"] == nil, added["bbox"] == nil, let geometry = document["geometry"], !geometry.isNull,
            let extent = try? GeoJSON.extent(of: geometry)
        {
            added["bbox"] = .array(extent.numbers)
        }
        edited.add(added, to: root, depth: 0)
        return edited.changed
    }

    /// Places of values that a person gave and that are not written, since the Item has its own.
    package func kept(besides item: Item) -> [(place: JSONPointer, source: String)] {
        guard let result = try? JSONValue.parse(filled(from: item)) else { return [] }
        let item = inForm(item)
        let drafted = item.json()
        let names = assetNames(item)
        return item.evidence.compactMap { entry in
            guard entry.origin == .given, let value = drafted[entry.place] else { return nil }
            if let list = entry.place.tokens.first, ["links", "stac_extensions"].contains(list) {
                let values = result[list]?.array ?? []
                return entry.place.tokens.count < 2 || values.contains(value) ? nil : (entry.place, entry.where)
            }
            let there = MergedNotes.renamed(entry.place, names)
            return result[there] == value ? nil : (there, entry.where)
        }
    }

    /// What the merged Item still lacks and has to have, and why: what the draft or the Item says is missing and nobody
    /// has filled.
    package func open(in item: Item) -> [(gap: Gap, why: String)] {
        guard let result = try? JSONValue.parse(filled(from: item)) else { return [] }
        let item = inForm(item)
        let drafted = item.json()
        let names = assetNames(item)
        let todo = document["properties"]?["mlm_inspect:todo"]?.array ?? []
        let earlier = todo.compactMap { gap in
            gap["pointer"]?.string.map { Gap($0, .notInArtifact, gap["hint"]?.string ?? "") }
        }
        var all: [Gap] = []
        for gap in item.gaps + earlier {
            guard let place = JSONPointer(gap.pointer) else { continue }
            let there = MergedNotes.renamed(place, names)
            let isGiven = item.evidence.contains { $0.origin == .given && place.isWithin($0.place) }
            if isGiven, result[there] == drafted[place] { continue }
            let named = Gap(there.description, gap.reason, gap.hint)
            guard isEmpty(there, in: result), !all.contains(where: { $0.pointer == named.pointer }) else { continue }
            all.append(named)
        }
        return all.compactMap { gap in RequiredGaps.why(gap).map { (gap, $0) } }
    }

    /// Whether nothing is there, or what a draft writes where nobody knows.
    private func isEmpty(_ place: JSONPointer, in result: JSONValue) -> Bool {
        if place.tokens == ["properties", Self.dates[0]] {
            let properties = result["properties"]?.object ?? [:]
            return properties[Self.dates[0]]?.string == nil
                && (Self.arePlaceholders(properties)
                    || properties[Self.dates[1]] == nil || properties[Self.dates[2]] == nil)
        }
        switch result[place] {
        case nil, .null?, "unknown"?, ""?: return true
        case let value?:
            guard let list = value.array else { return place.tokens.last == "href" && value == "./model" }
            return list.isEmpty
                || (place.tokens.last == "dim_order"
                    && list.compactMap(\.string).contains(where: DimensionOrder.isNeutral))
        }
    }

    /// The dates that a draft writes where nobody knows.
    private static func arePlaceholders(_ properties: JSONObject) -> Bool {
        properties[dates[1]] == "1900-01-01T00:00:00Z" && properties[dates[2]] == "9999-12-31T23:59:59Z"
    }

    /// Dates that this Item has from a draft, whose list of what is missing still has them.
    private var hasPlaceholderDates: Bool {
        let properties = document["properties"]?.object ?? [:]
        let todo = properties["mlm_inspect:todo"]?.array ?? []
        return Self.arePlaceholders(properties) && todo.contains { $0["pointer"] == "/properties/datetime" }
    }

    /// Links that a person gave, and that are not there.
    private func missingLinks(_ item: Item) -> [JSONValue] {
        let existing = document["links"]?.array ?? []
        let given = item.evidence.compactMap { entry -> JSONValue? in
            guard entry.origin == .given, entry.place.tokens.first == "links", entry.place.tokens.count == 2,
                let index = Int(entry.place.tokens[1]), item.links.indices.contains(index)
            else { return nil }
            return item.links[index]
        }
        return given.filter { link in
            !existing.contains { $0["rel"] == link["rel"] && $0["href"] == link["href"] }
        }
    }

    /// What the artifact of `item` contradicts of what is written here.
    package func contradictions(_ agreement: Agreement, item: Item) -> [Contradiction] {
        let key = item.assets.keys.first.map { assetNames(item)[$0] ?? $0 } ?? "model"
        return agreement.contradictions(
            properties: document["properties"]?.object ?? [:], asset: document["assets"]?[key]?.object ?? [:],
            assetKey: key)
    }

    // MARK: - Parts

    /// As the version of STAC has it that this Item is written in.
    private func inForm(_ item: Item) -> Item {
        let version = document["stac_version"]
        return version == nil || version == .string(STACVersion.current.rawValue) ? item : item.inOlderForm()
    }

    private func missingExtensions(_ drafted: [JSONValue]) -> [JSONValue] {
        let existing = document["stac_extensions"]?.array ?? []
        let families = Set(existing.compactMap { Self.family($0.string ?? "") })
        return drafted.filter { uri in
            // Another version of it is somebody's choice.
            !existing.contains(uri) && Self.family(uri.string ?? "").map { !families.contains($0) } ?? true
        }
    }

    /// `https://stac-extensions.github.io/mlm` of `https://stac-extensions.github.io/mlm/v1.5.2/schema.json`.
    private static func family(_ uri: String) -> String? {
        let parts = uri.split(separator: "/", omittingEmptySubsequences: false)
        return parts.lastIndex { $0.hasPrefix("v") && $0.dropFirst().first?.isNumber == true }
            .map { parts[..<$0].joined(separator: "/") }
    }

    /// The key here of each asset of the draft: of the one with its reference, its key or its file's name, else a free one.
    private func assetNames(_ item: Item) -> [String: String] {
        let existing = document["assets"]?.object ?? [:]
        var names: [String: String] = [:]
        for (key, asset) in item.assets {
            let taken = Set(names.values)
            let free = existing.filter { !taken.contains($0.key) }
            names[key] = Self.counterpart(of: asset, key, among: free) ?? Self.freeKey(key, existing, taken)
        }
        return names
    }

    private static func counterpart(
        of asset: JSONValue, _ key: String, among existing: [(key: String, value: JSONValue)]
    ) -> String? {
        let href = plain(asset["href"]?.string ?? "")
        if let same = existing.first(where: { plain($0.value["href"]?.string ?? "") == href }) { return same.key }
        if let same = existing.first(where: { $0.key == key }) { return same.key }
        let sameFile = existing.first { _, value in
            value["roles"] == asset["roles"] && file(value["href"]?.string ?? "") == file(href)
        }
        return sameFile?.key
    }

    private static func freeKey(_ key: String, _ existing: JSONObject, _ taken: Set<String>) -> String {
        var name = key
        var number = 2
        while existing[name] != nil || taken.contains(name) {
            name = "\(key)-\(number)"
            number += 1
        }
        return name
    }

    private static func plain(_ href: String) -> String { href.hasPrefix("./") ? String(href.dropFirst(2)) : href }

    private static func file(_ href: String) -> String { href.split(separator: "/").last.map(String.init) ?? "" }

    /// MLM ties the artifact type to the role `mlm:model`, and roles are somebody's own.
    private func missingFields(_ drafted: JSONObject, _ existing: JSONObject) -> JSONObject {
        var missing = JSONObject(drafted.filter { existing[$0.key] == nil }.map { ($0.key, $0.value) })
        let roles = (existing["roles"] ?? drafted["roles"])?.array ?? []
        if !roles.contains("mlm:model") { missing["mlm:artifact_type"] = nil }
        return missing
    }

    private static let dates = ["datetime", "start_datetime", "end_datetime"]

    private func properties(
        _ item: Item, _ names: [String: String], _ isFinal: Bool
    ) -> (replaced: JSONObject, added: JSONObject, removed: [String]) {
        let existing = document["properties"]?.object ?? [:]
        let drafted = item.json(isFinal: isFinal)["properties"]?.object ?? [:]
        let mayReplaceDates = hasPlaceholderDates
        let hasDates =
            !mayReplaceDates
            && (existing["datetime"].map { !$0.isNull } ?? false
                || (existing["start_datetime"] != nil && existing["end_datetime"] != nil))
        var replaced = JSONObject()
        var added = JSONObject()
        for (key, value) in drafted where !key.hasPrefix("mlm_inspect:") {
            if Self.dates.contains(key), hasDates { continue }
            guard let old = existing[key] else {
                added[key] = value
                continue
            }
            let isOpen = Self.isPlaceholder(key, old) || (mayReplaceDates && Self.dates.contains(key))
            if isOpen, old != value { replaced[key] = value }
        }
        var removed: [String] = []
        if mayReplaceDates { removed += Self.dates.filter { existing[$0] != nil && drafted[$0] == nil } }
        if isFinal {
            removed += existing.keys.filter { $0.hasPrefix("mlm_inspect:") }
            return (replaced, added, removed)
        }
        var merged = existing
        for (key, value) in replaced { merged[key] = value }
        for (key, value) in added { merged[key] = value }
        for key in removed { merged[key] = nil }
        let notes = MergedNotes(
            item, drafted: drafted, merged: merged, existing: existing, document: document, assetNames: names)
        for (key, value) in notes.members where existing[key] != value {
            if existing[key] == nil { added[key] = value } else { replaced[key] = value }
        }
        return (replaced, added, removed)
    }

    /// What a draft writes where nobody knows.
    private static func isPlaceholder(_ key: String, _ value: JSONValue) -> Bool {
        switch key {
        case "mlm:tasks", "mlm:input", "mlm:output": value == []
        case "mlm:architecture": value == "unknown" || value == ""
        default: false
        }
    }
}
