package import ModelBytes

package enum SafetensorsLimits {
    /// The header of a file in bytes; the reference implementation has the same figure.
    package static let headerBytes = Limits.Limit("safetensors header bytes", 100_000_000)

    package static let all = [headerBytes]
}
