import ModelBytes
import ModelContainers
import TestSupport
import Testing

@Suite struct TarArchiveTests {
    private func open(_ bytes: [UInt8], limits: Limits = Limits()) throws(InspectionError) -> TarArchive {
        try TarArchive(ByteSource(MemoryBytes(bytes)), limits: limits)
    }

    private func refusal(_ bytes: [UInt8], limits: Limits = Limits()) -> InspectionError? {
        #expect(throws: InspectionError.self) { try open(bytes, limits: limits) }
    }

    /// The members of a model that PyTorch 0.1.10 saved.
    private func torch(_ format: TarBuilder.Format = .gnu) -> TarBuilder {
        var builder = TarBuilder()
        builder.add("sys_info", Array("info".utf8), format: format)
        builder.add("pickle", [UInt8](repeating: 1, count: 512), format: format)
        builder.add("tensors", [UInt8](repeating: 2, count: 513), format: format)
        builder.add("storages", [UInt8](repeating: 3, count: 9_000), format: format)
        builder.end()
        return builder
    }

    @Test(arguments: [TarBuilder.Format.old, .posix, .gnu]) func readsMembersInPlace(format: TarBuilder.Format) throws {
        let builder = torch(format)
        let bytes = RecordingBytes(builder.bytes)
        let archive = try TarArchive(ByteSource(bytes), limits: Limits())
        #expect(archive.entries.map(\.name) == ["sys_info", "pickle", "tensors", "storages"])
        #expect(archive.entries.map { $0.offset..<$0.offset + $0.size } == builder.contents)
        #expect(bytes.readsInside(payloads: builder.contents) == [])
        #expect(bytes.bytesRead == 5 * 512)
        let tensors = try archive.open(#require(archive.entry("tensors")))
        #expect(tensors.storage === bytes)
        #expect(tensors.entry == "tensors")
        #expect(try tensors.bytes(at: 0, count: 513) == [UInt8](repeating: 2, count: 513))
        #expect(archive.entry("none") == nil)
        #expect(TarArchive.mayBeTar(head: Array(builder.bytes.prefix(4_096))))
    }

    @Test func readsEveryKindOfMember() throws {
        var builder = TarBuilder()
        builder.add("folder/", type: "5")
        builder.add("soft", type: "2") { $0[134] = 0x37 }
        builder.add("hard", type: "1") { $0[134] = 0x37 }
        builder.add("fifo", type: "6")
        builder.add("contiguous", [1], type: "7")
        builder.add("unknown", [2], type: "Z")
        let archive = try open(builder.bytes)
        #expect(archive.entries.map(\.kind) == [.directory, .link, .link, .device, .file, .file])
        #expect(archive.entries.map(\.size) == [0, 0, 0, 0, 1, 1])
    }

    @Test func readsLongNames() throws {
        let long = String(repeating: "folder/", count: 30) + "name"
        var builder = TarBuilder()
        builder.add("@LongLink", Array(long.utf8) + [0], type: "L", format: .gnu)
        builder.add("@LongLink", Array(long.utf8) + [0], type: "K", format: .gnu)
        builder.add(long, [1], format: .gnu)
        builder.addExtended([("mtime", "1.5"), ("path", long + "é"), ("comment", "a=b\nc")])
        builder.add("short", [2])
        builder.add("GlobalHeader", Array("13 path=name\n".utf8), type: "g")
        builder.add("name", [3], prefix: "prefix/of")
        builder.add("name", [4], format: .gnu, prefix: "times")
        let archive = try open(builder.bytes)
        #expect(archive.entries.map(\.name) == [long, long + "é", "prefix/of/name", "name"])
        #expect(archive.entries.map(\.size) == [1, 1, 1, 1])
    }

    @Test func readsLargeSizes() throws {
        var builder = TarBuilder()
        builder.add("base 256", [1, 2, 3]) {
            $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0, count: 10) + [3])
        }
        builder.addExtended([("size", "3")])
        builder.add("pax", [4, 5, 6]) { $0.replaceSubrange(124..<135, with: [UInt8](repeating: 0x30, count: 11)) }
        builder.add("after", [7])
        let archive = try open(builder.bytes)
        #expect(archive.entries.map(\.size) == [3, 3, 1])
        var huge = TarBuilder()
        huge.add("huge", [1]) { $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0xFF, count: 11)) }
        #expect(refusal(huge.bytes)?.reason == .malformed)
        huge = TarBuilder()
        huge.add("huge", [1]) {
            $0.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0x7F] + [UInt8](repeating: 0xFF, count: 7))
        }
        #expect(refusal(huge.bytes)?.reason == .truncated)
        huge = TarBuilder()
        huge.addExtended([("size", "999999999999999999")])
        huge.add("huge", [1])
        #expect(refusal(huge.bytes)?.reason == .truncated)
    }

    @Test func acceptsSignedChecksums() throws {
        var builder = TarBuilder()
        builder.add("é", [1])
        var bytes = builder.bytes
        // Two bytes of the name are beyond 127: a signed sum is 512 less.
        let sum = bytes[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.0) ? 0x20 : Int($1.1)) } - 512
        let digits = Array(String(sum, radix: 8).utf8)
        bytes.replaceSubrange(148..<154, with: [UInt8](repeating: 0x30, count: 6 - digits.count) + digits)
        #expect(try open(bytes).entries.map(\.name) == ["é"])
    }

    @Test func refusesWhatItCannotRead() {
        var builder = TarBuilder()
        builder.add("sparse", [1], type: "S", format: .gnu)
        #expect(refusal(builder.bytes)?.reason == .unsupported)
        builder = TarBuilder()
        builder.addExtended([("GNU.sparse.major", "1")])
        builder.add("sparse", [1])
        #expect(refusal(builder.bytes)?.reason == .unsupported)
        for records in [
            "", "5 a=b\n", "7 a=b\n", "6 a=bc", "x a=b\n", "6 a:b\n", "99999999999999999999 a=b\n", "2 a=b\n",
            "12 size=1x2\n",
        ] {
            builder = TarBuilder()
            builder.add("pax", Array(records.utf8), type: "x")
            builder.add("a", [1])
            if records.isEmpty {
                #expect((try? open(builder.bytes))?.entries.count == 1)
            } else {
                #expect(refusal(builder.bytes)?.reason == .malformed, "\(records)")
            }
        }
        #expect(refusal([UInt8](repeating: 0x41, count: 2_048))?.reason == .malformed)
    }

    @Test func limitsAreNamed() {
        var limits = Limits()
        limits.tarEntries.value = 3
        #expect(refusal(torch().bytes, limits: limits)?.message == "limit: tar entries 4 > 3")
        limits = Limits()
        limits.tarHeaderBytes.value = 100
        var builder = TarBuilder()
        builder.add("@LongLink", [UInt8](repeating: 0x41, count: 101), type: "L", format: .gnu)
        #expect(refusal(builder.bytes, limits: limits)?.message == "limit: tar header bytes 101 > 100")
    }

    @Test func theHeadTellsATar() {
        #expect(!TarArchive.mayBeTar(head: Array(torch().bytes.prefix(511))))
        #expect(!TarArchive.mayBeTar(head: [UInt8](repeating: 0, count: 512)))
        #expect(!TarArchive.mayBeTar(head: [UInt8](repeating: 0x20, count: 512)))
    }

    @Test func everyPrefixIsAnArchiveOrTruncated() {
        let builder = torch()
        let headers = builder.contents.map { $0.lowerBound - 512 } + [builder.bytes.count - 1_024]
        for count in 0...builder.bytes.count {
            do throws(InspectionError) {
                let archive = try open(Array(builder.bytes[..<count]))
                // Without the blocks of zeros an archive ends where a header could begin, or in the last filling.
                let isWhole = builder.contents.contains {
                    $0.upperBound <= count && count <= ($0.upperBound + 511) / 512 * 512
                }
                #expect(isWhole || headers.contains(count) || count >= builder.bytes.count - 512, "at \(count)")
                #expect(archive.entries.count == builder.contents.filter { $0.upperBound <= count }.count)
            } catch {
                #expect(error.reason == .truncated, "at \(count)")
            }
        }
    }

    @Test func flippedBytesNeverCrash() {
        var builder = TarBuilder()
        builder.add("@LongLink", Array(repeating: 0x61, count: 120), type: "L", format: .gnu)
        builder.add("a", [1, 2, 3], format: .gnu)
        builder.addExtended([("path", "name"), ("size", "4")])
        builder.add("b", [1, 2, 3, 4])
        builder.end()
        var generator = SeededGenerator(seed: 3)
        var opened = 0
        for _ in 0..<4_000 {
            var flipped = builder.bytes
            // A flip in a header breaks its checksum, so that is put right in half of the cases.
            let header = [0, 1_024, 2_048, 3_072].randomElement(using: &generator) ?? 0
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position =
                    Bool.random(using: &generator)
                    ? header + Int.random(in: 100..<160, using: &generator)
                    : Int.random(in: flipped.indices, using: &generator)
                flipped[position] = .random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) { flipped = TarBuilder.withChecksum(flipped, at: header) }
            guard let archive = try? open(flipped) else { continue }
            opened += 1
            for entry in archive.entries { #expect((try? archive.open(entry))?.count == entry.size) }
        }
        #expect((500...3_500).contains(opened))
    }
}
