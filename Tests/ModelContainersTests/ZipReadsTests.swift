import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// What of an archive is fetched: its directory and headers, and no tensor payload.
@Suite struct ZipReadsTests {
    /// Payloads of all sizes around the promise's bounds, before and after compressed members.
    private var model: ZipBuilder {
        var generator = SeededGenerator(seed: 7)
        let pickle = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        var builder = ZipBuilder.torch([("data.pkl", pickle)])
        for (index, size) in [1_024, 100_000, 4, 600, 70_000, 2_000].enumerated() {
            builder.add("archive/code/\(index).py", deflated: Array(pickle[..<(500 * index)]))
            builder.add("archive/data/\(index)", [UInt8](repeating: 1, count: size)) { $0.alignment = 64 }
        }
        return builder
    }

    private func payloads(_ archive: ZipArchive, _ built: ZipBuilder.Archive) -> [Range<Int>] {
        zip(archive.entries, built.contents).filter { $0.0.name.contains("data/") }.map(\.1)
    }

    @Test func openingReadsNoPayload() throws {
        let built = model.build()
        let bytes = RecordingBytes(built.bytes)
        let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
        #expect(bytes.bytesRead < built.directory.count + 200)
        #expect(bytes.reads.count < 10)
        let pickle = try archive.open(#require(archive.entry("archive/data.pkl")))
        _ = try pickle.bytes(at: 0, count: pickle.count)
        #expect(bytes.readsInside(payloads: payloads(archive, built)) == [])
    }

    @Test func openingEveryMemberReadsNoPayload() throws {
        let built = model.build()
        let bytes = RecordingBytes(built.bytes)
        let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
        for entry in archive.entries {
            bytes.forget()
            _ = try archive.open(entry)
            #expect(bytes.readsInside(payloads: payloads(archive, built)) == [])
            #expect(bytes.reads.count <= 2)
            #expect(bytes.bytesRead <= 256 + (entry.isStored ? 0 : entry.compressedSize))
        }
    }

    @Test func aNestedArchiveReadsNoPayloadEither() throws {
        let inner = model.build()
        var outer = ZipBuilder.torch([("data/weights/model.pt", inner.bytes), ("version", [0x31])])
        outer.add("after", [UInt8](repeating: 2, count: 80_000))
        let built = outer.build()
        let bytes = RecordingBytes(built.bytes)
        let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
        let nested = try ZipArchive(archive.open(archive.entries[0]), limits: Limits())
        for entry in nested.entries { _ = try nested.open(entry) }
        let start = built.contents[0].lowerBound
        let inside = payloads(nested, inner).map { start + $0.lowerBound..<start + $0.upperBound }
        #expect(bytes.readsInside(payloads: inside + [built.contents[2]]) == [])
    }

    @Test func manyMembersTakeFewReads() throws {
        var builder = ZipBuilder()
        for index in 0..<60_000 { builder.add("archive/data/\(index)", [1, 2, 3, 4, 5, 6, 7, 8]) }
        let built = builder.build()
        let bytes = RecordingBytes(built.bytes)
        let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
        #expect(archive.entries.count == 60_000)
        #expect(archive.entry("archive/data/59999")?.index == 59_999)
        #expect(bytes.reads.count < 200)
        #expect(bytes.bytesRead <= built.directory.count + 100)
    }
}
