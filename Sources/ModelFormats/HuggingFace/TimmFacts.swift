import ModelBytes
import ModelJSON

/// `config.json` of timm: `architecture`, `num_classes`, `pretrained_cfg` (timm/models/_hub.py, save_config_for_hf).
struct TimmFacts {
    private let config: JSONValue
    private let dataType: String?
    private let subject: InspectedArtifact

    init(_ config: JSONValue, _ weights: FolderWeights?, _ subject: InspectedArtifact) {
        self.config = config
        dataType = weights?.floatType
        self.subject = subject
    }

    func fill(_ result: inout ProbeResult) {
        FolderName.fill(&result, subject)
        let place = "config.json: pretrained_cfg"
        let pretrained = config["pretrained_cfg"]?.object ?? [:]
        result.variant = [result.variant, "timm"].compactMap(\.self).joined(separator: ", ")
        if let architecture = config["architecture"]?.string ?? pretrained["architecture"]?.string {
            result.facts.architecture = architecture
            result.note("architecture", .read, "config.json: architecture")
        }
        if let license = pretrained["license"]?.string {
            result.facts.license = SPDX.spelling(license)
            result.note("license", .read, "\(place).license")
        }
        let sizes = pretrained["input_size"]?.array?.compactMap(\.int) ?? []
        if sizes.count == 3, sizes.allSatisfy({ $0 > 0 }) {
            var port = Port(name: "x", shape: [-1] + sizes, dimOrder: ["batch", "channel", "height", "width"])
            let mean = pretrained["mean"]?.array?.compactMap(\.double) ?? []
            let deviation = pretrained["std"]?.array?.compactMap(\.double) ?? []
            if mean.count == sizes[0] || mean.count == 1 {
                // torchvision's ToTensor divides by 255 before this.
                let scaling = ValueScaling.zScore(mean, deviation, factor: 1.0 / 255)
                if !scaling.isEmpty { port.valueScaling = scaling }
            }
            port.resizeType = ResizeType.named(pretrained["interpolation"]?.string)
            port.dataType = dataType
            result.facts.inputs = [port]
            result.note("inputs", .read, "\(place).input_size, mean and std of images divided by 255")
        }
        if let classes = config["num_classes"]?.int ?? pretrained["num_classes"]?.int, classes > 0 {
            let names = (config["label_names"] ?? pretrained["label_names"])?.array?.compactMap(\.string) ?? []
            result.facts.outputs = [
                Port(
                    name: "logits", shape: [-1, classes], dataType: dataType, dimOrder: ["batch", "class"],
                    labels: names.count == classes ? names : nil)
            ]
            result.facts.tasks = ["classification"]
            result.note("outputs", .read, "config.json: num_classes")
            result.note("tasks", .derived, "config.json: num_classes of a timm model")
        }
        if let arguments = config["model_args"]?.object, !arguments.isEmpty {
            result.facts.hyperparameters = arguments
            result.note("hyperparameters", .read, "config.json: model_args")
        }
        let path = PythonText.quoted("local-dir:" + subject.artifact.name)
        result.loading = Loading(
            result.loading?.verdict ?? .dataOnly, call: "timm.create_model(\(path), pretrained=True)",
            requires: ["timm", "torch"])
    }
}

/// `open_clip_config.json`: `model_cfg` and `preprocess_cfg` (open_clip/push_to_hf_hub.py).
struct OpenCLIPFacts {
    private let config: JSONValue
    private let dataType: String?
    private let subject: InspectedArtifact

    init(_ config: JSONValue, _ weights: FolderWeights?, _ subject: InspectedArtifact) {
        self.config = config
        dataType = weights?.floatType
        self.subject = subject
    }

    func fill(_ result: inout ProbeResult) {
        FolderName.fill(&result, subject)
        let place = "open_clip_config.json"
        result.variant = [result.variant, "open_clip"].compactMap(\.self).joined(separator: ", ")
        result.facts.architecture = "CLIP"
        result.note("architecture", .derived, "\(place): model_cfg of open_clip")
        result.facts.tasks = ["similarity-search"]
        result.note("tasks", .derived, "\(place): embeddings of images and texts")
        let model = config["model_cfg"]
        let preprocessing = config["preprocess_cfg"]
        if let sizes = Self.pair(preprocessing?["size"] ?? model?["vision_cfg"]?["image_size"]) {
            var port = Port(
                name: "image", shape: [-1, 3] + sizes, dataType: dataType,
                dimOrder: ["batch", "channel", "height", "width"])
            let scaling = ValueScaling.zScore(
                preprocessing?["mean"]?.array?.compactMap(\.double) ?? [],
                preprocessing?["std"]?.array?.compactMap(\.double) ?? [], factor: 1.0 / 255)
            if scaling.count == 3 { port.valueScaling = scaling }
            port.resizeType = ResizeType.named(preprocessing?["interpolation"]?.string)
            result.facts.inputs = [port]
            result.note("inputs", .read, "\(place): size, mean and std of RGB images divided by 255")
        }
        if let length = model?["text_cfg"]?["context_length"]?.int, length > 0 {
            let text = Port(name: "text", shape: [-1, length], dataType: "int64", dimOrder: ["batch", "token"])
            result.facts.inputs = (result.facts.inputs ?? []) + [text]
        }
        if let size = model?["embed_dim"]?.int, size > 0 {
            result.facts.outputs = ["image_features", "text_features"].map { name in
                Port(name: name, shape: [-1, size], dataType: dataType, dimOrder: ["batch", "feature"])
            }
            result.note("outputs", .read, "\(place): embed_dim")
        }
        let path = PythonText.quoted("local-dir:" + subject.artifact.name)
        result.loading = Loading(
            result.loading?.verdict ?? .dataOnly, call: "open_clip.create_model_and_transforms(\(path))",
            requires: ["open-clip-torch"])
    }

    private static func pair(_ value: JSONValue?) -> [Int]? {
        if let side = value?.int, side > 0 { return [side, side] }
        let sides = value?.array?.compactMap(\.int) ?? []
        return sides.count == 2 && sides.allSatisfy { $0 > 0 } ? sides : nil
    }
}
