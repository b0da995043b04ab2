package import ModelBytes

package enum GGUFLimits {
    package static let keys = Limits.Limit("gguf keys", 65_536)
    package static let tensors = Limits.Limit("gguf tensors", 1 << 20)
    /// All texts of a header that are kept, in bytes.
    package static let textBytes = Limits.Limit("gguf text bytes", 64 << 20)

    package static let all = [keys, tensors, textBytes]
}
