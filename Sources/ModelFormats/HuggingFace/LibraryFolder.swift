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

    /// Height and width, of which one number stands for both.
    static func sides(_ value: JSONValue?) -> [Int]? {
        if let side = value?.int { return [side, side] }
        let sides = value?.array?.compactMap(\.int) ?? []
        return sides.count == 2 ? sides : nil
    }
}
