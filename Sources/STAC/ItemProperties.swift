import ModelContainers
import ModelFormats
import ModelJSON

/// The `mlm:` fields of an Item's properties, in the order of the MLM v1.5.2 README.
enum ItemProperties {
    static func draft(_ facts: ModelFacts, gaps: inout [Gap]) -> JSONObject {
        var properties = JSONObject()
        properties["mlm:name"] = .string(ModelName.valid(facts.name ?? "model"))
        properties["mlm:architecture"] = .string(facts.architecture.flatMap(nonEmpty) ?? "unknown")
        if facts.architecture.flatMap(nonEmpty) == nil {
            gaps.append(Gap("/properties/mlm:architecture", .notInArtifact, "name of the architecture, such as U-Net"))
        }
        properties["mlm:tasks"] = .array((facts.tasks ?? []).map(JSONValue.string))
        if facts.tasks?.isEmpty ?? true {
            gaps.append(
                Gap("/properties/mlm:tasks", .notInArtifact, "one or more of: \(Tasks.all.joined(separator: ", "))"))
        }
        frameworkFields(facts, &properties, &gaps)
        if let total = facts.parameters?.total { properties["mlm:total_parameters"] = JSONValue(total) }
        if let source = facts.pretrainedSource.flatMap(nonEmpty) {
            properties["mlm:pretrained"] = true
            properties["mlm:pretrained_source"] = .string(source)
        }
        if let accelerator = facts.accelerator { properties["mlm:accelerator"] = .string(accelerator) }
        batch(facts, &gaps)
        properties["mlm:input"] = .array(ports(facts.inputs, of: "input", holds: "input", gaps: &gaps))
        properties["mlm:output"] = .array(
            ports(facts.outputs, of: "output", holds: "result", tasks: facts.tasks ?? [], gaps: &gaps))
        // Of an output that cannot be drafted, the classes are still the model's.
        if let labels = facts.labels, !labels.isEmpty, facts.outputs?.contains(where: { $0.labels != nil }) != true {
            properties["classification:classes"] = .array(Classes.draft(labels, values: nil))
        }
        if let bands = facts.bands, !bands.isEmpty {
            properties["bands"] = .array(bands.map { ["name": .string($0)] })
        }
        if let hyperparameters = facts.hyperparameters.map(Hyperparameters.valid), !hyperparameters.isEmpty {
            properties["mlm:hyperparameters"] = .object(hyperparameters)
        }
        if let description = facts.description.flatMap(nonEmpty) { properties["description"] = .string(description) }
        license(facts, &properties, &gaps)
        return properties
    }

    private static func frameworkFields(_ facts: ModelFacts, _ properties: inout JSONObject, _ gaps: inout [Gap]) {
        if let framework = facts.framework {
            properties["mlm:framework"] = .string(framework)
        } else {
            gaps.append(
                Gap("/properties/mlm:framework", .notInArtifact, "the framework that made the weights, such as PyTorch")
            )
        }
        let pointer = "/properties/mlm:framework_version"
        switch facts.frameworkVersion.map({ ($0, SemanticVersion.lossless($0)) }) {
        case (_, let version?)?:
            properties["mlm:framework_version"] = .string(version)
        case (let spelt, nil)?:
            gaps.append(
                Gap(pointer, .notExpressible, "the artifact says \"\(spelt)\", which is not a three-part version"))
        // A file of ONNX is of its representation and operator sets, and of no release of anything.
        case nil where facts.framework == "ONNX": break
        case nil:
            gaps.append(Gap(pointer, .notInArtifact, "version of the framework the model was made with, such as 2.7.0"))
        }
    }

    /// A batch that is fixed in all inputs is a hint: it says what the model takes, and not what works well.
    private static func batch(_ facts: ModelFacts, _ gaps: inout [Gap]) {
        let sizes = (facts.inputs ?? []).compactMap { port in
            port.dimOrder?.first == "batch" ? port.shape?.first : nil
        }
        guard let size = sizes.first, size > 0, sizes.count == facts.inputs?.count, sizes.allSatisfy({ $0 == size })
        else {
            return
        }
        gaps.append(
            Gap(
                "/properties/mlm:batch_size_suggestion", .partlyKnown,
                "its inputs are made for batches of \(size), no more and no fewer"))
    }

    /// STAC 1.1 takes an SPDX identifier, or a word like one.
    private static func license(_ facts: ModelFacts, _ properties: inout JSONObject, _ gaps: inout [Gap]) {
        guard let license = facts.license.flatMap(nonEmpty) else { return }
        if PropertyRules.isLicense(license) {
            properties["license"] = .string(license)
        } else if let identifier = SPDX.identifier(in: license) {
            properties["license"] = .string(identifier)
        } else {
            gaps.append(
                Gap(
                    "/properties/license", .notExpressible,
                    "the artifact says \"\(license)\", which is no SPDX identifier"))
        }
    }

    private static func ports(
        _ ports: [Port]?, of kind: String, holds key: String, tasks: [String]? = nil, gaps: inout [Gap]
    ) -> [JSONValue] {
        let pointer = "/properties/mlm:\(kind)"
        guard let ports, !ports.isEmpty else {
            gaps.append(Gap(pointer, .notInArtifact, "names, shapes and data types of the model's \(kind)s"))
            return []
        }
        var drafted: [JSONValue] = []
        for port in ports {
            switch Tensor.draft(port) {
            case .success(let tensor):
                var object = JSONObject()
                object["name"] = .string(port.name.isEmpty ? "\(kind)-\(drafted.count)" : port.name)
                if let tasks { object["tasks"] = .array(tasks.map(JSONValue.string)) }
                object[key] = .object(tensor.value)
                if let scaling = port.valueScaling, kind == "input", !scaling.isEmpty {
                    object["value_scaling"] = .array(scaling.map(JSONValue.object))
                }
                if let type = port.resizeType, kind == "input" { object["resize_type"] = .string(type) }
                if let features = port.features, !features.isEmpty {
                    object["mlm_inspect:features"] = .array(features.map(Tensor.feature))
                }
                if let labels = port.labels, kind == "output", !labels.isEmpty {
                    object["classification:classes"] = .array(Classes.draft(labels, values: port.classValues))
                }
                let place = "\(pointer)/\(drafted.count)"
                for gap in tensor.gaps { gaps.append(Gap("\(place)/\(key)/\(gap.key)", gap.reason, gap.hint)) }
                drafted.append(.object(object))
            case .failure(let missing):
                gaps.append(Gap(pointer, missing.reason, "\(kind) \"\(port.name)\": \(missing.hint)"))
            }
        }
        return drafted
    }

    private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
