import ModelJSON

/// What Ultralytics writes beside an exported model: task, names of the classes, size of the images, licence, version.
///
/// Source: ultralytics/engine/exporter.py, `Exporter.metadata`. In ONNX all of it is text, as Python prints it; in
/// TFLite's metadata.json it is JSON.
struct UltralyticsMetadata {
    private let metadata: JSONObject

    /// Nil for the metadata of others.
    init?(_ metadata: JSONObject) {
        let author = metadata["author"]?.string == "Ultralytics"
        guard author || metadata["description"]?.string?.hasPrefix("Ultralytics ") == true, metadata["task"] != nil
        else {
            return nil
        }
        self.metadata = metadata
    }

    func fill(_ result: inout ProbeResult, at place: String) {
        if let task = metadata["task"]?.string, let known = Self.tasks[task], result.facts.tasks == nil {
            result.facts.tasks = [known]
            result.note("tasks", .read, "\(place): task = \(task)")
        }
        if result.facts.architecture == nil, let architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(place): description")
        }
        if let labels, let outputs = result.facts.outputs, !outputs.isEmpty, outputs[0].labels == nil {
            result.facts.outputs?[0].labels = labels
            result.note("outputs.labels", .read, "\(place): names")
        }
        if result.facts.license == nil, let license = metadata["license"]?.string {
            result.facts.license = license
            result.note("license", .read, "\(place): license")
        }
        if result.facts.producer == nil || result.facts.producer?.name == "pytorch" {
            result.facts.producer = Producer(name: "Ultralytics", version: metadata["version"]?.string)
            result.note("producer", .read, "\(place): author, version")
        }
        hyperparameters(&result, place)
    }

    /// ultralytics/cfg/__init__.py, `TASKS`.
    private static let tasks = [
        "detect": "object-detection", "segment": "instance-segmentation", "classify": "classification",
        "obb": "object-detection", "semantic": "semantic-segmentation",
    ]

    /// `Ultralytics YOLO11n-seg model trained on coco.yaml`; the name is that of the file it was exported from, which training
    /// calls best.pt and last.pt.
    private var architecture: String? {
        let words = (metadata["description"]?.string ?? "").split(separator: " ")
        guard words.count >= 3, words[0] == "Ultralytics", words[2] == "model", words[1].utf8.count <= 64,
            !["best", "last"].contains(words[1])
        else {
            return nil
        }
        return String(words[1])
    }

    /// In the order of their numbers, which have no gap.
    var labels: [String]? {
        guard let stored = metadata["names"] else { return nil }
        let value = stored.string.flatMap(PythonValue.parse) ?? stored
        var names: [Int: String] = [:]
        for (key, value) in value.object ?? [:] {
            if let index = Int(key), let name = value.string { names[index] = name }
        }
        for (index, value) in (value.array ?? []).enumerated() { names[index] = value.string }
        let labels = (0..<names.count).compactMap { names[$0] }
        return labels.isEmpty || labels.count != names.count || labels.count > 10_000 ? nil : labels
    }

    private func hyperparameters(_ result: inout ProbeResult, _ place: String) {
        var found = result.facts.hyperparameters ?? JSONObject()
        var isFilled = false
        for key in ["imgsz", "stride", "batch"] where found[key] == nil {
            guard let value = metadata[key] else { continue }
            let parsed = value.string.flatMap(PythonValue.parse) ?? value
            guard parsed.number != nil || parsed.array != nil else { continue }
            found[key] = parsed
            isFilled = true
        }
        guard isFilled else { return }
        result.facts.hyperparameters = found
        result.note("hyperparameters", .read, "\(place): imgsz, stride, batch")
    }
}
