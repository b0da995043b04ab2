package import ModelBytes

package enum SafetensorsLimits {
    /// The header of a file in bytes; the reference implementation has the same figure.
    package static let headerBytes = Limits.Limit("safetensors header bytes", 100_000_000)

    /// The headers of all shards of a model, or of all files of a folder, in bytes; a single one may be larger.
    package static let shardHeaderBytes = Limits.Limit("shard header bytes", 64 << 20)

    package static let all = [headerBytes, shardHeaderBytes]
}
