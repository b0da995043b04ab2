import ModelBytes
import ModelJSON

/// A folder with the configuration of one of the libraries for images that write as transformers does: timm, open_clip.
struct LibraryFolder {
    let config: JSONValue
    /// The one type of its floating-point weights.
    let dataType: String?
    let subject: InspectedArtifact

    init(_ config: JSONValue, _ weights: FolderWeights?, _ subject: InspectedArtifact) {
        self.config = config
        dataType = weights?.floatType
        self.subject = subject
    }

    /// Images of these channels, height and width, with what both libraries say of them by the same keys. torchvision's
    /// ToTensor divides by 255 before the mean is taken off.
    func image(_ name: String, _ sizes: [Int], _ preprocessing: JSONValue) -> Port {
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
