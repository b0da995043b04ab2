/// Names of the dimensions of what a convolution reads and gives; the proof is the operator's own definition.
enum ConvolutionDimensions {
    /// Batch, channel and the spatial ones; nil when `rank` is not what the operator takes. `expected` is 0 for an operator
    /// of any rank.
    static func names(rank: Int, expected: Int = 0) -> [String]? {
        guard expected == 0 || rank == expected else { return nil }
        switch rank {
        case 3: return ["batch", "channel", "length"]
        case 4: return ["batch", "channel", "height", "width"]
        case 5: return ["batch", "channel", "depth", "height", "width"]
        default: return nil
        }
    }
}
