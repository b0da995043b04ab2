import ModelBytes
import ModelContainers
import ModelJSON

/// `mlm_inspect:*` of an Item that was merged: what the draft says of the values that are the draft's, and what an earlier
/// one said of values that this one does not have.
struct MergedNotes {
    let members: JSONObject

    init(
        _ item: Item, drafted: JSONObject, merged: JSONObject, existing: JSONObject, document: JSONObject,
        assetNames: [String: String]
    ) {
        var changed = document
        changed["properties"] = .object(merged)
        let result = JSONValue.object(changed)
        let old = JSONValue.object(document)
        let new = item.json()
        /// Whether the value at a place of the draft became that of the merged Item.
        func isOfTheDraft(_ place: JSONPointer) -> Bool {
            let there = Self.renamed(place, assetNames)
            if place.tokens.first == "properties" {
                return result[there] == new[place]
            }
            // That a file is missing stays true, whatever else is there.
            if place.tokens == ["assets"] { return true }
            // What is missing in the list is put in; it is the draft's where nothing else is in it.
            if place.tokens == ["stac_extensions"], let known = old[there]?.array {
                return known.allSatisfy { (new[place]?.array ?? []).contains($0) }
            }
            // Everything else is put in only where nothing was.
            return old[there] == nil || old[there] == new[place]
                || (place.tokens == ["geometry"] && old[there]?.isNull == true)
        }
        let gaps = item.gaps.filter { gap in JSONPointer(gap.pointer).map(isOfTheDraft) ?? false }.map { gap in
            var gap = gap
            gap.pointer = JSONPointer(gap.pointer).map { Self.renamed($0, assetNames).description } ?? gap.pointer
            return gap.json
        }
        var evidence = item.evidence.filter { isOfTheDraft($0.place) }.map { entry in
            ItemProvenance(Self.renamed(entry.place, assetNames), entry.origin, entry.where).json
        }
        let told = Set(item.evidence.map { Self.renamed($0.place, assetNames).description })
        for entry in existing["mlm_inspect:evidence"]?.array ?? [] {
            guard let text = entry["pointer"]?.string, !told.contains(text), let place = JSONPointer(text),
                result[place] != nil, !evidence.contains(entry)
            else { continue }
            evidence.append(entry)
        }
        members = [
            "mlm_inspect:version": .string(programVersion), "mlm_inspect:todo": .array(gaps),
            "mlm_inspect:evidence": .array(evidence),
        ]
    }

    static func renamed(_ place: JSONPointer, _ names: [String: String]) -> JSONPointer {
        guard place.tokens.count > 1, place.tokens[0] == "assets", let name = names[place.tokens[1]] else {
            return place
        }
        var tokens = place.tokens
        tokens[1] = name
        return JSONPointer(tokens)
    }
}
