import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Tables by the rules of flatbuffers.dev/internals, built byte by byte, right and wrong.
@Suite struct FlatBufferTests {
    private static func u16(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
    private static func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    /// A file of one table at 16: slot 0 an int32 of -2, slot 1 absent, slot 2 a text, slot 3 a vector of two int64.
    private static func file(
        root: Int = 16, vtableDistance: Int = 12, vtable: [Int] = [12, 16, 4, 0, 8, 12], text: Int = 3, count: Int = 2,
        textOffset: Int = 8, vectorOffset: Int = 12
    ) -> [UInt8] {
        var bytes = u32(root)
        bytes += vtable.flatMap(u16)
        bytes += u32(vtableDistance) + u32(-2) + u32(textOffset) + u32(vectorOffset)
        bytes += u32(text) + Array("abc\0".utf8)
        bytes += u32(count) + u32(7) + u32(0) + u32(-1) + u32(-1)
        return bytes
    }

    private static func buffer(_ bytes: [UInt8], _ change: (inout Limits) -> Void = { _ in }) -> FlatBuffer {
        var limits = Limits()
        change(&limits)
        return FlatBuffer(ByteSource(MemoryBytes(bytes)), limits: limits)
    }

    @Test func fields() throws {
        let table = try Self.buffer(Self.file()).root()
        #expect(table.position == 16)
        #expect(try table.int32(0) == -2)
        #expect(try !table.has(1))
        #expect(try table.unsigned(1, width: 4) == nil)
        #expect(try table.string(2) == "abc")
        var numbers: [Int] = []
        try table.forEachInt64(3) { numbers.append($0) }
        #expect(numbers == [7, -1])
        #expect(try table.vector(3, elementBytes: 8).count == 2)
        // Beyond the vtable, as a later schema's field is in an older file.
        #expect(try table.string(4) == nil)
        #expect(try table.vector(5, elementBytes: 1).count == 0)
    }

    @Test func offsetsOutOfTheFileAreErrors() throws {
        #expect(throws: InspectionError.self) { try Self.buffer([]).root() }
        #expect(throws: InspectionError.self) { try Self.buffer([1, 0]).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(root: 0)).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(root: 9_999)).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(root: 0xFFFF_FFFF)).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(vtableDistance: 17)).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(vtableDistance: -0x8000_0000)).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(vtable: [3, 16, 4, 0, 8, 12])).root() }
        #expect(throws: InspectionError.self) { try Self.buffer(Self.file(vtable: [2, 16, 4, 0, 8, 12])).root() }
    }

    @Test func fieldsOutOfTheFileAreErrors() throws {
        func table(_ bytes: [UInt8]) throws -> FlatBufferTable { try Self.buffer(bytes).root() }
        #expect(throws: InspectionError.self) { try table(Self.file(vtable: [12, 16, 0xFFFF, 0, 8, 12])).int32(0) }
        #expect(throws: InspectionError.self) { try table(Self.file(text: 9_999)).string(2) }
        #expect(throws: InspectionError.self) { try table(Self.file(textOffset: 0)).string(2) }
        #expect(throws: InspectionError.self) { try table(Self.file(textOffset: -4)).string(2) }
        #expect(throws: InspectionError.self) { try table(Self.file(count: 0x7FFF_FFFF)).vector(3, elementBytes: 8) }
        #expect(throws: InspectionError.self) { try table(Self.file(count: 3)).vector(3, elementBytes: 8) }
        #expect(throws: InspectionError.self) { try table(Self.file()).table(3)?.string(0) }
    }

    @Test func textHasALimit() throws {
        let table = try Self.buffer(Self.file()) { $0.protobufTextBytes.value = 2 }.root()
        #expect(try table.string(2) == nil)
    }

    /// Many offsets may lead to one table, so that a small file could be walked for ever.
    @Test func tablesHaveALimit() throws {
        let count = 1_000
        var bytes = Self.u32(12) + [6, 8, 4].flatMap(Self.u16) + Self.u16(0)
        bytes += Self.u32(8) + Self.u32(4) + Self.u32(count)
        let child = bytes.count + 4 * count + 4
        for index in 0..<count { bytes += Self.u32(child - (bytes.count)) + (index < 0 ? [0] : []) }
        bytes += Self.u16(4) + Self.u16(4) + Self.u32(4)
        var seen = 0
        try Self.buffer(bytes).root().forEachTable(0) { _ in seen += 1 }
        #expect(seen == count)
        #expect {
            try Self.buffer(bytes) { $0.flatbufferTables.value = 100 }.root().forEachTable(0) { _ in }
        } throws: { ($0 as? InspectionError)?.message == "limit: flatbuffer tables 101 > 100" }
    }

    /// A long text is fetched whole, everything else in windows; nothing is fetched twice.
    @Test func readsAreSmall() throws {
        var bytes = Self.file()
        bytes += [UInt8](repeating: 0, count: 1 << 20)
        let recorder = RecordingBytes(bytes)
        let buffer = FlatBuffer(ByteSource(recorder), limits: Limits())
        for _ in 0..<10 { _ = try buffer.root().string(2) }
        #expect(recorder.bytesRead <= 512)
    }
}
