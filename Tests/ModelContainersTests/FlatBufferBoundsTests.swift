import ModelBytes
import TestSupport
import Testing

@testable import ModelContainers

/// Vectors, texts and tables of a FlatBuffer are bounded, since many offsets may lead to one.
@Suite struct FlatBufferBoundsTests {
    /// A root with a vector of two numbers in slot 0, and one of two offsets to the same text in slot 1.
    private static let bytes: [UInt8] = [
        16, 0, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 4, 0, 8, 0,
        8, 0, 0, 0, 8, 0, 0, 0, 16, 0, 0, 0,
        2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0,
        2, 0, 0, 0, 8, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0x61, 0x62, 0x63, 0,
    ]

    private static func root(_ limits: Limits = Limits()) throws -> FlatBufferTable {
        try FlatBuffer(ByteSource(MemoryBytes(bytes)), limits: limits).root()
    }

    @Test func vectors() throws {
        var numbers: [Int] = []
        try Self.root().forEachInt32(0) { number in numbers.append(number) }
        #expect(numbers == [-1, 7])
        var words: [UInt64] = []
        try Self.root().forEachUnsigned(0, width: 2) { number in words.append(number) }
        #expect(words == [0xFFFF, 0xFFFF])
        #expect(try Self.root().bytes(0)?.count == 2)
        #expect(try Self.root().bytes(5) == nil)
        var texts: [String] = []
        try Self.root().forEachString(1) { text in texts.append(text) }
        #expect(texts == ["abc", "abc"])
    }

    @Test func limits() throws {
        var limits = Limits()
        limits.flatbufferElements.value = 1
        #expect(throws: InspectionError.self) { try Self.root(limits).forEachInt32(0) { _ in } }
        limits = Limits()
        limits.flatbufferTextBytes.value = 5
        #expect(throws: InspectionError.self) { try Self.root(limits).forEachString(1) { _ in } }
    }

    @Test func noMoreTablesThanBytes() throws {
        let buffer = FlatBuffer(ByteSource(MemoryBytes(Self.bytes)), limits: Limits())
        #expect(throws: InspectionError.self) {
            for _ in 0...Self.bytes.count { _ = try buffer.root() }
        }
    }
}
