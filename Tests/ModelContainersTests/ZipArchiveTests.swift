import ModelBytes
import ModelContainers
import TestSupport
import Testing

@Suite struct ZipArchiveTests {
    private func open(_ builder: ZipBuilder, limits: Limits = Limits()) throws -> ZipArchive {
        try ZipArchive(ByteSource(MemoryBytes(builder.build().bytes)), limits: limits)
    }

    private func content(_ name: String, of archive: ZipArchive) throws -> [UInt8] {
        let source = try archive.open(#require(archive.entry(name)))
        return try source.bytes(at: 0, count: source.count)
    }

    @Test func readsStoredAndDeflatedMembers() throws {
        var builder = ZipBuilder()
        builder.add("folder/", [])
        builder.add("folder/a.txt", Array("stored".utf8))
        builder.add("b.json", deflated: Array("deflated".utf8))
        let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        builder.add("large", deflated: large)
        builder.add("zeros", deflated: [UInt8](repeating: 0, count: 258_001), as: Deflate.zeros(runs: 1_000))
        builder.add("nothing", deflated: [])
        let archive = try open(builder)
        #expect(archive.entries.map(\.name) == ["folder/", "folder/a.txt", "b.json", "large", "zeros", "nothing"])
        #expect(archive.entries.map(\.index) == [0, 1, 2, 3, 4, 5])
        #expect(archive.entries.map(\.isStored) == [true, true, false, false, false, false])
        #expect(archive.entries.map(\.isDirectory) == [true, false, false, false, false, false])
        #expect(archive.entries[1].size == 6)
        #expect(archive.entries[3].compressedSize == large.count + 4 * 5)
        #expect(try content("folder/", of: archive) == [])
        #expect(try content("folder/a.txt", of: archive) == Array("stored".utf8))
        #expect(try content("b.json", of: archive) == Array("deflated".utf8))
        #expect(try content("large", of: archive) == large)
        #expect(try content("zeros", of: archive) == [UInt8](repeating: 0, count: 258_001))
        #expect(try content("nothing", of: archive) == [])
        #expect(archive.entry("c") == nil)
        #expect(archive.prefixBytes == 0)
        #expect(archive.contradictions == [])
        #expect(archive.duplicates == [])
    }

    @Test func bzip2IsInflated() throws {
        let compressed: [UInt8] = [
            66, 90, 104, 57, 49, 65, 89, 38, 83, 89, 92, 183, 50, 211, 0, 0, 1, 25, 128, 32, 0, 16, 0, 16, 32, 64, 16,
            32, 0, 34,
            24, 104, 48, 5, 88, 24, 93, 201, 20, 225, 66, 65, 114, 220, 203, 76,
        ]
        var builder = ZipBuilder()
        builder.add("a", deflated: Array("bzip2!".utf8), as: compressed) { $0.method = 12 }
        let archive = try open(builder)
        #expect(try content("a", of: archive) == Array("bzip2!".utf8))
        #expect(archive.contradictions == [])
    }

    @Test func readsWhatTorchWrites() throws {
        let weights = [UInt8](repeating: 7, count: 5_000)
        let builder = ZipBuilder.torch([("data.pkl", Array("pickle".utf8)), ("data/0", weights), ("version", [0x33])])
        let built = builder.build()
        let archive = try ZipArchive(ByteSource(MemoryBytes(built.bytes)), limits: Limits())
        #expect(archive.entries.map(\.name) == ["archive/data.pkl", "archive/data/0", "archive/version"])
        #expect(try content("archive/data/0", of: archive) == weights)
        for (entry, range) in zip(archive.entries, built.contents) {
            #expect(try archive.open(entry).range == range)
            #expect(range.lowerBound % 64 == 0)
        }
    }

    @Test func storedMembersAreSlicesOfTheSameStorage() throws {
        var inner = ZipBuilder()
        inner.add("inner.txt", Array("deep".utf8))
        var outer = ZipBuilder()
        outer.add("model.pt", inner.build().bytes)
        let bytes = MemoryBytes(outer.build().bytes)
        let member = try ZipArchive(ByteSource(bytes), limits: Limits())
        let nested = try member.open(#require(member.entry("model.pt")))
        #expect(nested.storage === bytes)
        #expect(nested.entry == "model.pt")
        let archive = try ZipArchive(nested, limits: Limits())
        let deepest = try archive.open(#require(archive.entry("inner.txt")))
        #expect(deepest.storage === bytes)
        #expect(deepest.entry == "inner.txt")
        #expect(try deepest.bytes(at: 0, count: 4) == Array("deep".utf8))
    }

    @Test func zip64SizesAndOffsetsAreRead() throws {
        var builder = ZipBuilder()
        builder.isZip64 = true
        builder.add("first", [1, 2, 3]) { $0.isZip64 = true }
        builder.add("second", deflated: [4, 5, 6, 7]) { $0.isZip64 = true }
        let archive = try open(builder)
        #expect(archive.entries.map(\.size) == [3, 4])
        #expect(try content("first", of: archive) == [1, 2, 3])
        #expect(try content("second", of: archive) == [4, 5, 6, 7])
    }

    @Test func anArchiveWithoutMembersIsOne() throws {
        #expect(try open(ZipBuilder()).entries.isEmpty)
        var builder = ZipBuilder()
        builder.isZip64 = true
        builder.prefix = [9, 9, 9]
        builder.comment = Array("empty".utf8)
        let archive = try open(builder)
        #expect(archive.entries.isEmpty)
        #expect(archive.prefixBytes == 3)
    }

    @Test(arguments: [false, true], [false, true])
    func aPrefixIsNoticed(isZip64: Bool, countsPrefix: Bool) throws {
        var builder = ZipBuilder()
        builder.prefix = Array("#!/bin/sh\n".utf8)
        builder.countsPrefix = countsPrefix
        builder.isZip64 = isZip64
        builder.add("a", [1, 2, 3])
        builder.add("b", deflated: [4, 5])
        let archive = try open(builder)
        #expect(archive.prefixBytes == 10)
        #expect(try content("a", of: archive) == [1, 2, 3])
        #expect(try content("b", of: archive) == [4, 5])
    }

    @Test func theLastOfDuplicatesIsTaken() throws {
        var builder = ZipBuilder()
        builder.add("data.pkl", [1])
        builder.add("version", [9])
        builder.add("data.pkl", [2])
        builder.add("DATA.pkl", [3])
        let archive = try open(builder)
        #expect(try content("data.pkl", of: archive) == [2])
        #expect(archive.duplicates == ["data.pkl"])
        #expect(archive.candidates(for: "data.pkl").map(\.index) == [0, 2, 3])
        #expect(archive.candidates(for: "data.pk").isEmpty)
    }

    @Test func namesAreOnlyNames() throws {
        let names = [
            "../../etc/passwd", "/etc/passwd", "C:\\windows", "a\\b", "nul\0.txt", "\u{1B}[31mred", "\u{202E}txt.pkl",
            "", "é",
        ]
        var builder = ZipBuilder()
        for name in names { builder.add(name, Array(name.utf8)) }
        builder.add("", [1]) { $0.name = [0x81, 0x82, 0xFF, 0x2E] }
        builder.add("", [1]) {
            $0.name = [0xC3, 0x28]
            $0.flags = 0x800
        }
        let archive = try open(builder)
        #expect(archive.entries.map(\.name) == names + ["üé\u{A0}.", "├("])
        for name in names { #expect(try content(name, of: archive) == Array(name.utf8)) }
        #expect(archive.contradictions == [])
    }

    @Test func everyUpperCodePage437CharacterIsDecoded() throws {
        var builder = ZipBuilder()
        builder.add("", []) { $0.name = Array(0x80...0xFF) }
        let name = try open(builder).entries[0].name
        #expect(name.unicodeScalars.count == 128)
        #expect(name.hasPrefix("ÇüéâäàåçêëèïîìÄÅ") && name.hasSuffix("≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}"))
    }

    @Test func anEncryptedMemberIsRefusedAndTheOthersAreNot() throws {
        var builder = ZipBuilder()
        builder.add("secret", [1, 2, 3]) { $0.flags = 1 }
        builder.add("strong", [1, 2, 3]) {
            $0.flags = 0x41
            $0.method = 99
        }
        builder.add("open", [4])
        let archive = try open(builder)
        #expect(archive.entries.map(\.isEncrypted) == [true, true, false])
        for entry in archive.entries[..<2] {
            let error = #expect(throws: InspectionError.self) { try archive.open(entry) }
            #expect(error?.reason == .encrypted)
            #expect(error?.entry == entry.name)
        }
        #expect(try content("open", of: archive) == [4])
    }

    @Test(arguments: [1, 9, 14, 95, 99, 0xFFFF]) func anUnknownMethodIsUnsupported(method: Int) throws {
        var builder = ZipBuilder()
        builder.add("a", [1, 2, 3]) { $0.method = method }
        let archive = try open(builder)
        let error = #expect(throws: InspectionError.self) { try archive.open(archive.entries[0]) }
        #expect(error == InspectionError(.unsupported, "compression method \(method)", entry: "a"))
    }

    @Test func anEntryOfAnotherArchiveIsRefused() throws {
        var one = ZipBuilder()
        one.add("a", [1])
        one.add("b", [1])
        var other = ZipBuilder()
        other.add("c", [1])
        let error = #expect(throws: InspectionError.self) { try open(other).open(open(one).entries[1]) }
        #expect(error?.reason == .notFound)
    }

    @Test func theHeadTellsAZip() {
        #expect(ZipArchive.mayBeZip(head: [0x50, 0x4B, 3, 4, 20]))
        #expect(ZipArchive.mayBeZip(head: ZipBuilder().build().bytes))
        #expect(!ZipArchive.mayBeZip(head: [0x50, 0x4B, 1, 2]))
        #expect(!ZipArchive.mayBeZip(head: [0x50, 0x4B]))
    }
}
