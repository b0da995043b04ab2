import ModelBytes
import ModelContainers
import ModelJSON

/// What a checkpoint says beside its weights: settings, and who wrote it.
struct TorchTraining {
    let entry: String
    let limits: Limits

    /// Where trainers keep the settings of a run.
    private static let settings = ["hyper_parameters", "train_args", "args", "hparams", "opt", "cfg", "config"]

    func fill(_ result: inout ProbeResult, from mapping: TorchMapping) {
        for key in Self.settings {
            guard let value = mapping[key], let object = scalars(value), !object.isEmpty else { continue }
            result.facts.hyperparameters = object
            result.note("hyperparameters", .read, "\(entry): \(key)")
            break
        }
        if let version = mapping["pytorch-lightning_version"]?.string {
            result.facts.producer = Producer(name: "pytorch-lightning", version: version)
            result.note("producer", .read, "\(entry): pytorch-lightning_version")
        } else if mapping["train_args"] != nil, let version = mapping["version"]?.string {
            result.facts.producer = Producer(name: "ultralytics", version: version)
            result.note("producer", .read, "\(entry): version")
        }
        // As torch's ImageNet example and timm write it.
        if let name = mapping["arch"]?.string, !name.isEmpty, name.utf8.count <= 256, !PrivateText.holdsPath(name),
            result.facts.architecture == nil
        {
            result.facts.architecture = name
            result.note("architecture", .read, "\(entry): arch")
        }
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

    /// Numbers, strings, booleans and lists of them, from a dictionary or from an object's attributes such as those of an
    /// argparse.Namespace.
    private func scalars(_ value: PickleValue) -> JSONObject? {
        let state = value.object.flatMap { $0.pairs.isEmpty ? $0.state : value } ?? value
        guard let mapping = TorchMapping(state) else { return nil }
        var object = JSONObject()
        for (key, value) in mapping.pairs.prefix(limits.listedValues.value) {
            guard let name = key.string, !name.isEmpty, let scalar = Self.json(value) else { continue }
            object[name] = scalar
        }
        return object
    }

    private static func json(_ value: PickleValue) -> JSONValue? {
        if value.kind == .list || value.kind == .tuple {
            guard value.elements.count <= 64 else { return nil }
            var list: [JSONValue] = []
            for element in value.elements {
                guard let scalar = scalar(element) else { return nil }
                list.append(scalar)
            }
            return .array(list)
        }
        return scalar(value)
    }

    private static func scalar(_ value: PickleValue) -> JSONValue? {
        if let bool = value.bool { return .bool(bool) }
        if let int = value.int { return JSONValue(int) }
        if let double = value.double {
            // `nil` beside a JSONValue would be its null.
            guard double.isFinite else { return nil }
            return JSONValue(double)
        }
        guard let text = value.string, text.utf8.count <= 4_096, !PrivateText.isPath(text) else { return nil }
        return .string(text)
    }
}
