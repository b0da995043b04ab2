import ModelJSON

extension Port {
    /// Images of these channels, height and width, with what timm and open_clip say of them by the same keys. torchvision's
    /// ToTensor divides by 255 before the mean is taken off.
    static func image(_ name: String, _ sizes: [Int], dataType: String?, _ preprocessing: JSONValue) -> Port {
        var port = Port(
            name: name, shape: [-1] + sizes, dataType: dataType, dimOrder: ["batch", "channel", "height", "width"])
        let scaling = ValueScaling.zScore(
            preprocessing["mean"]?.array?.compactMap(\.double) ?? [],
            preprocessing["std"]?.array?.compactMap(\.double) ?? [], factor: 1.0 / 255)
        if scaling.count == 1 || scaling.count == sizes[0] { port.valueScaling = scaling }
        port.resizeType = ResizeType.named(preprocessing["interpolation"]?.string)
        return port
    }
}
