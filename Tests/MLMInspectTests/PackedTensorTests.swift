import MLMInspect
import ModelBytes
import TestSupport
import Testing

@testable import ModelFormats

/// Tensors that subclasses pack, as torchao does, in numbers and depths that no library writes.
@Suite struct PackedTensorTests {
    private func record(_ root: PickleBuilder) throws -> Record {
        var archive = ZipBuilder()
        archive.add("archive/data.pkl", PickleBuilder().proto(2).then(root).stop().bytes)
        archive.add("archive/version", Array("3\n".utf8))
        let source = ByteSource(MemoryBytes(archive.build().bytes))
        return Inspector().inspect(try Artifact(path: "packed.pt", source: source))
    }

    private func tuple(_ parts: PickleBuilder...) -> PickleBuilder {
        parts.reduce(PickleBuilder().mark()) { $0.then($1) }.tuple()
    }

    private func long(_ value: Int) -> PickleBuilder {
        PickleBuilder().long1((0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    /// A tensor of bytes.
    private func plain(_ size: Int) -> PickleBuilder {
        let storage = tuple(
            PickleBuilder().binunicode("storage"), PickleBuilder().global("torch", "ByteStorage"),
            PickleBuilder().binunicode("0"), PickleBuilder().binunicode("cpu"), long(4)
        ).binpersid()
        return PickleBuilder().global("torch._utils", "_rebuild_tensor_v2").then(
            tuple(
                storage, long(0), tuple(long(size)), tuple(long(1)), PickleBuilder().newfalse(),
                PickleBuilder().global("collections", "OrderedDict").emptyTuple().reduce())
        ).reduce()
    }

    /// A tensor of float64 that is made of those in `state`.
    private func packed(_ size: Int, _ state: PickleBuilder) -> PickleBuilder {
        let type = PickleBuilder().global("torchao.quantization", "Packed")
        return PickleBuilder().global("torch._tensor", "_rebuild_from_type_v2").then(
            tuple(
                PickleBuilder().global("torch._utils", "_rebuild_wrapper_subclass"), type,
                tuple(type, PickleBuilder().global("torch", "float64"), tuple(long(size))), state)
        ).reduce()
    }

    /// As many entries of one value, which the memo has at `slot`.
    private func dictionary(_ count: Int, of slot: UInt32) -> PickleBuilder {
        (0..<count).reduce(PickleBuilder().emptyDict().mark()) { $0.binunicode("part\($1)").longBinget(slot) }
            .setitems()
    }

    private func stateDict(_ tensors: [PickleBuilder]) -> PickleBuilder {
        tensors.enumerated().reduce(PickleBuilder().emptyDict().mark()) { dictionary, tensor in
            dictionary.binunicode("layer\(tensor.offset).weight").then(tensor.element)
        }.setitems()
    }

    @Test func countsWhatTheyStandFor() throws {
        let root = stateDict([packed(64, dictionary(1, of: 1))])
        let parameters = try record(plain(64).longBinput(1).pop().then(root)).facts?.parameters
        #expect(parameters?.total == 64)
        #expect(parameters?.stored == 64)
        #expect(parameters?.bits == 8)
    }

    @Test func beyondAnyMemoryNothingIsCounted() throws {
        let parts = plain(1 << 47).longBinput(1).pop().then(dictionary(64, of: 1)).longBinput(2).pop()
        let shared = tuple(PickleBuilder().longBinget(2), PickleBuilder().longBinget(2))
        let record = try record(parts.then(stateDict(Array(repeating: packed(1 << 45, shared), count: 600))))
        #expect(record.format?.id == "torch-state-dict")
        #expect(record.facts?.parameters == nil)
    }

    /// Each level would be looked at once for every entry of the one above it.
    @Test(.timeLimit(.minutes(1))) func partsOfPartsAreLookedAtOnce() throws {
        var levels = plain(4).longBinput(1).pop()
        for _ in 0..<7 { levels = levels.then(packed(64, dictionary(64, of: 1))).longBinput(1).pop() }
        let record = try record(levels.then(stateDict([PickleBuilder().longBinget(1)])))
        #expect(record.facts?.parameters?.total == 64)
    }
}
