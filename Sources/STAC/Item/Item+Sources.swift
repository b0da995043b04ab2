import ModelContainers
import ModelFormats
import ModelJSON

extension Item {
    /// Drafts an Item of one artifact, or of several of the same model whose `OneModel` was looked at.
    ///
    /// Each property is that of the first artifact that knows it. Nothing is said of the place and the time that the
    /// model is for: no artifact says it, so both are placeholders and gaps.
    public init(_ sources: [ItemSource], id: String, idRule: String, assetKey: String = "model") {
        self.id = id
        properties = [
            "datetime": nil, "start_datetime": "1900-01-01T00:00:00Z", "end_datetime": "9999-12-31T23:59:59Z",
        ]
        assets = JSONObject()
        evidence = [
            ItemProvenance("type", origin: .derived, where: "STAC 1.1.0"),
            ItemProvenance("stac_version", origin: .derived, where: "STAC 1.1.0"),
            ItemProvenance("stac_extensions", origin: .derived, where: "the extensions whose fields are used"),
            ItemProvenance("id", origin: .derived, where: idRule),
            ItemProvenance("links", origin: .derived, where: "the Item stands alone"),
            ItemProvenance("geometry", origin: .assumed, where: Self.placeholder),
        ]
        for key in properties.keys {
            evidence.append(ItemProvenance("properties", key, origin: .assumed, where: Self.placeholder))
        }
        gaps = [
            Gap(
                "/geometry", .notInArtifact,
                "where the model applies, as GeoJSON with a bbox"),
            Gap(
                "/properties/datetime", .notInArtifact,
                "the time that the model applies to"),
        ]
        addProperties(sources)
        for source in sources { addAsset(source, key: assetKey) }
        addGapsOfAssumptions()
    }

    /// What was assumed is open, as long as nobody confirms it.
    private mutating func addGapsOfAssumptions() {
        for entry in evidence where entry.origin == .assumed && entry.place.tokens.last?.hasSuffix("_datetime") == false
        {
            let place = entry.place.description
            let isTold = gaps.contains { $0.isWithin(place) }
            if !isTold { gaps.append(Gap(entry.place.description, .partlyKnown, "assumed: \(entry.where)")) }
        }
    }

    private static let placeholder = "a placeholder: no artifact says it"

    /// In the order of the MLM v1.5.2 README.
    private static let order = [
        "mlm:name", "mlm:architecture", "mlm:tasks", "mlm:framework", "mlm:framework_version", "mlm:memory_size",
        "mlm:total_parameters", "mlm:pretrained", "mlm:pretrained_source", "mlm:batch_size_suggestion",
        "mlm:accelerator", "mlm:accelerator_constrained", "mlm:accelerator_summary", "mlm:accelerator_count",
        "mlm:input", "mlm:output", "mlm:hyperparameters",
    ]

    private mutating func addProperties(_ sources: [ItemSource]) {
        addTitle(sources)
        let others = sources.flatMap(\.draft.properties.keys).filter { !Self.order.contains($0) }
        for key in Self.order + others where properties[key] == nil {
            let holders = sources.filter { $0.draft.properties[key] != nil }
            let chosen = holders.first { Self.isKnown($0.draft.properties[key]) } ?? holders.first
            let pointer = JSONPointer(["properties", key])
            if let chosen {
                properties[key] = chosen.draft.properties[key]
                evidence += ItemOrigins(chosen, isOneOfSeveral: sources.count > 1).property(key)
            }
            // Without a value the gaps are alike, whichever artifact has them.
            let teller = chosen ?? sources.first
            let place = pointer.description
            gaps += (teller?.draft.gaps ?? []).filter { $0.isWithin(place) }
        }
        if properties["license"] == nil, !gaps.contains(where: { $0.pointer == "/properties/license" }) {
            gaps.append(Gap("/properties/license", .notInArtifact, "SPDX identifier of the licence"))
        }
        addBandsGap()
        for source in sources { gaps += CarriedFunctions.gaps(source, properties) }
    }

    private mutating func addTitle(_ sources: [ItemSource]) {
        guard let source = sources.first, let name = source.facts.name, !name.isEmpty else { return }
        properties["title"] = .string(name)
        let origins = ItemOrigins(source, isOneOfSeveral: sources.count > 1)
        evidence += origins.facts("name", at: JSONPointer(["properties", "title"]))
    }

    private static func isKnown(_ value: JSONValue?) -> Bool { value != "unknown" && value != [] }

    /// What a model of images needs to be found by its bands, when it has channels at all.
    private mutating func addBandsGap() {
        let channels = (properties["mlm:input"]?.array ?? []).compactMap { port -> Int? in
            let order = port["input"]?["dim_order"]?.array ?? []
            guard let position = order.firstIndex(of: "channel") else { return nil }
            return port["input"]?["shape"]?[position]?.int
        }
        guard let count = channels.first else { return }
        let names = count > 0 ? "the names of its \(count) channels" : "the names of its channels"
        let sensors = count > 0 ? Sensor.ids(withBands: count) : []
        let alike = sensors.isEmpty ? "" : "; as many bands have: \(sensors.joined(separator: ", "))"
        gaps.append(
            Gap("/properties/bands", .notInArtifact, "\(names) in order, when they are bands of a sensor\(alike)"))
    }

    private mutating func addAsset(_ source: ItemSource, key: String) {
        let key = assets.isEmpty ? key : freeKey("\(key)-\(source.format.id)")
        var asset = source.draft.asset
        let origins = ItemOrigins(source, isOneOfSeveral: !assets.isEmpty)
        asset["href"] = .string(source.href ?? "./model")
        if source.href == nil {
            asset["title"] = nil
            gaps.append(
                Gap("/assets/\(key)/href", .notInArtifact, "where the model is to be found"))
        }
        for (field, property) in ItemOrigins.sharedFields {
            // What is another one here than in the Item is said of the asset.
            guard let value = Self.value(of: property, source), !assets.isEmpty, value != properties[property] else {
                continue
            }
            asset[property] = value
            evidence += origins.facts(field, at: JSONPointer(["assets", key, property]))
        }
        assets[key] = .object(asset)
        evidence += origins.asset(key: key)
        for gap in source.draft.gaps where gap.pointer.hasPrefix("/assets/model/") {
            let pointer = JSONPointer(["assets", key]).description + gap.pointer.dropFirst("/assets/model".count)
            gaps.append(Gap(pointer, gap.reason, gap.hint))
        }
        addMembers(source)
    }

    private static func value(of property: String, _ source: ItemSource) -> JSONValue? {
        source.draft.properties[property]
    }

    private mutating func addMembers(_ source: ItemSource) {
        for member in MemberAssets.all(of: source) {
            guard let asset = member.asset else {
                gaps.append(
                    Gap("/assets", .partlyKnown, "\(member.path), which belongs to the model, is not there"))
                continue
            }
            let key = freeKey(ItemIdentifier.slug(member.path))
            assets[key] = .object(asset)
            evidence.append(
                ItemProvenance("assets", key, origin: .derived, where: "\(source.name): a file that belongs to it"))
            if asset["file:size"] != nil {
                evidence.append(ItemProvenance("assets", key, "file:size", origin: .read, where: "size of the file"))
            }
            if asset["file:checksum"] != nil {
                evidence.append(
                    ItemProvenance("assets", key, "file:checksum", origin: .derived, where: "SHA-256 of the file"))
            }
        }
    }

    private func freeKey(_ key: String) -> String {
        guard assets[key] != nil else { return key }
        var number = 2
        while assets["\(key)-\(number)"] != nil { number += 1 }
        return "\(key)-\(number)"
    }
}
