import ModelContainers
import ModelFormats
import ModelJSON

/// Tells of the values of an Item where they come from: the evidence of the facts they were drafted from, by pointer.
struct ItemOrigins {
    private let source: ItemSource
    /// `unet.onnx: `, where artifacts are several.
    private let prefix: String

    init(_ source: ItemSource, isOneOfSeveral: Bool) {
        self.source = source
        prefix = isOneOfSeveral ? source.name + ": " : ""
    }

    /// Facts that MLM takes in an Item and in an asset, with the key they have there.
    static let sharedFields = [
        ("framework", "mlm:framework"), ("framework_version", "mlm:framework_version"),
        ("parameters", "mlm:total_parameters"),
    ]

    private static let properties = [
        "mlm:name": "name", "mlm:architecture": "architecture", "mlm:tasks": "tasks", "mlm:framework": "framework",
        "mlm:framework_version": "framework_version", "mlm:total_parameters": "parameters",
        "mlm:accelerator": "accelerator", "mlm:input": "inputs", "mlm:output": "outputs",
        "mlm:hyperparameters": "hyperparameters", "mlm:pretrained": "pretrained_source",
        "mlm:pretrained_source": "pretrained_source", "license": "license", "bands": "bands",
        "classification:classes": "labels", "description": "description",
    ]

    private static let assetFields = [
        "type": "media_type", "roles": "roles", "mlm:artifact_type": "artifact_type",
        "mlm:compile_method": "compile_method",
    ]

    // MARK: - Facts

    /// The evidence of a field of the facts and of what is within it, at the place it was drafted to.
    func facts(_ field: String, at place: JSONPointer) -> [ItemProvenance] {
        let known = source.evidence.filter { $0.field == field }
        let own = known.map { ItemProvenance(place, ItemProvenance.Origin($0.origin), prefix + $0.where) }
        guard own.isEmpty, isOfTheFormat(field) else { return own }
        return [ItemProvenance(place, .derived, prefix + "format \(source.format.id)")]
    }

    /// Whether the format itself decides the field, so that no place in the artifact says it.
    private func isOfTheFormat(_ field: String) -> Bool {
        let (facts, format) = (source.facts, source.format)
        return switch field {
        case "framework": facts.framework == format.framework?.name
        case "artifact_type": facts.artifactType == format.artifactType
        case "roles": facts.roles == ["mlm:model"] + format.roles
        case "media_type": facts.mediaType == format.mediaType
        case "compile_method": facts.compileMethod == format.compileMethod
        default: false
        }
    }

    // MARK: - Properties

    func property(_ key: String) -> [ItemProvenance] {
        if let stated = source.declaration?.place(key) {
            return [ItemProvenance(JSONPointer(["properties", key]), .read, prefix + stated)]
        }
        guard let field = Self.properties[key], let value = source.draft.properties[key] else { return [] }
        let place = JSONPointer(["properties", key])
        var all = facts(field, at: place)
        switch key {
        case "mlm:name" where source.facts.name == nil:
            all.append(ItemProvenance(place, .assumed, prefix + "a placeholder: standard input has no name"))
        case "mlm:name" where value.string != source.facts.name:
            all.append(ItemProvenance(place, .derived, prefix + "written in the characters that MLM allows"))
        case "mlm:framework_version" where value.string != source.facts.frameworkVersion:
            let spelt = source.facts.frameworkVersion ?? ""
            all.append(
                ItemProvenance(place, .derived, prefix + "\"\(spelt)\", written in the three parts that MLM wants"))
        case "mlm:architecture" where value == "unknown":
            all.append(ItemProvenance(place, .assumed, prefix + "MLM's word for what the artifact does not say"))
        case "mlm:tasks" where value == [], "mlm:input" where value == [], "mlm:output" where value == []:
            all.append(ItemProvenance(place, .assumed, prefix + "empty: the artifact does not say it"))
        case "mlm:input":
            all += ports(source.facts.inputs, value, at: place, field: "inputs", holds: "input")
        case "mlm:output":
            all += ports(source.facts.outputs, value, at: place, field: "outputs", holds: "result")
        default:
            for item in source.evidence where item.field.hasPrefix(field + ".") {
                let key = String(item.field.dropFirst(field.count + 1))
                guard value[key] != nil else { continue }
                all.append(
                    ItemProvenance(place.appending(key), ItemProvenance.Origin(item.origin), prefix + item.where))
            }
        }
        return all
    }

    /// What is said about inputs or outputs beyond where they come from as a whole.
    private func ports(
        _ ports: [Port]?, _ drafted: JSONValue, at place: JSONPointer, field: String, holds: String
    ) -> [ItemProvenance] {
        var all: [ItemProvenance] = []
        let known = (ports ?? []).filter(Tensor.isDrafted)
        for (index, (port, value)) in zip(known, drafted.array ?? []).enumerated() {
            let here = place.appending(index)
            func tell(_ where: JSONPointer, _ origin: ItemProvenance.Origin, _ text: String) {
                all.append(ItemProvenance(`where`, origin, prefix + text))
            }
            for item in source.evidence where item.field.hasPrefix(field + ".") {
                guard let key = Self.portKeys[String(item.field.dropFirst(field.count + 1))] else { continue }
                let target = key.isOfTensor ? here.appending(holds).appending(key.name) : here.appending(key.name)
                guard value[JSONPointer(Array(target.tokens.dropFirst(here.tokens.count)))] != nil else {
                    continue
                }
                if key.name == "dim_order", port.dimOrder == nil { continue }
                tell(target, ItemProvenance.Origin(item.origin), item.where)
            }
            if port.name.isEmpty { tell(here.appending("name"), .assumed, "a number: the artifact gives it no name") }
            let tensor = here.appending(holds)
            let names = (value[holds]?["dim_order"]?.array ?? []).compactMap(\.string)
            if names != port.dimOrder {
                tell(
                    tensor.appending("dim_order"), .assumed, "neutral names: the artifact does not name its dimensions")
            }
            if port.dataType == nil {
                tell(tensor.appending("data_type"), .assumed, "MLM's word for what the artifact does not say")
            }
            if let exact = port.dataType, value[holds]?["data_type"]?.string != exact {
                tell(tensor.appending("data_type"), .derived, "\(exact), in MLM's words")
            }
            if value["tasks"] != nil { tell(here.appending("tasks"), .derived, "the tasks of the model") }
        }
        return all
    }

    private static let portKeys: [String: (name: String, isOfTensor: Bool)] = [
        "shape": ("shape", true), "data_type": ("data_type", true), "dim_order": ("dim_order", true),
        "features": ("mlm_inspect:features", false), "labels": ("classification:classes", false),
        "name": ("name", false),
    ]

    // MARK: - Asset

    func asset(key: String) -> [ItemProvenance] {
        let place = JSONPointer(["assets", key])
        func tell(_ key: String, _ origin: ItemProvenance.Origin, _ text: String) -> [ItemProvenance] {
            [ItemProvenance(place.appending(key), origin, text)]
        }
        return source.draft.asset.flatMap { key, value -> [ItemProvenance] in
            switch key {
            case "bands":
                (source.declaration?.place(key)).map { tell(key, .read, prefix + $0) }
                    ?? facts("bands", at: place.appending(key))
            case "href":
                source.href == nil
                    ? tell(key, .assumed, "a placeholder: it came from standard input")
                    : tell(key, .derived, "path of the file")
            case "title" where source.href == nil: []
            case "title": tell(key, .derived, "name of the file")
            case "file:size": tell(key, .read, "size of the file")
            case "file:checksum": tell(key, .derived, "SHA-256 of the file")
            case "mlm:artifact_type" where value == "unknown":
                tell(key, .assumed, "the artifact does not say what wrote it")
            default: Self.assetFields[key].map { facts($0, at: place.appending(key)) } ?? []
            }
        }
    }
}

extension ItemProvenance.Origin {
    init(_ origin: FieldProvenance.Origin) {
        self =
            switch origin {
            case .read: .read
            case .derived: .derived
            case .assumed: .assumed
            }
    }
}
