import ModelJSON

/// What an image processor does before the model: `preprocessor_config.json` of transformers, and the like of others.
struct ImagePreprocessing {
    var size: (height: Int, width: Int)?
    var scaling: [JSONObject] = []
    var resizeType: String?

    /// Nil when it is that of no images.
    init?(_ value: JSONValue) {
        guard value["image_mean"] != nil || value["do_resize"] != nil || value["do_rescale"] != nil else { return nil }
        let doesResize = value["do_resize"]?.bool ?? (value["size"] != nil)
        if doesResize {
            let crop = value["do_center_crop"]?.bool == true ? value["crop_size"] : nil
            size = Self.size(crop ?? value["size"])
            resizeType = Self.resizeType(value["resample"]?.int)
        }
        let factor = value["do_rescale"]?.bool == false ? nil : value["rescale_factor"]?.double
        let mean = value["image_mean"]?.array?.compactMap(\.double) ?? []
        let deviation = value["image_std"]?.array?.compactMap(\.double) ?? []
        let normalizes = value["do_normalize"]?.bool ?? !mean.isEmpty
        if normalizes, !mean.isEmpty, mean.count == deviation.count {
            // An image of the older library is divided by 255 wherever it says nothing of it.
            scaling = ValueScaling.zScore(mean, deviation, factor: factor)
        } else if let factor, factor > 0 {
            scaling = [["type": "scale", "value": ValueScaling.number(1 / factor)]]
        }
    }

    private static func size(_ value: JSONValue?) -> (Int, Int)? {
        if let side = value?.int, side > 0 { return (side, side) }
        if let height = value?["height"]?.int, let width = value?["width"]?.int, height > 0, width > 0 {
            return (height, width)
        }
        return nil
    }

    /// Numbers of PIL's `Image.Resampling`.
    private static func resizeType(_ resample: Int?) -> String? {
        switch resample {
        case 0: "interpolation-nearest"
        case 2: "interpolation-linear"
        case 3: "interpolation-cubic"
        default: nil
        }
    }

    func fill(_ result: inout ProbeResult, at place: String) {
        guard var inputs = result.facts.inputs,
            let index = inputs.firstIndex(where: { $0.dimOrder?.contains("channel") == true })
        else { return }
        if let size, var shape = inputs[index].shape, shape.count == 4, shape[2] == -1, shape[3] == -1 {
            shape[2] = size.height
            shape[3] = size.width
            inputs[index].shape = shape
            result.note("inputs.shape", .derived, "\(place): size, which the processor brings every image to")
        }
        let channels = inputs[index].shape?.dropFirst().first ?? -1
        if !scaling.isEmpty, scaling.count == 1 || channels == scaling.count {
            inputs[index].valueScaling = scaling
            result.note("inputs.value_scaling", .derived, "\(place): rescale_factor, image_mean, image_std in one step")
        }
        if let resizeType {
            inputs[index].resizeType = resizeType
            result.note("inputs.resize_type", .read, "\(place): resample")
        }
        result.facts.inputs = inputs
    }
}
