import ModelJSON

/// What an image processor does before the model: `preprocessor_config.json` of transformers, and the like of others.
struct ImagePreprocessing {
    var size: (height: Int, width: Int)?
    var scaling: [JSONObject] = []
    var resizeType: String?
    /// The channels of an image reach the model in the opposite order.
    private(set) var turnsChannels = false

    /// Nil when it is that of no images.
    init?(_ value: JSONValue) {
        guard value["image_mean"] != nil || value["do_resize"] != nil || value["do_rescale"] != nil else { return nil }
        let doesResize = value["do_resize"]?.bool ?? (value["size"] != nil)
        if doesResize {
            let crop = value["do_center_crop"]?.bool == true ? value["crop_size"] : nil
            size = Self.size(crop ?? value["size"])
            resizeType = Self.resizeType(value["resample"]?.int)
        }
        let type = (value["image_processor_type"] ?? value["feature_extractor_type"])?.string ?? ""
        turnsChannels = value["do_flip_channel_order"]?.bool == true || Self.turning.contains(where: type.hasPrefix)
        scaling = Self.scaling(value, type)
        // Which channel a mean is of depends on when they are turned.
        if turnsChannels, Set(scaling).count > 1 { scaling = [] }
    }

    /// Processors that give blue, green, red without a setting that says it (transformers 5.24, measured).
    private static let turning = ["PPLCNet", "PPOCR", "UVDoc"]

    private static func scaling(_ value: JSONValue, _ type: String) -> [JSONObject] {
        // These move the numbers as well (models/vivit, models/efficientnet).
        guard value["offset"]?.bool != true, value["rescale_offset"]?.bool != true, !type.hasPrefix("Vivit") else {
            return []
        }
        let mean = value["image_mean"]?.array?.compactMap(\.double) ?? []
        var deviation = value["image_std"]?.array?.compactMap(\.double) ?? []
        // The processor of MobileViT has a mean that it does not use; what others do without the setting is their class' affair.
        let normalizes = value["do_normalize"]?.bool ?? (mean.isEmpty || type.hasPrefix("MobileViT") ? false : nil)
        guard let normalizes else { return [] }
        if value["include_top"]?.bool == true, type.hasPrefix("EfficientNet") {
            // It divides a second time (models/efficientnet/image_processing_efficientnet.py).
            guard normalizes else { return [] }
            deviation = deviation.map { $0 * $0 }
        }
        let written = value["rescale_factor"]?.double
        if normalizes, !mean.isEmpty, mean.count == deviation.count {
            // The older library wrote nothing of it and divided all images by 255, as the later one does with its files.
            let factor = value["do_rescale"]?.bool == false ? nil : written ?? 1 / 255
            return ValueScaling.zScore(mean, deviation, factor: factor)
        }
        guard !normalizes, value["do_rescale"]?.bool != false, let factor = written, factor > 0 else { return [] }
        return [["type": "scale", "value": ValueScaling.number(1 / factor)]]
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
        if turnsChannels {
            result.report(
                .note, code: "image.channels-turned",
                "the processor turns the order of the channels: the model takes blue, green, red", at: place)
        }
    }
}
