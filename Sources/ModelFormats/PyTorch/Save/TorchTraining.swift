import ModelBytes
import ModelContainers
import ModelJSON

/// What a checkpoint says beside its weights: settings, and who wrote it.
struct TorchTraining {
    let entry: String
    let limits: Limits

    /// Where trainers keep the settings of a run, and libraries those of a model.
    private static let settings = [
        "hyper_parameters", "train_args", "model_args", "model_kwargs", "model_config", "model_params", "args",
        "hparams",
        "opt", "cfg", "config", "kwargs", "init_args", "params", "hyperparameters",
    ]

    func fill(_ result: inout ProbeResult, from mapping: TorchMapping) {
        if !settings(&result, from: mapping, at: "\(entry): "), let (key, model) = Self.whole(mapping) {
            _ = settings(&result, from: model, at: "\(entry): \(key).")
        }
        writer(&result, from: mapping)
        // As torch's ImageNet example and timm write it.
        for key in ["arch", "architecture", "model_name", "model_type"] {
            guard let name = mapping[key]?.string, Self.isName(name), result.facts.architecture == nil else { continue }
            result.facts.architecture = name
            result.note("architecture", .read, "\(entry): \(key)")
        }
        for key in ["pretrained_cfg", "default_cfg"] {
            guard let value = mapping[key] else { continue }
            if let object = PickleJSON.object(value, limits: limits) {
                PretrainedConfiguration(object, at: "\(entry): \(key)").fill(&result)
            }
        }
        if let meta = mapping["meta"].flatMap(TorchMapping.init) {
            OpenMMLabMeta(meta, at: "\(entry): meta", limits: limits).fill(&result)
        }
        labels(&result, from: mapping)
        var progress = JSONObject()
        for key in ["epoch", "global_step", "iteration", "iter", "step"] {
            if let number = mapping[key]?.int { progress[key] = JSONValue(number) }
        }
        if let license = mapping["license"]?.string, !license.isEmpty {
            result.facts.license = license
            result.note("license", .read, "\(entry): license")
        }
        if !progress.isEmpty {
            result.facts.metadata = progress
            result.note("metadata", .read, "\(entry): \(progress.map(\.key).joined(separator: ", "))")
        }
    }

    /// Returns whether there are any.
    private func settings(_ result: inout ProbeResult, from mapping: TorchMapping, at place: String) -> Bool {
        for key in Self.settings {
            guard let value = mapping[key] else { continue }
            guard let object = PickleJSON.object(value, limits: limits), !object.isEmpty else { continue }
            result.facts.hyperparameters = object
            result.note("hyperparameters", .read, place + key)
            TorchSettings(object, at: place + key).fill(&result)
            return true
        }
        return false
    }

    /// A model that is kept with its own settings, beside those of its training: `{"model": {"state_dict", "model_args"}}`.
    private static func whole(_ mapping: TorchMapping) -> (key: String, model: TorchMapping)? {
        for key in ["model", "net", "network"] {
            guard let model = mapping[key].flatMap(TorchMapping.init),
                ["state_dict", "model_state_dict"].contains(where: { model[$0] != nil })
            else { continue }
            return (key, model)
        }
        return nil
    }

    private func writer(_ result: inout ProbeResult, from mapping: TorchMapping) {
        if let version = mapping["pytorch-lightning_version"]?.string {
            result.facts.producer = Producer(name: "pytorch-lightning", version: version)
            result.note("producer", .read, "\(entry): pytorch-lightning_version")
        } else if mapping["train_args"] != nil, let version = mapping["version"]?.string {
            result.facts.producer = Producer(name: "ultralytics", version: version)
            result.note("producer", .read, "\(entry): version")
        }
        for key in ["torch_version", "pytorch_version", "torch"] {
            guard let version = mapping[key]?.string, TorchVersionText.isVersion(version) else { continue }
            TorchVersionText.set(version, at: "\(entry): \(key)", &result)
        }
    }

    private func labels(_ result: inout ProbeResult, from mapping: TorchMapping) {
        guard result.facts.labels == nil else { return }
        for key in TorchSettings.labelKeys {
            guard let value = mapping[key] else { continue }
            guard let labels = PickleJSON.json(value, limits: limits).flatMap(TorchSettings.labels) else { continue }
            result.facts.labels = labels
            result.note("labels", .read, "\(entry): \(key)")
            return
        }
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 256 && !PrivateText.holdsPath(name)
    }
}

/// The version of torch that a file names.
enum TorchVersionText {
    static func isVersion(_ text: String) -> Bool {
        let parts = text.prefix { $0 != "+" }.split(separator: ".", omittingEmptySubsequences: false)
        return (2...4).contains(parts.count) && text.utf8.count <= 64
            && parts.prefix(2).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    static func set(_ version: String, at place: String, _ result: inout ProbeResult) {
        guard result.facts.frameworkVersion == nil else { return }
        result.facts.frameworkVersion = version
        result.note("framework_version", .read, place)
    }

    /// `torch.__version__` as torch 1.10 and later pickle it: an object of TorchVersion, whatever its key.
    static func find(in pickle: Pickle, at entry: String, _ result: inout ProbeResult) {
        guard pickle.imports.contains(where: { $0.module == "torch.torch_version" }) else { return }
        for object in pickle.objects where object.callee.isGlobal("torch.torch_version", "TorchVersion") {
            guard let text = object.arguments.elements.first?.string, isVersion(text) else { continue }
            return set(text, at: "\(entry): TorchVersion at byte \(object.offset)", &result)
        }
    }
}
