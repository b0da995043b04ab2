import ModelBytes
import ModelContainers
import TestSupport
import Testing

@Suite struct ZipHostileTests {
    private func open(_ bytes: [UInt8], limits: Limits = Limits()) throws(InspectionError) -> ZipArchive {
        try ZipArchive(ByteSource(MemoryBytes(bytes), entry: nil), limits: limits)
    }

    private func refusal(_ bytes: [UInt8], limits: Limits = Limits()) -> InspectionError? {
        #expect(throws: InspectionError.self) { try open(bytes, limits: limits) }
    }

    private var small: ZipBuilder {
        var builder = ZipBuilder()
        builder.add("data.pkl", Array("0123456789".utf8))
        builder.add("code.py", deflated: Array("abcdefghij".utf8))
        return builder
    }

    /// Opens everything there is; what cannot be opened must throw.
    private func readAll(_ bytes: [UInt8]) throws(InspectionError) -> Int {
        var limits = Limits()
        limits.inflatedBytes.value = 1 << 20
        let archive = try open(bytes, limits: limits)
        var total = 0
        for entry in archive.entries {
            do throws(InspectionError) {
                let source = try archive.open(entry)
                total += try source.bytes(at: 0, count: source.count).count
            } catch {
                total += 0
            }
        }
        return total
    }

    // MARK: Limits

    @Test(arguments: [false, true]) func tooManyEntriesAreRefusedBeforeTheyAreRead(isZip64: Bool) {
        var builder = ZipBuilder()
        builder.isZip64 = isZip64
        for index in 0..<100_000 { builder.add("\(index)", []) { $0.isOnlyInDirectory = true } }
        let bytes = RecordingBytes(builder.build().bytes)
        let error = #expect(throws: InspectionError.self) { try ZipArchive(ByteSource(bytes), limits: Limits()) }
        // Without zip64 the promise is 100,000 modulo 65,536; more are found.
        #expect(error?.message == "limit: zip entries \(isZip64 ? 100_000 : 65_537) > 65536")
        #expect(error?.reason == .limit)
        if isZip64 { #expect(bytes.bytesRead < 1_000) }
    }

    @Test func aPromiseOfTooManyEntriesIsEnough() {
        var builder = small
        builder.isZip64 = true
        builder.entries = 1 << 62
        #expect(refusal(builder.build().bytes)?.message == "limit: zip entries \(1 << 62) > 65536")
    }

    @Test func aDirectoryThatIsTooLargeIsRefused() {
        var limits = Limits()
        limits.zipDirectoryBytes.value = 100
        #expect(refusal(small.build().bytes, limits: limits)?.message == "limit: zip directory bytes 107 > 100")
        limits.zipDirectoryBytes.value = 107
        #expect((try? open(small.build().bytes, limits: limits))?.entries.count == 2)
    }

    @Test func aDeclaredSizeOverTheLimitIsRefusedBeforeInflating() throws {
        var builder = ZipBuilder()
        builder.add("bomb", deflated: [1, 2, 3]) { $0.size = 200 << 20 }
        let archive = try open(builder.build().bytes)
        let error = #expect(throws: InspectionError.self) { try archive.open(archive.entries[0]) }
        #expect(error == InspectionError(.limit, "limit: inflated bytes 209715200 > 134217728", entry: "bomb"))
    }

    @Test func withoutALimitADeclaredSizeIsStillOnlyAClaim() throws {
        var limits = Limits()
        limits.inflatedBytes.value = .max
        var builder = ZipBuilder()
        builder.add("bomb", deflated: [1, 2, 3]) {
            $0.isZip64 = true
            $0.size = .max
        }
        let archive = try open(builder.build().bytes, limits: limits)
        let error = #expect(throws: InspectionError.self) { try archive.open(archive.entries[0]) }
        #expect(error?.reason == .truncated)
    }

    @Test(arguments: [0, 1, 100, 258_000]) func aBombThatDeclaresLessStopsThere(declared: Int) throws {
        var builder = ZipBuilder()
        builder.add("bomb", deflated: [], as: Deflate.zeros(runs: 1_000)) { $0.size = declared }
        let archive = try open(builder.build().bytes)
        let error = #expect(throws: InspectionError.self) { try archive.open(archive.entries[0]) }
        #expect(error?.message == "inflates to more than the \(declared) bytes it declares")
        #expect(error?.reason == .malformed)
    }

    @Test func aMemberThatInflatesToLessIsTruncated() throws {
        var builder = ZipBuilder()
        builder.add("short", deflated: [1, 2, 3]) { $0.size = 1_000_000 }
        builder.add("cut", deflated: [1, 2, 3], as: Array(Deflate.stored([1, 2, 3])[..<6]))
        builder.add("none", deflated: [1, 2, 3], as: [])
        builder.add("broken", deflated: [1, 2, 3], as: [0xFF, 0xFF, 0xFF, 0xFF])
        let archive = try open(builder.build().bytes)
        let reasons = archive.entries.map { entry in
            #expect(throws: InspectionError.self) { try archive.open(entry) }?.reason
        }
        #expect(reasons == [.truncated, .truncated, .malformed, .malformed])
    }

    // MARK: End records

    @Test func anEndRecordThatPointsOutsideIsMalformed() {
        let places: [(size: Int?, offset: Int?)] = [
            (nil, 1_000_000), (1_000_000, nil), (0xFFFF_FFFF, 0xFFFF_FFFF), (nil, 400),
        ]
        for (size, offset) in places {
            var builder = small
            builder.directorySize = size
            builder.directoryOffset = offset
            #expect(refusal(builder.build().bytes)?.reason == .malformed)
            builder.isZip64 = true
            #expect(refusal(builder.build().bytes)?.reason == .malformed)
        }
        var builder = small
        builder.isZip64 = true
        builder.directoryOffset = -1
        #expect(refusal(builder.build().bytes)?.reason == .malformed)
        builder.directoryOffset = nil
        builder.directorySize = -1
        #expect(refusal(builder.build().bytes)?.reason == .malformed)
    }

    @Test(arguments: [0, 1, 3, 200]) func aWrongCountIsMalformed(entries: Int) {
        var builder = small
        builder.entries = entries
        #expect(refusal(builder.build().bytes)?.reason == .malformed)
    }

    @Test(arguments: [false, true]) func severalDisksAreUnsupported(isZip64: Bool) {
        var builder = small
        builder.disk = 1
        builder.isZip64 = isZip64
        #expect(refusal(builder.build().bytes)?.reason == .unsupported)
    }

    @Test(arguments: [0, 1, 20, 65_535]) func commentsOfAnyLengthAreSkipped(length: Int) throws {
        var builder = small
        builder.comment = [UInt8](repeating: 0x41, count: length)
        #expect(try open(builder.build().bytes).entries.count == 2)
        builder.isZip64 = true
        #expect(try open(builder.build().bytes).entries.count == 2)
    }

    @Test func aCommentMayHoldASignature() throws {
        var builder = small
        builder.comment = Array("say PK\u{5}\u{6} and more than twenty-two bytes after it".utf8)
        #expect(try open(builder.build().bytes).entries.count == 2)
        builder.comment = Array("PK\u{5}\u{6}".utf8)
        #expect(try open(builder.build().bytes).entries.count == 2)
        // A whole end record that says there are no members, but claims a comment it has not.
        builder.comment = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 16) + [9, 0]
        #expect(try open(builder.build().bytes).entries.count == 2)
    }

    @Test func theLastOfSeveralArchivesIsRead() throws {
        var second = ZipBuilder()
        second.add("other", [1])
        second.prefix = small.build().bytes
        let archive = try open(second.build().bytes)
        #expect(archive.entries.map(\.name) == ["other"])
        #expect(archive.prefixBytes == second.prefix.count)
    }

    @Test func bytesAfterTheEndAreAllowed() throws {
        var builder = small
        builder.suffix = [UInt8](repeating: 0, count: 4_096)
        #expect(try open(builder.build().bytes).entries.count == 2)
    }

    @Test func anOuterArchiveCutShortIsNotItsInnerOne() throws {
        var outer = ZipBuilder()
        outer.add("data/weights/model.pt", small.build().bytes)
        outer.add("version", [1])
        let built = outer.build()
        for cut in built.contents[0].upperBound + 1..<built.bytes.count {
            #expect(refusal(Array(built.bytes[..<cut]))?.reason == .truncated)
        }
    }

    @Test func contradictingZip64RecordsAreMalformed() {
        var builder = small
        builder.isZip64 = true
        let built = builder.build()
        var bytes = built.bytes
        bytes[bytes.count - 12] = 1  // the short record's count, all ones before
        bytes[bytes.count - 11] = 0
        bytes[bytes.count - 14] = 1
        bytes[bytes.count - 13] = 0
        #expect(refusal(bytes)?.message == "the end record and its zip64 record disagree")
        builder.zip64Offset = 3
        #expect((try? open(builder.build().bytes))?.entries.count == 2)
        bytes = built.bytes
        bytes[bytes.count - 22 - 20 - 56] = 0
        #expect(refusal(bytes)?.reason == .malformed)
    }

    @Test func manyFalseEndRecordsCostLittle() throws {
        var builder = small
        builder.isZip64 = true
        let record = Array(builder.build().bytes.suffix(42))
        builder.comment = Array([[UInt8]](repeating: record, count: 1_500).joined())
        let bytes = RecordingBytes(builder.build().bytes)
        _ = try? ZipArchive(ByteSource(bytes), limits: Limits())
        #expect(bytes.bytesRead < 1 << 20)
    }

    // MARK: Members

    @Test func aMemberOutsideIsRefused() throws {
        var builder = small
        builder.members[0].offset = 5
        builder.members[1].offset = 1 << 30
        builder.add("into the directory", [1, 2, 3]) {
            $0.size = 100
            $0.compressedSize = 100
        }
        builder.add("huge", [1]) {
            $0.size = .max
            $0.compressedSize = .max
            $0.isZip64 = true
        }
        builder.add("unequal", [1, 2, 3]) { $0.size = 2 }
        let built = builder.build()
        let archive = try open(built.bytes)
        let reasons = archive.entries.map { entry in
            #expect(throws: InspectionError.self) { try archive.open(entry) }?.reason
        }
        #expect(reasons == [.malformed, .malformed, .truncated, .truncated, .malformed])
    }

    @Test func overlappingMembersAreRead() throws {
        var builder = ZipBuilder()
        builder.add("a", [1, 2, 3])
        builder.add("b", [1, 2, 3]) {
            $0.isOnlyInDirectory = true
            $0.offset = 0
        }
        let archive = try open(builder.build().bytes)
        #expect(try archive.open(archive.entries[1]).bytes(at: 0, count: 3) == [1, 2, 3])
        #expect(archive.contradictions.map(\.kind) == [.localName("a")])
    }

    @Test(arguments: [false, true]) func aDifferentLocalNameIsNoted(isDeflated: Bool) throws {
        let long = [UInt8](repeating: 0x78, count: 1_000)
        for local in [Array("harmless.txt".utf8), long] {
            var builder = ZipBuilder()
            if isDeflated {
                builder.add("data.pkl", deflated: [1, 2, 3]) { $0.localName = local }
            } else {
                builder.add("data.pkl", [1, 2, 3]) { $0.localName = local }
            }
            let archive = try open(builder.build().bytes)
            for _ in 0..<2 {
                #expect(try archive.open(archive.entries[0]).bytes(at: 0, count: 3) == [1, 2, 3])
            }
            let kinds = archive.contradictions.map(\.kind)
            #expect(kinds == [.localName(String(decoding: local, as: UTF8.self))])
        }
    }

    @Test func aWrongChecksumHidesNothing() throws {
        var builder = ZipBuilder()
        builder.add("stored", [1, 2, 3]) { $0.crc32 = 0 }
        builder.add("deflated", deflated: [4, 5, 6]) { $0.crc32 = 0 }
        let archive = try open(builder.build().bytes)
        #expect(try archive.open(archive.entries[0]).bytes(at: 0, count: 3) == [1, 2, 3])
        #expect(try archive.open(archive.entries[1]).bytes(at: 0, count: 3) == [4, 5, 6])
        #expect(archive.contradictions.map(\.kind) == [.checksum])
        #expect(archive.contradictions.map(\.entry.name) == ["deflated"])
    }

    @Test func aUnicodePathFieldRenamesNothing() throws {
        var builder = ZipBuilder()
        let checksum = ZipBuilder.crc32(Array("data.pkl".utf8))
        let other = Array("readme.md".utf8)
        builder.add("data.pkl", [1]) {
            $0.directoryExtra = [0x75, 0x70, UInt8(5 + other.count), 0, 1]
            $0.directoryExtra += (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) } + other
        }
        #expect(try open(builder.build().bytes).entries.map(\.name) == ["data.pkl"])
    }

    @Test func brokenExtraFieldsAndCommentsDoNotMatter() throws {
        var builder = ZipBuilder()
        builder.add("a", [1]) {
            $0.directoryExtra = [1, 2, 3]
            $0.localExtra = [0xFF, 0xFF, 0xFF, 0xFF, 0]
        }
        builder.add("b", [2]) {
            $0.directoryExtra = [1, 0, 0xFF, 0xFF]
            $0.comment = [0xC3, 0x28]
            $0.flags = 0x800
        }
        let archive = try open(builder.build().bytes)
        #expect(try archive.open(archive.entries[0]).bytes(at: 0, count: 1) == [1])
        #expect(try archive.open(archive.entries[1]).bytes(at: 0, count: 1) == [2])
    }

    @Test func aReadErrorIsPassedOn() throws {
        let built = small.build()
        for position in built.bytes.indices {
            let bytes = RecordingBytes(built.bytes)
            bytes.badPosition = position
            do throws(InspectionError) {
                let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
                for entry in archive.entries {
                    let source = try archive.open(entry)
                    _ = try source.bytes(at: 0, count: source.count)
                }
            } catch {
                #expect(error.reason == .unreadable, "at \(position)")
            }
        }
    }

    @Test func afterAFailureTheNextMemberOpens() throws {
        let built = small.build()
        let bytes = RecordingBytes(built.bytes)
        let archive = try ZipArchive(ByteSource(bytes), limits: Limits())
        bytes.badPosition = built.contents[1].lowerBound
        #expect(throws: InspectionError.self) { try archive.open(archive.entries[1]) }
        bytes.badPosition = nil
        #expect(try archive.open(archive.entries[1]).bytes(at: 0, count: 10) == Array("abcdefghij".utf8))
        #expect(try archive.open(archive.entries[0]).count == 10)
    }

    // MARK: Any bytes

    @Test func everyPrefixThrows() throws {
        var zip64 = small
        zip64.isZip64 = true
        for builder in [small, zip64] {
            let bytes = builder.build().bytes
            for count in 0..<bytes.count {
                #expect(refusal(Array(bytes[..<count])) != nil)
            }
            #expect(try readAll(bytes) == 20)
        }
    }

    @Test(arguments: [false, true]) func flippedBytesNeverCrash(isZip64: Bool) {
        var builder = small
        builder.isZip64 = isZip64
        builder.add("zip64", deflated: Array("0123456789".utf8)) {
            $0.isZip64 = isZip64
            $0.hasDataDescriptor = true
        }
        builder.add("bzip2", [0x42, 0x5A, 0x68, 0x39]) { $0.method = 12 }
        builder.comment = Array("comment".utf8)
        let bytes = builder.build().bytes
        var generator = SeededGenerator(seed: 20_251_125)
        var opened = 0
        for _ in 0..<4_000 {
            var flipped = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                flipped[Int.random(in: flipped.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            if let total = try? readAll(flipped), total > 0 { opened += 1 }
        }
        // Both outcomes have to be common for this to test anything.
        #expect((1_000...3_500).contains(opened))
    }
}
