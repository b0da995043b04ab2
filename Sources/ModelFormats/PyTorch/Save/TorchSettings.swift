import ModelJSON

/// What the settings of a run or a model say of the model, by the names that PyTorch's libraries give them: Lightning,
/// TorchGeo, TerraTorch, Ultralytics and those of one's own.
struct TorchSettings {
    private let settings: JSONObject
    private let place: String

    init(_ settings: JSONObject, at place: String) {
        self.settings = settings
        self.place = place
    }

    /// Keys that mean nothing but classes.
    static let labelKeys = ["class_names", "CLASSES", "classes", "class_labels", "label_names"]
    private static let bandKeys = ["bands", "backbone_bands", "input_bands", "band_names", "model_bands"]

    func fill(_ result: inout ProbeResult) {
        // `names` by number are Ultralytics' classes; as a list they may be those of anything.
        let byNumber = { (value: JSONValue) in value.object == nil ? nil : Self.labels(value) }
        if result.facts.labels == nil,
            let (path, labels) = first(Self.labelKeys + ["labels"], Self.labels) ?? first(["names"], byNumber)
        {
            result.facts.labels = labels
            result.note("labels", .read, "\(place).\(path)")
        }
        if result.facts.bands == nil, let (path, bands) = first(Self.bandKeys, Self.bands) {
            result.facts.bands = bands
            result.note("bands", .read, "\(place).\(path)")
        }
        if result.facts.tasks == nil, let (path, task) = first(["task"], { $0.string.flatMap(Self.task) }) {
            result.facts.tasks = [task]
            result.note("tasks", .read, "\(place).\(path)")
        }
        architecture(&result)
        let pretrained = first(
            ["backbone_pretrained", "pretrained", "weights"], { $0.bool == true ? true : nil })
        if result.facts.pretrainedSource == nil, pretrained != nil, let (path, name) = first(["backbone"], Self.name) {
            result.facts.pretrainedSource = name
            result.note("pretrained_source", .derived, "\(place).\(path), whose weights were pretrained")
        }
    }

    /// `model` of TorchGeo and `decoder` of TerraTorch, and the backbone below it.
    private func architecture(_ result: inout ProbeResult) {
        guard result.facts.architecture == nil,
            let (path, head) = first(["decoder", "model", "model_name", "arch", "architecture"], Self.name)
        else { return }
        if let (_, backbone) = first(["backbone", "encoder_name", "encoder"], Self.name), backbone != head {
            result.facts.architecture = "\(head) with \(backbone)"
        } else {
            result.facts.architecture = head
        }
        result.note("architecture", .read, "\(place).\(path)")
    }

    /// The first of `keys` that stands in the settings, or in a dict among them, and says what is asked for.
    private func first<Value>(_ keys: [String], _ read: (JSONValue) -> Value?) -> (path: String, value: Value)? {
        var waiting: [(path: String, object: JSONObject, depth: Int)] = [("", settings, 0)]
        var index = 0
        while index < waiting.count, index < 64 {
            let (path, object, depth) = waiting[index]
            index += 1
            for key in keys {
                if let value = object[key].flatMap(read) { return (path + key, value) }
            }
            guard depth < 3 else { continue }
            for (key, value) in object.prefix(256) {
                if let inner = value.object { waiting.append(("\(path)\(key).", inner, depth + 1)) }
            }
        }
        return nil
    }

    /// Several texts that differ, or texts by index; one class is no list of them.
    static func labels(_ value: JSONValue) -> [String]? {
        let listed = value.array?.compactMap(\.string)
        guard listed?.count == value.array?.count,
            let labels = listed ?? value.object.flatMap({ LabelMap.byIndex($0) }),
            (2...1_024).contains(labels.count), Set(labels).count == labels.count,
            labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 256 && !PrivateText.holdsPath($0) })
        else { return nil }
        return labels
    }

    private static func bands(_ value: JSONValue) -> [String]? {
        let list = value.array ?? []
        let names = list.compactMap(\.string)
        guard !names.isEmpty, names.count == list.count, names.count <= 1_024, Set(names).count == names.count,
            names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 64 })
        else { return nil }
        return names
    }

    private static func name(_ value: JSONValue) -> String? {
        guard let text = value.string, TorchTraining.isName(text), !text.contains("."), !text.contains("/") else {
            return nil
        }
        return text
    }

    /// MLM's own names, and Ultralytics' (ultralytics/nn/tasks.py).
    static func task(_ text: String) -> String? {
        switch text {
        case "classify": "classification"
        case "detect", "obb": "object-detection"
        case "segment": "instance-segmentation"
        default: Tasks.all.contains(text) ? text : nil
        }
    }
}

/// `pretrained_cfg` of timm (timm/models/_pretrained.py), as it stands in a checkpoint.
struct PretrainedConfiguration {
    private let configuration: JSONObject
    private let place: String

    init(_ configuration: JSONObject, at place: String) {
        self.configuration = configuration
        self.place = place
    }

    func fill(_ result: inout ProbeResult) {
        if result.facts.architecture == nil, let name = configuration["architecture"]?.string,
            TorchTraining.isName(name)
        {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place).architecture")
        }
        if result.facts.license == nil, let license = configuration["license"]?.string, !license.isEmpty {
            result.facts.license = SPDX.spelling(license)
            result.note("license", .read, "\(place).license")
        }
        let types = Set(result.facts.parameters?.dataTypes?.keys.filter { $0.contains("float") } ?? [])
        let dataType = types.count == 1 ? types.first : nil
        let sizes = configuration["input_size"]?.array?.compactMap(\.int) ?? []
        if result.facts.inputs == nil, sizes.count == 3, sizes.allSatisfy({ $0 > 0 }) {
            result.facts.inputs = [Port.image("x", sizes, dataType: dataType, .object(configuration))]
            result.note("inputs", .read, "\(place).input_size, mean and std of images divided by 255")
        }
        if let classes = configuration["num_classes"]?.int, classes > 0, classes < 1 << 24, result.facts.outputs == nil
        {
            let labels = configuration["label_names"].flatMap(TorchSettings.labels)
            result.facts.outputs = [
                Port(
                    name: "logits", shape: [-1, classes], dataType: dataType, dimOrder: ["batch", "class"],
                    labels: labels?.count == classes ? labels : nil)
            ]
            result.note("outputs", .read, "\(place).num_classes")
            if result.facts.tasks == nil {
                result.facts.tasks = ["classification"]
                result.note("tasks", .derived, "\(place).num_classes of a timm model")
            }
        }
    }
}
