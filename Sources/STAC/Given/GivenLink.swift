import ModelContainers
package import ModelJSON

/// A link that a person gives an Item.
package struct GivenLink: Sendable {
    let link: JSONObject
    let source: String

    package init(_ link: JSONObject, by source: String) {
        self.link = link
        self.source = source
    }

    /// `REL=URL`; nil for a text that has no such form.
    package init?(_ text: String, by source: String) {
        guard let (rel, href) = wordAndHref(text) else { return nil }
        self.init(["rel": .string(rel), "href": .string(href)], by: source)
    }

    func addTo(_ item: inout Item) {
        item.links.append(.object(link))
        item.settle(JSONPointer(["links", String(item.links.count - 1)]), by: source)
    }
}

/// A file besides the model, or what is said of the model's own; by the key of the asset.
package struct GivenAsset: Sendable {
    package let key: String
    var members: JSONObject
    let source: String
    /// What each member came by, where that differs.
    var sources: [String: String] = [:]

    package init(_ key: String, _ members: JSONObject, by source: String) {
        self.key = key
        self.members = members
        self.source = source
    }

    /// `KEY=HREF`; nil for a text that has no such form.
    package init?(_ text: String, by source: String) {
        guard let (key, href) = wordAndHref(text) else { return nil }
        self.init(key, ["href": .string(href)], by: source)
    }

    func addTo(_ item: inout Item) throws(GivenError) {
        let place = JSONPointer(["assets", key])
        guard var asset = item.assets[key]?.object else {
            guard members["href"] != nil else {
                let keys = item.assets.keys
                throw GivenError(
                    "\(source): a further asset needs href\(NearestWord.of(key, among: keys).map { "; did you mean \($0)?" } ?? "")"
                )
            }
            item.assets[key] = .object(members)
            item.settle(place, by: source)
            return
        }
        for (member, value) in members {
            asset[member] = value
            item.settle(place.appending(member), by: sources[member] ?? source)
        }
        item.assets[key] = .object(asset)
    }
}

/// `WORD=HREF` at its first equals sign, neither of them empty.
private func wordAndHref(_ text: String) -> (word: String, href: String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    let href = text[text.index(after: equals)...]
    return href.isEmpty ? nil : (String(text[..<equals]), String(href))
}
