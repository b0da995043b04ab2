import ModelBytes
import TestSupport
import Testing

@testable import ModelContainers

@Suite struct SSTableTests {
    private static let two: [TableBuilder.Entries] = [
        [("", [8, 1]), ("dense/bias", [1, 2, 3]), ("dense/kernel", []), ("dense_1/bias", [4])],
        [("dense_2/bias", [5, 6]), ("z", Array(repeating: 7, count: 300))],
    ]

    private static func entries(
        _ bytes: [UInt8], limits: Limits = Limits()
    ) throws(InspectionError) -> [(key: String, value: [UInt8])] {
        var found: [(key: String, value: [UInt8])] = []
        let table = try SSTable(ByteSource(MemoryBytes(bytes)), limits: limits)
        try table.forEachEntry { key, value in found.append((String(decoding: key, as: UTF8.self), Array(value))) }
        return found
    }

    private static func failure(_ bytes: [UInt8], limits: Limits = Limits()) -> InspectionError? {
        do throws(InspectionError) {
            _ = try entries(bytes, limits: limits)
            return nil
        } catch { return error }
    }

    /// "123456789" is the check value that catalogues of checksums give for CRC-32C.
    @Test func checksum() { #expect(CRC32C.of("123456789".utf8) == 0xE306_9283) }

    @Test(arguments: [1, 2, 16])
    func entriesOfAllBlocks(restartInterval: Int) throws {
        var builder = TableBuilder(Self.two)
        builder.restartInterval = restartInterval
        let found = try Self.entries(builder.bytes)
        let expected = Self.two.flatMap(\.self)
        #expect(found.map(\.key) == expected.map(\.key))
        #expect(found.map(\.value) == expected.map(\.value))
    }

    @Test func emptyTable() throws { #expect(try Self.entries(TableBuilder([]).bytes).isEmpty) }

    @Test func firstEntryAlone() throws {
        let payload = [UInt8](repeating: 9, count: 5_000)
        let bytes = TableBuilder([[("", [1, 2, 3]), ("tensor", payload)], [("u", payload)]]).bytes
        let recorder = RecordingBytes(bytes)
        let first = try SSTable(ByteSource(recorder), limits: Limits()).first()
        #expect(first?.key == [] && first?.value == [1, 2, 3])
        #expect(recorder.reads.allSatisfy { $0.upperBound < 64 || $0.lowerBound > 10_000 }, "\(recorder.reads)")
        #expect(try SSTable(ByteSource(MemoryBytes(TableBuilder([]).bytes)), limits: Limits()).first() == nil)
    }

    @Test func everyCutIsAnError() {
        let bytes = TableBuilder(Self.two).bytes
        for end in bytes.indices { #expect(Self.failure(Array(bytes[..<end])) != nil, "\(end)") }
    }

    /// Blocks have checksums, the footer has handles that have to fit; its padding is free, and so is the metaindex, an
    /// empty block that nothing is read of.
    @Test func everyChangedByteIsAnErrorOrPadding() throws {
        let bytes = TableBuilder(Self.two).bytes
        let whole = try Self.entries(bytes)
        let footer = bytes.count - 48
        let metaindex = Int(bytes[footer] & 0x7F) | Int(bytes[footer + 1]) << 7
        let free = Set(metaindex..<metaindex + 13).union(footer..<bytes.count)
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 0x41
            do throws(InspectionError) {
                let found = try Self.entries(changed)
                #expect(free.contains(position), "\(position)")
                #expect(found.map(\.key) == whole.map(\.key) && found.map(\.value) == whole.map(\.value))
            } catch { #expect(!error.message.isEmpty) }
        }
    }

    @Test func keysOutOfOrder() {
        let inside = Self.failure(TableBuilder([[("b", []), ("a", [])]]).bytes)
        #expect(inside?.message == "the keys do not ascend")
        #expect(Self.failure(TableBuilder([[("a", []), ("a", [])]]).bytes)?.message == "the keys do not ascend")
        #expect(Self.failure(TableBuilder([[("b", [])], [("c", []), ("b", [])]]).bytes) != nil)
        let between = TableBuilder([[("a", []), ("c", [])], [("b", []), ("d", [])]]).bytes
        #expect(Self.failure(between)?.message == "the keys do not ascend")
    }

    @Test func handlesOutside() {
        for handle in [(0, 1_000_000), (1_000_000, 4), (Int.max, Int.max), (-1, 4), (4, -1), (0, 0)] {
            var builder = TableBuilder([[("a", [1])]])
            builder.handles = [handle]
            #expect(Self.failure(builder.bytes)?.reason == .malformed, "\(handle)")
        }
    }

    @Test func aBlockIsNotReadTwice() throws {
        let whole = TableBuilder([[("a", [1])], [("b", [1])]])
        var builder = whole
        builder.handles = [(0, 13), (0, 13)]
        #expect(Self.failure(builder.bytes)?.message == "two blocks of the table overlap")
    }

    @Test func compressedBlocksAreNamed() {
        var builder = TableBuilder([[("a", [1])]])
        builder.compression = 2
        let failure = Self.failure(builder.bytes)
        #expect(failure?.reason == .unsupported)
        #expect(failure?.message.contains("type 2") == true)
        // Said to be snappy, but not.
        builder.compression = 1
        #expect(Self.failure(builder.bytes)?.reason == .malformed)
    }

    /// Contents that no writer makes, each sealed with a right checksum.
    @Test(
        arguments: [
            [], [0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [2, 0, 0, 0],
            // A first key that shares, one that shares more than there is, a key and a value beyond the block.
            [1, 1, 0, 0x61, 0, 0, 0, 0], [0, 1, 0, 0x61, 2, 1, 0, 0x62, 0, 0, 0, 0], [0, 9, 0, 0x61, 0, 0, 0, 0],
            [0, 1, 9, 0x61, 0, 0, 0, 0],
            // Lengths that are cut off or beyond 63 bits.
            [0x80, 0, 0, 0, 0], [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0, 0, 0, 0, 0],
            [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func malformedBlocks(_ content: [UInt8]) {
        #expect(throws: InspectionError.self) {
            var keys = SSTableKeys(Limits())
            try SSTableBlock(content, at: 0, entry: nil).forEachEntry(&keys) { _, _ in }
        }
    }

    @Test func limits() {
        let bytes = TableBuilder(Self.two).bytes
        var limits = Limits()
        limits.tableEntries.value = 3
        #expect(Self.failure(bytes, limits: limits)?.message == "limit: table entries 4 > 3")
        limits = Limits()
        limits.tableKeyBytes.value = 30
        #expect(Self.failure(bytes, limits: limits)?.message == "limit: table key bytes 34 > 30")
        limits = Limits()
        limits.tableBlockBytes.value = 64
        #expect(Self.failure(bytes, limits: limits)?.reason == .limit)
    }
}
