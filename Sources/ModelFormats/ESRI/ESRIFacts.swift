import ModelBytes
import ModelJSON

/// From the keys of a model definition to facts.
struct ESRIFacts {
    private let document: JSONValue
    private let place: String

    init(_ document: JSONValue, _ place: String) {
        self.document = document
        self.place = place
    }

    func fill(_ result: inout ProbeResult) {
        if let name = document["ModelName"]?.string, !name.isEmpty {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place): ModelName")
        } else if let name = document["ModelConfiguration"]?.string {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place): ModelConfiguration")
        }
        framework(&result)
        if let tasks = Self.tasks(document["ModelType"]?.string) {
            result.facts.tasks = tasks
            result.note("tasks", .read, "\(place): ModelType")
        }
        let bands = document["ExtractBands"]?.array?.compactMap(\.int)
        let names = document["Bands"]?.array?.compactMap(\.string) ?? []
        let (height, width) = (document["ImageHeight"]?.int, document["ImageWidth"]?.int)
        if let bands, !bands.isEmpty, bands.count <= 4_096 {
            var port = Port(
                name: "image", shape: [-1, bands.count, height ?? -1, width ?? -1],
                dimOrder: ["batch", "channel", "height", "width"])
            port.valueScaling = scaling(bands.count)
            result.facts.inputs = [port]
            result.note("inputs", .derived, "\(place): ExtractBands, ImageHeight, ImageWidth")
        }
        classes(&result)
        metadata(names, &result)
    }

    private func framework(_ result: inout ProbeResult) {
        let spelt = document["Framework"]?.string?.lowercased()
        let framework: String? =
            switch spelt {
            case "pytorch", "arcgis.learn.models._inferencing", "fastai": "PyTorch"
            case "tensorflow": "TensorFlow"
            case "keras": "Keras"
            case "cntk": "CNTK"
            default: nil
            }
        guard let framework else { return }
        result.facts.framework = framework
        result.note("framework", .read, "\(place): Framework")
    }

    private static func tasks(_ type: String?) -> [String]? {
        switch type {
        case "ImageClassification", "PixelClassification": ["semantic-segmentation"]
        case "ObjectClassification": ["classification"]
        case "ObjectDetection": ["object-detection"]
        case "InstanceDetection", "InstanceSegmentation": ["instance-segmentation"]
        case "PanopticSegmentation": ["panoptic-segmentation"]
        case "ImageCaptioning": ["image-captioning"]
        case "SuperResolution": ["super-resolution"]
        default: nil
        }
    }

    private func scaling(_ bands: Int) -> [JSONObject]? {
        let statistics = document["NormalizationStats"]
        let mean =
            statistics?["scaled_mean_values"] == nil
            ? statistics?["band_mean_values"]?.array?.compactMap(\.double) ?? [] : []
        let deviation = statistics?["band_std_values"]?.array?.compactMap(\.double) ?? []
        // `1e400` is a number of JSON, and no number that anything can be divided by.
        guard (mean + deviation).allSatisfy(\.isFinite) else { return nil }
        let scaling = ValueScaling.zScore(mean, deviation, factor: nil)
        return scaling.count == bands ? scaling : nil
    }

    private func classes(_ result: inout ProbeResult) {
        let all = document["Classes"]?.array ?? []
        let classes = all.prefix(10_000).compactMap { item in
            item["Name"]?.string.map { (name: $0, value: item["Value"]?.int) }
        }
        guard !classes.isEmpty else { return }
        let isCounted =
            classes.count == all.count && classes.enumerated().allSatisfy { $0.element.value == $0.offset }
        result.facts.outputs = [Port(name: "classes", labels: isCounted ? classes.map(\.name) : nil)]
        result.facts.metadata = [
            "classes": .array(
                classes.compactMap { one in
                    one.value.map { ["value": JSONValue($0), "name": .string(one.name)] }
                })
        ]
        result.note("outputs", .read, "\(place): Classes")
    }

    private func metadata(_ bands: [String], _ result: inout ProbeResult) {
        var found = result.facts.metadata ?? JSONObject()
        for key in [
            "ExtractBands", "DataRange", "SensorName", "IsMultispectral", "CellSize", "MinCellSize", "MaxCellSize",
        ] {
            if let value = document[key], value.string.map(PrivateText.holdsPath) != true { found[key] = value }
        }
        if !bands.isEmpty { found["Bands"] = .array(bands.prefix(4_096).map(JSONValue.string)) }
        if let parameters = document["ModelParameters"]?.object { result.facts.hyperparameters = parameters }
        guard !found.isEmpty else { return }
        result.facts.metadata = found
        result.note("metadata", .read, place)
    }
}
