import ModelContainers
import ModelJSON

/// What layers at the beginning of a model do to its values.
///
/// Source: keras/src/layers/preprocessing: rescaling.py computes x * scale + offset, normalization.py
/// (x - mean) / sqrt(variance), where these are settings; what `adapt` found is among the weights, and not read.
enum KerasScaling {
    /// In MLM's words; nil when the layer does no such thing, or does it by what the configuration does not say.
    static func steps(of layer: KerasObject) -> [JSONObject]? {
        switch layer.plainClass {
        case "Rescaling":
            guard let scale = numbers(layer.config["scale"]), let offset = numbers(layer.config["offset"]) else {
                return nil
            }
            return ValueScaling.linear(scale, offset)
        case "Normalization":
            guard let mean = numbers(layer.config["mean"]), let variance = numbers(layer.config["variance"]),
                layer.config["invert"]?.bool != true
            else { return nil }
            return ValueScaling.zScore(mean, variance.map { $0.squareRoot() }, factor: nil)
        default: return nil
        }
    }

    /// Layers that change which values there are, if any, but not what they mean.
    static func keepsValues(_ layer: KerasObject) -> Bool {
        ["Resizing", "CenterCrop", "Identity"].contains(layer.plainClass)
    }

    /// One number, a list, or a list in a list; at most 64.
    private static func numbers(_ value: JSONValue?) -> [Double]? {
        guard let value else { return nil }
        if let number = value.double { return [number] }
        guard var elements = value.kerasElements ?? value["config"]?["value"]?.kerasElements else { return nil }
        for _ in 0..<4 {
            guard elements.count == 1, let inner = elements[0].kerasElements else { break }
            elements = inner
        }
        let numbers = elements.prefix(65).compactMap(\.double)
        return numbers.count == elements.count && (1...64).contains(numbers.count) ? numbers : nil
    }
}
