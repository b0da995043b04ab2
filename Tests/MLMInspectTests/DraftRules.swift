import MLMInspect
import ModelContainers
import ModelJSON
import STAC

/// What MLM v1.5.2, STAC 1.1.0 and the file extension v2.1.0 ask of a draft, written down a second time from their
/// schemas, so that the code that drafts is not its own judge.
enum DraftRules {
    /// Every rule that the draft of `record` breaks.
    static func violations(_ record: Record) throws -> [String] {
        guard let draft = record.draft else {
            return record.verdict == .model ? ["a model without a draft"] : []
        }
        if record.verdict != .model { return ["a draft of what is no model"] }
        var rules = Rules()
        rules.properties(draft.properties)
        rules.asset(draft.asset, facts: record.facts.flatMap { try? JSONValueEncoder().encode($0) } ?? [:])
        for gap in draft.gaps {
            rules.demand(
                gap.pointer.hasPrefix("/properties/") || gap.pointer.hasPrefix("/assets/"), "gap at \(gap.pointer)")
            rules.demand(!gap.hint.isEmpty, "gap without a hint at \(gap.pointer)")
        }
        rules.noNulls(.object(draft.properties), "properties")
        rules.noNulls(.object(draft.asset), "asset")
        return rules.broken
    }

    private struct Rules {
        var broken: [String] = []

        mutating func demand(_ isKept: Bool, _ rule: String) {
            if !isKept { broken.append(rule) }
        }

        mutating func properties(_ properties: JSONObject) {
            let shared: Set = ["license", "description", "bands", "classification:classes"]
            demand(
                properties.keys.allSatisfy { $0.hasPrefix("mlm:") || shared.contains($0) },
                "keys of properties \(properties.keys)")
            demand(isName(properties["mlm:name"]?.string ?? ""), "mlm:name \(properties["mlm:name"] ?? nil)")
            demand(properties["mlm:architecture"]?.string?.isEmpty == false, "mlm:architecture is missing")
            demand((properties["mlm:total_parameters"]?.int ?? 0) >= 0, "mlm:total_parameters is negative")
            let tasks = properties["mlm:tasks"]?.array
            demand(tasks?.allSatisfy { Self.tasks.contains($0.string ?? "") } == true, "mlm:tasks \(tasks ?? [])")
            if let version = properties["mlm:framework_version"] {
                demand(
                    (version.string ?? "").wholeMatch(of: Self.semanticVersion()) != nil, "framework_version \(version)"
                )
            }
            for key in (properties["mlm:hyperparameters"]?.object ?? [:]).keys {
                demand(key.wholeMatch(of: /[0-9a-zA-Z_.\-]+/) != nil, "key \(key) of mlm:hyperparameters")
            }
            // Documented, and rejected by the schema.
            demand(properties["mlm:accelerator"] != "cpu", "mlm:accelerator is cpu")
            ports(properties["mlm:input"], holds: "input")
            ports(properties["mlm:output"], holds: "result")
            for key in ["mlm:artifact_type", "mlm:compile_method"] {
                demand(properties[key] == nil, "\(key) belongs to the asset")
            }
        }

        private mutating func ports(_ ports: JSONValue?, holds key: String) {
            guard let ports = ports?.array else { return demand(false, "no list of what holds \(key)") }
            for port in ports {
                let name = port["name"]?.string ?? ""
                demand(!name.isEmpty, "\(key) without a name")
                guard let tensor = port[key]?.object, let shape = tensor["shape"]?.array else {
                    demand(false, "\(key) of \(name) has no shape")
                    continue
                }
                let order = tensor["dim_order"]?.array?.compactMap(\.string) ?? []
                demand(!shape.isEmpty && shape.allSatisfy { ($0.int ?? -2) >= -1 }, "shape of \(name): \(shape)")
                demand(order.count == shape.count && Set(order).count == order.count, "dim_order of \(name): \(order)")
                demand(order.allSatisfy { $0.wholeMatch(of: /[a-z\-_]+/) != nil }, "dim_order of \(name): \(order)")
                demand(
                    order.contains("bands") == (port["bands"]?.array?.isEmpty == false) && !order.contains("variables"),
                    "\(name) has bands, but no list of them")
                demand(Self.dataTypes.contains(tensor["data_type"]?.string ?? ""), "data_type of \(name): \(tensor)")
                demand(key == "input" || port["tasks"]?.array != nil, "\(name) has no tasks")
                for label in port["classification:classes"]?.array ?? [] {
                    demand(
                        label["value"]?.int != nil && label["description"]?.string != nil, "class \(label) of \(name)")
                }
            }
        }

        mutating func asset(_ asset: JSONObject, facts: JSONValue) {
            let known: Set<String> = [
                "href", "title", "type", "roles", "mlm:artifact_type", "mlm:compile_method", "file:size",
                "file:checksum", "bands",
            ]
            demand(asset.keys.allSatisfy(known.contains), "keys of the asset \(asset.keys)")
            demand(asset["href"]?.string?.hasPrefix("./") == true, "href \(asset["href"] ?? nil)")
            let roles = asset["roles"]?.array?.compactMap(\.string) ?? []
            demand(roles.contains("mlm:model") && Set(roles).count == roles.count, "roles \(roles)")
            demand(
                (facts["roles"]?.array ?? []).allSatisfy { roles.contains($0.string ?? "") },
                "roles \(roles) of \(facts)")
            if let method = asset["mlm:compile_method"] {
                demand(method == "jit" || method == "aot", "compile_method \(method)")
            }
            demand((asset["file:size"]?.int ?? 0) >= 0, "file:size is negative")
        }

        mutating func noNulls(_ value: JSONValue, _ path: String) {
            switch value {
            case .null: demand(false, "\(path) is null")
            case .array(let elements):
                for (index, element) in elements.enumerated() { noNulls(element, "\(path)/\(index)") }
            case .object(let members):
                // What a model was configured with may be null, and what it was is free.
                for (key, member) in members where key != "mlm:hyperparameters" { noNulls(member, "\(path)/\(key)") }
            case .bool, .number, .string: break
            }
        }

        private func isName(_ name: String) -> Bool {
            name.wholeMatch(of: /[a-zA-Z][a-zA-Z0-9_.\- ]+[a-zA-Z0-9]/) != nil
        }

        /// https://semver.org, the expression it recommends.
        private static func semanticVersion() -> Regex<Substring> {
            /(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z\-][0-9a-zA-Z\-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z\-][0-9a-zA-Z\-]*))*)?(?:\+[0-9a-zA-Z\-]+(?:\.[0-9a-zA-Z\-]+)*)?/
                .asciiOnlyDigits()
        }

        private static let tasks: Set<String> = [
            "regression", "classification", "scene-classification", "detection", "object-detection", "segmentation",
            "semantic-segmentation", "instance-segmentation", "panoptic-segmentation", "similarity-search",
            "generative",
            "image-captioning", "super-resolution", "downscaling",
        ]

        /// The raster extension v1.1.0.
        private static let dataTypes: Set<String> = [
            "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
            "cint16", "cint32", "cfloat32", "cfloat64", "other",
        ]
    }
}
