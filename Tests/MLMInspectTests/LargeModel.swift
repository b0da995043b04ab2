import TestSupport

/// Models of 2 MB whose payload lies well beyond head and tail, written when the tests run.
struct LargeModel: Sendable, CustomStringConvertible {
    static let tensorCount = 8
    static let tensorBytes = 256 << 10
    /// What may be read of any file's end.
    static let tailBytes = 66 << 10

    let name: String
    let bytes: [UInt8]
    let payloads: [Range<Int>]
    var description: String { name }

    static let all = [torch, legacyTorch, safetensors]

    private static let names = (0..<tensorCount).map { "layer.\($0).weight" }
    /// Bytes that mean something to every reader that looks at them: opcodes of a pickle that never ends.
    private static let tensor = [UInt8](repeating: 0x5D, count: tensorBytes)

    private static var torch: LargeModel {
        let pickle = PickleBuilder.stateDict(names.map { ($0, [256, 256]) }).bytes
        var members: [(name: String, content: [UInt8])] = [("data.pkl", pickle), ("byteorder", Array("little".utf8))]
        for index in names.indices { members.append(("data/\(index)", tensor)) }
        members.append(("version", Array("3\n".utf8)))
        let archive = ZipBuilder.torch(members, folder: "large").build()
        return LargeModel(
            name: "large.pt", bytes: archive.bytes, payloads: Array(archive.contents[2..<2 + tensorCount]))
    }

    /// Five pickles, then each storage with its element count (torch/serialization.py, `_legacy_save`).
    private static var legacyTorch: LargeModel {
        var bytes = PickleBuilder().proto(2).long1([0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]).stop()
            .bytes
        bytes += PickleBuilder().proto(2).binint2(1_001).stop().bytes
        bytes +=
            PickleBuilder().proto(2).emptyDict().mark().binunicode("little_endian").newtrue().setitems().stop().bytes
        var state = PickleBuilder().proto(2).global("collections", "OrderedDict").emptyTuple().reduce().mark()
        for (index, name) in names.enumerated() {
            state = state.binunicode(name).legacyTensor([256, 256], key: "\(index)")
        }
        bytes += state.setitems().stop().bytes
        var keys = PickleBuilder().proto(2).emptyList().mark()
        for index in names.indices { keys = keys.binunicode("\(index)") }
        bytes += keys.appends().stop().bytes
        var payloads: [Range<Int>] = []
        for _ in names {
            bytes += [0, 0, 1, 0, 0, 0, 0, 0]
            payloads.append(bytes.count..<bytes.count + tensorBytes)
            bytes += tensor
        }
        return LargeModel(name: "legacy.pt", bytes: bytes, payloads: payloads)
    }

    private static var safetensors: LargeModel {
        let entries = names.enumerated().map { index, name in
            let start = index * tensorBytes
            return #""\#(name)":{"dtype":"F32","shape":[256,256],"data_offsets":[\#(start),\#(start + tensorBytes)]}"#
        }
        let header = Array("{\(entries.joined(separator: ","))}".utf8)
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
        let start = bytes.count
        for _ in names { bytes += tensor }
        return LargeModel(
            name: "large.safetensors", bytes: bytes,
            payloads: names.indices.map { start + $0 * tensorBytes..<start + ($0 + 1) * tensorBytes })
    }
}

extension PickleBuilder {
    /// As `tensor`, with the sixth part of the persistent id that only the legacy stream has: no view.
    fileprivate func legacyTensor(_ size: [UInt16], key: String) -> PickleBuilder {
        let count = size.reduce(1) { $0 * Int32($1) }
        var pickle = global("torch._utils", "_rebuild_tensor_v2").mark()
            .mark().binunicode("storage").global("torch", "FloatStorage").binunicode(key).binunicode("cpu").binint(
                count
            )
            .none().tuple().binpersid().binint(0)
        pickle = size.reduce(pickle.mark()) { $0.binint2($1) }.tuple()
        pickle = pickle.mark().binint2(size[1]).binint1(1).tuple().newfalse()
        return pickle.global("collections", "OrderedDict").emptyTuple().reduce().tuple().reduce()
    }
}
