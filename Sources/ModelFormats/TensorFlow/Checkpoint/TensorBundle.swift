import ModelBytes
import ModelContainers

/// The index of a checkpoint: which tensors there are, and where in which shard they lie.
///
/// Source: tensorflow/core/util/tensor_bundle/tensor_bundle.cc and core/protobuf/tensor_bundle.proto. The entry of the empty
/// key is the header; a variable that was saved in slices has an entry under its name, of the whole shape and no bytes,
/// and one for each slice under a key that begins with a zero byte (util/saved_tensor_slice_util.cc).
struct TensorBundle {
    struct Entry {
        let key: String
        let type: TensorFlowDataType?
        let shape: [Int]
        let shard: Int
        let offset: Int
        let size: Int
        let isSliced: Bool

        /// Bytes of all of it, in slices or not; nil when that is too large for any memory or not known.
        var bytes: Int? { isSliced ? TensorSize.elements(shape).flatMap { type?.bytes($0) } : size }
    }

    private(set) var entries: [Entry] = []
    /// Parts of variables, which are no variables of their own.
    private(set) var slices: [Entry] = []
    private(set) var shards = 0
    private(set) var isBigEndian = false

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        var hasHeader = false
        try SSTable(source, limits: limits).forEachEntry { key, value throws(InspectionError) in
            let bytes = ByteSource(MemoryBytes(Array(value)), entry: source.entry)
            guard hasHeader else {
                guard key.isEmpty else {
                    throw InspectionError(
                        .malformed, "the first entry is not the header of a checkpoint", entry: source.entry)
                }
                hasHeader = true
                let header = try ProtobufMessage.read(bytes, as: .bundleHeader, limits: limits)
                shards = header.int("num_shards") ?? 0
                isBigEndian = header.int("endianness") == 1
                return
            }
            let entry = try Self.entry(key, bytes, limits)
            if key.first == 0 { slices.append(entry) } else { entries.append(entry) }
        }
        guard hasHeader else {
            throw InspectionError(.malformed, "the table has no entry, not even a header", entry: source.entry)
        }
    }

    private static func entry(
        _ key: [UInt8], _ source: ByteSource, _ limits: Limits
    ) throws(InspectionError) -> Entry {
        let message = try ProtobufMessage.read(source, as: .bundleEntry, limits: limits)
        let name = String(decoding: key, as: UTF8.self)
        let offset = message.int("offset") ?? 0
        let size = message.int("size") ?? 0
        guard offset >= 0, size >= 0, offset <= Int.max - size else {
            throw InspectionError(
                .malformed, "tensor \"\(name)\" has \(size) bytes at \(offset)", entry: source.entry)
        }
        return Entry(
            key: name, type: message.int("dtype").flatMap(TensorFlowDataType.init),
            shape: message.message("shape")?.tensorFlowShape ?? [], shard: message.int("shard_id") ?? 0,
            offset: offset, size: size, isSliced: message.has("slices"))
    }

    /// Lists every entry that is a tensor; `shard` says which file its number means.
    func list(for listing: Listing?, shard: (Int) -> String) {
        guard let listing, listing.wantsTensors else { return }
        for entry in entries {
            let place =
                entry.isSliced
                ? StoredTensor.Place() : StoredTensor.Place(file: shard(entry.shard), offset: entry.offset)
            listing.add(
                StoredTensor(
                    name: entry.key, shape: entry.shape, dataType: entry.type?.name, bytes: entry.bytes, place: place))
        }
    }

    /// The name of a shard, as `DataFilename` of tensor_bundle/naming.cc.
    static func shardName(_ prefix: String, _ shard: Int, of count: Int) -> String {
        "\(prefix).data-\(shard.fiveDigits)-of-\(count.fiveDigits)"
    }

    /// The entry of this key.
    func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }
}
