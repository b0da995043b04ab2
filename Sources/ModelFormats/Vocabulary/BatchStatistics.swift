/// What a batch normalisation of PyTorch keeps beside its parameters. Where an artifact lists tensors by name alone,
/// these names are all that tells a buffer.
///
/// Source: torch/nn/modules/batchnorm.py, `_NormBase.__init__`.
enum BatchStatistics {
    /// Whether the last component of `name` is one of the three.
    static func isNamed(_ name: String) -> Bool {
        // Nearly every name ends in another letter, which is quicker to see than where its last component begins.
        guard let last = name.utf8.last,
            last == UInt8(ascii: "n") || last == UInt8(ascii: "r") || last == UInt8(ascii: "d")
        else { return false }
        let component =
            name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        return component == "running_mean" || component == "running_var" || component == "num_batches_tracked"
    }

    /// The rule, for `counting`.
    static let rule = "running_mean, running_var and num_batches_tracked are buffers"
}
