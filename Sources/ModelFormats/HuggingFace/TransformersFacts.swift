import ModelBytes
import ModelJSON

/// From `config.json` of transformers (or of mlx-lm) to facts.
struct TransformersFacts {
    private let config: JSONValue
    private let weights: FolderWeights?
    private let subject: InspectedArtifact
    private let place = "config.json"

    init(_ config: JSONValue, _ weights: FolderWeights?, _ subject: InspectedArtifact) {
        self.config = config
        self.weights = weights
        self.subject = subject
    }

    private var architecture: String? { config["architectures"]?[0]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    func fill(_ result: inout ProbeResult) {
        FolderName.fill(&result, subject)
        if let architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(place): architectures")
        }
        if let version = config["transformers_version"]?.string {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "\(place): transformers_version")
        }
        hyperparameters(&result)
        ports(&result)
        loading(&result)
    }

    /// What says how the model was saved or what a library does with it, and not what it is.
    private static let other: Set<String> = [
        "transformers_version", "_name_or_path", "name_or_path", "torch_dtype", "dtype", "use_cache", "return_dict",
        "output_attentions", "output_hidden_states", "torchscript", "use_bfloat16", "_commit_hash",
        "is_encoder_decoder",
    ]

    func hyperparameters(_ result: inout ProbeResult) {
        var found = JSONObject()
        for (key, value) in config.object ?? [:] where found.count < subject.limits.listedValues.value {
            guard !Self.other.contains(key), !key.hasPrefix("_") else { continue }
            if PlainSetting.isScalarOrNumbers(value) { found[key] = value }
        }
        guard !found.isEmpty else { return }
        result.facts.hyperparameters = found
        result.note("hyperparameters", .read, place)
    }

    // MARK: inputs and outputs

    private func ports(_ result: inout ProbeResult) {
        guard let architecture, let head = TransformersHead(architecture) else { return }
        if let tasks = isRegression(head) ? ["regression"] : head.tasks {
            result.facts.tasks = tasks
            result.note("tasks", .derived, "\(place): architectures, \(architecture)")
        }
        if TransformersRegistry.images.contains(architecture), let image { result.facts.inputs = [image] }
        if TransformersRegistry.tokens.contains(architecture), config["vocab_size"]?.int != nil {
            result.facts.inputs = [
                Port(name: "input_ids", shape: [-1, -1], dataType: "int64", dimOrder: ["batch", "token"])
            ]
        }
        if result.facts.inputs != nil {
            result.note("inputs", .derived, "\(place): main input of \(architecture)")
        }
        if let output = output(head) {
            result.facts.outputs = [output]
            result.note(
                "outputs", .derived, "\(place): \(output.labels == nil ? "head" : "id2label") of \(architecture)")
        }
    }

    private var dataType: String? {
        let spelt = (config["dtype"] ?? config["torch_dtype"])?.string
        return spelt.map { $0.hasPrefix("torch.") ? String($0.dropFirst(6)) : $0 } ?? weights?.floatType
    }

    private var image: Port? {
        guard let channels = config["num_channels"]?.int, channels > 0 else { return nil }
        var sizes = [-1, -1]
        if let size = config["image_size"]?.int, size > 0 { sizes = [size, size] }
        let pair = config["image_size"]?.array?.compactMap(\.int) ?? []
        if pair.count == 2, pair.allSatisfy({ $0 > 0 }) { sizes = pair }
        return Port(
            name: "pixel_values", shape: [-1, channels] + sizes, dataType: dataType,
            dimOrder: ["batch", "channel", "height", "width"])
    }

    private func outputs(_ head: TransformersHead) -> Int? {
        labels?.count ?? config["num_labels"]?.int ?? weights?.shape(endingIn: head.classifiers)?.first
    }

    /// What the library itself takes for one: it says so, or it has a single output and says nothing else.
    ///
    /// Source: transformers/loss/loss_utils.py, `ForSequenceClassificationLoss`.
    private func isRegression(_ head: TransformersHead) -> Bool {
        guard head.output == .classes else { return false }
        guard let problem = config["problem_type"]?.string else { return outputs(head) == 1 }
        return problem == "regression"
    }

    private func output(_ head: TransformersHead) -> Port? {
        let labels = labels
        // Of a class that nobody has run only the names of its classes are known.
        guard let architecture, TransformersRegistry.isKnown(architecture) else {
            return head.output == .vocabulary ? nil : named(labels).map { Port(name: "", labels: $0) }
        }
        let count = outputs(head)
        switch head.output {
        case .classes where isRegression(head):
            return Port(
                name: "logits", shape: count.map { [-1, $0] }, dataType: dataType,
                dimOrder: count == nil ? nil : ["batch", "target"])
        case .classes:
            let shape = count.map { [-1, $0] }
            return Port(
                name: "logits", shape: shape, dataType: dataType, dimOrder: shape == nil ? nil : ["batch", "class"],
                labels: named(labels))
        case .tokens:
            return Port(
                name: "logits", shape: count.map { [-1, -1, $0] }, dataType: dataType,
                dimOrder: count == nil ? nil : ["batch", "token", "class"], labels: named(labels))
        case .pixels:
            return Port(
                name: "logits", shape: count.map { [-1, $0, -1, -1] }, dataType: dataType,
                dimOrder: count == nil ? nil : ["batch", "class", "height", "width"], labels: named(labels))
        case .vocabulary:
            guard let size = config["vocab_size"]?.int, size > 0 else { return nil }
            return Port(
                name: "logits", shape: [-1, -1, size], dataType: dataType, dimOrder: ["batch", "token", "vocabulary"])
        case .objects:
            return named(labels).map { Port(name: "logits", dataType: dataType, labels: $0) }
        case .masks:
            return named(labels).map { Port(name: "class_queries_logits", dataType: dataType, labels: $0) }
        case .none: return nil
        }
    }

    /// `id2label`: {"0": "forest", …}, whose keys count up from 0.
    private var labels: [String]? {
        guard let map = config["id2label"]?.object, map.count <= subject.limits.listedValues.value else { return nil }
        return LabelMap.byIndex(map)
    }

    private func named(_ labels: [String]?) -> [String]? {
        labels.flatMap { LabelMap.areDefaults($0) ? nil : $0 }
    }

    // MARK: loading

    private func loading(_ result: inout ProbeResult) {
        let path = PythonText.quoted(subject.artifact.name)
        var requires = ["transformers"]
        var call: String
        if isMLX {
            call = "mlx_lm.load(\(path))"
            requires = ["mlx-lm"]
            result.facts.framework = "MLX"
            result.facts.artifactType = "mlx_lm.convert"
            for field in ["framework", "artifact_type"] {
                result.note(field, .derived, "config.json: quantization, as mlx-lm writes it")
            }
        } else if config["auto_map"]?.object?.isEmpty == false {
            let name = RemoteCode.autoClass(config, architecture: architecture) ?? "AutoModel"
            call = "transformers.\(name).from_pretrained(\(path), trust_remote_code=True)"
        } else {
            let name = architecture.flatMap { RemoteCode.isName($0) ? $0 : nil } ?? "AutoModel"
            call = "transformers.\(otherLibrary?.prefix ?? "")\(name).from_pretrained(\(path))"
            if let other = otherLibrary { requires = ["transformers<5", other.package] }
        }
        switch weights?.kind {
        case .safetensors? where !isMLX: requires += ["safetensors", "torch"]
        case .pickle?: requires.append("torch")
        default: break
        }
        requires += PackedWeights.packages(config)
        var loading = result.loading ?? Loading(.dataOnly)
        loading.call = loading.verdict == .dangerous ? nil : call
        loading.requires = requires
        result.loading = loading
    }

    /// TensorFlow and Flax had classes of their own, which transformers 5 has no more; their names begin with it, and the
    /// configuration leaves that out (modeling_tf_utils.py, modeling_flax_utils.py, `save_pretrained`).
    private var otherLibrary: (prefix: String, package: String)? {
        guard let files = weights?.files, !files.isEmpty else { return nil }
        if files.allSatisfy({ $0.hasSuffix(".h5") }) { return ("TF", "tensorflow") }
        return files.allSatisfy({ $0.hasSuffix(".msgpack") }) ? ("Flax", "flax") : nil
    }

    private var isMLX: Bool { weights?.format == "mlx" || config["quantization"]?.object != nil }
}

extension TransformersRegistry {
    static func isKnown(_ architecture: String) -> Bool {
        images.contains(architecture) || tokens.contains(architecture)
    }
}

/// What the end of a class name of transformers says of its head; what goes in, `TransformersRegistry` knows.
struct TransformersHead {
    enum Output { case classes, tokens, pixels, vocabulary, objects, masks, none }

    let tasks: [String]?
    let output: Output
    /// Names of the weights whose rows are the classes.
    let classifiers = ["classifier.weight", "score.weight", "cls_classifier.weight", "classifier.out_proj.weight"]

    init?(_ architecture: String) {
        guard let known = Self.known.first(where: { architecture.hasSuffix($0.ending) }) else { return nil }
        (tasks, output) = (known.tasks, known.output)
    }

    private static let known: [(ending: String, tasks: [String]?, output: Output)] = [
        ("ForImageClassification", ["classification"], .classes),
        ("ForSemanticSegmentation", ["semantic-segmentation"], .pixels),
        ("ForInstanceSegmentation", ["instance-segmentation"], .masks),
        ("ForUniversalSegmentation", ["segmentation"], .masks),
        ("ForObjectDetection", ["object-detection"], .objects),
        ("ForImageSuperResolution", ["super-resolution"], .none),
        ("ForDepthEstimation", ["regression"], .none),
        ("ForSequenceClassification", ["classification"], .classes),
        ("ForTokenClassification", ["classification"], .tokens),
        ("ForCausalLM", ["generative"], .vocabulary),
        ("LMHeadModel", ["generative"], .vocabulary),
        ("ForMaskedLM", nil, .vocabulary),
        ("ForConditionalGeneration", ["generative"], .none),
    ]
}
