import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Compressed streams: what they become, read forwards and back, and where they end.
@Suite struct InflatedBytesTests {
    /// 0, 1 … 63, thirty-two times.
    private static let content = (0..<2_048).map { UInt8($0 % 64) }

    /// The same content, compressed by Python's gzip, zlib, bz2, lzma and lz4.frame, and by the program zstd.
    static let streams: [(Compression, String)] = [
        (
            .gzip,
            "1f8b08000000000002036360646266616563e7e0e4e2e6e1e5e3171014121611151397909492969195935750545256515553d7d0d4d2d6d1"
                + "d5d33730343236313533b7b0b4b2b6b1b5b36718d53faa7f54ffa8fe51fda3fa47f50f39fd00b647c07600080000"
        ),
        (
            .zlib,
            "789c6360646266616563e7e0e4e2e6e1e5e3171014121611151397909492969195935750545256515553d7d0d4d2d6d1d5d33730343236"
                + "313533b7b0b4b2b6b1b5b36718d53faa7f54ffa8fe51fda3fa47f50f39fd00167afc01"
        ),
        (
            .bzip2,
            "425a683931415926535935174b5100000ff8007fffffffffffffffb0011801cc001300013000000000e600098000980000000015550130"
                + "130000000000003e82082102182202283f811811c12012412812c1301fe09a09c09e0a00a20a40a60a80aa0ac0ae0b00b20b40b60b"
                + "80ba0bc0be0c00c20c40c60c80ca0cc0ce0d00d20d40d60d80da0dc0de0e00e20e40e60e80ea0ec0ee0f00f20f40f60f80fa0fc2ee"
                + "48a70a1206a2e96a20"
        ),
        (
            .xz,
            "fd377a585a000004e6d6b4460200210116000000742fe5a3e007ff004e5d00000052500a84f99bb28021a969d627e03e065a5f048d53d4"
                + "04ba39570509c15524de9db871593160a19ff96f4973f2c8ea8cba1a8b29692180fe33837ce2370fd1bb468a5f600ef775f43d4fc7"
                + "00000000745946d2ac27d61e00016a8010000000ec1fc58bb1c467fb020000000004595a"
        ),
        (
            .lzma,
            "5d00008000ffffffffffffffff00000052500a84f99bb28021a969d627e03e065a5f048d53d404ba39570509c15524de9db871593160a1"
                + "9ff96f4973f2c8ea8cba1a8b29692180fe33837ce2370fd1bb468a5f600ef775f44bb070fffffa070000"
        ),
        (
            .lz4,
            "04224d18684000080000000000001b52000000ff31000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021"
                + "22232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f4000ffffffffffffffaf503b3c3d3e3f00000000"
        ),
        (
            .zstd,
            "28b52ffd6400074d02000404000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a"
                + "2b2c2d2e2f303132333435363738393a3b3c3d3e3f010040efc31fa2e8fe7af4"
        ),
    ]

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private func inflated(
        _ bytes: [UInt8], _ compression: Compression, _ limits: Limits = Limits(), keeping: Int = 4 << 20
    ) throws -> ByteSource {
        ByteSource(
            try InflatedBytes(ByteSource(MemoryBytes(bytes)), compression, limits: limits, keeping: keeping))
    }

    @Test(arguments: streams) func everyCompressionIsToldAndUndone(_ stream: (kind: Compression, hex: String)) throws {
        let bytes = Self.bytes(stream.hex)
        #expect(Compression(head: Array(bytes.prefix(64))) == stream.kind)
        let source = try inflated(bytes, stream.kind)
        #expect(try source.bytes(at: 0, upTo: 4_096) == Self.content)
        #expect(try source.bytes(at: 2_000, upTo: 4_096) == Array(Self.content[2_000...]))
        #expect(try source.bytes(at: 2_048, upTo: 1).isEmpty)
        #expect(try source.bytes(at: 1 << 30, upTo: 1).isEmpty)
    }

    @Test(arguments: streams) func aStreamThatIsCutOffIsTruncated(_ stream: (kind: Compression, hex: String)) throws {
        let bytes = Self.bytes(stream.hex)
        let source = try inflated(Array(bytes.dropLast(bytes.count / 3)), stream.kind)
        var cursor = ByteCursor(source)
        let error = #expect(throws: InspectionError.self) {
            try cursor.skip(2_048)
            _ = try cursor.byte()
        }
        #expect(error?.reason == .truncated)
    }

    @Test func streamsInARowAreOne() throws {
        for (kind, hex) in Self.streams {
            let bytes = Self.bytes(hex)
            let source = try inflated(bytes + bytes, kind)
            let isOne = kind == .zlib || kind == .lzma
            #expect(try source.bytes(at: 0, upTo: 8_192).count == (isOne ? 2_048 : 4_096), "\(kind)")
        }
    }

    @Test func whatFollowsAStreamIsLeftAlone() throws {
        let source = try inflated(Self.bytes(Self.streams[0].1) + [0, 0, 0], .gzip)
        #expect(try source.bytes(at: 0, upTo: 8_192) == Self.content)
    }

    @Test func theOldFormOfJoblibHasItsLengthInFront() throws {
        let zlib = Self.bytes(Self.streams[1].1)
        let header = Array("ZF0x800".utf8) + [UInt8](repeating: 0x20, count: 14)
        for padding in [[], [0x20]] as [[UInt8]] {
            let bytes = header + padding + zlib
            #expect(Compression(head: Array(bytes.prefix(64))) == .zfile)
            #expect(try inflated(bytes, .zfile).bytes(at: 0, upTo: 4_096) == Self.content)
        }
        #expect(Compression(head: Array("ZF0xZZZ".utf8) + header) == nil)
    }

    @Test func aReadFurtherBackBeginsAgainAFewTimes() throws {
        var limits = Limits()
        limits.streamPasses.value = 2
        // 800 KiB in pieces of 2 KiB, of which the first is kept, and a few of the latest.
        let stream = Self.bytes(Self.streams[0].1)
        let bytes = [UInt8](repeatElement(stream, count: 400).joined())
        let source = try inflated(bytes, .gzip, limits, keeping: 2_048)
        #expect(try source.bytes(at: 640_000, upTo: 4) == [0, 1, 2, 3])
        #expect(try source.bytes(at: 1, upTo: 2) == [1, 2])
        // As far back as a cursor has read ahead, nothing begins again.
        #expect(try source.bytes(at: 640_000 - 128_000 + 1, upTo: 2) == [1, 2])
        #expect(try source.bytes(at: 6_401, upTo: 2) == [1, 2])
        #expect(try source.bytes(at: 640_001, upTo: 2) == [1, 2])
        let error = #expect(throws: InspectionError.self) { try source.bytes(at: 6_400, upTo: 1) }
        #expect(error?.message == "limit: stream passes 3 > 2")
    }

    @Test func theWholeOfAStreamHasALimit() throws {
        var limits = Limits()
        limits.streamBytes.value = 2_047
        let source = try inflated(Self.bytes(Self.streams[0].1), .gzip, limits)
        let error = #expect(throws: InspectionError.self) { try source.bytes(at: 0, upTo: 4_096) }
        #expect(error?.message == "limit: stream bytes 2048 > 2047")
    }

    /// 300,000 zeros by `xz -9`, whose dictionary is 64 MiB: it is not filled by so little.
    @Test func aLargeDictionaryCountsAsFarAsItIsFilled() throws {
        let stream = Self.bytes(
            "fd377a585a000004e6d6b446020021011c00000010cf58cce493df006f5d00006ffdffffa3b7ff473e481572396151b89228e6a38607f9"
                + "eee41e82d32fc53a3c014bb17ec98a8a4d2fa30dd97fa6e38c231153e05918c5758ae277f8b6947f0c6ac0de744964e2e95c53b204d8f7"
                + "440cab5f0d6d46e9e5c37688b79657acb64de1691d6ffb4b88106c358c40c10000001f9f297195ffabd000018b01e0a712007863fef8b1"
                + "c467fb020000000004595a")
        #expect(try inflated(stream, .xz).bytes(at: 299_999, upTo: 4) == [0])
        var limits = Limits()
        limits.decoderMemory.value = 200_000
        let source = try inflated(stream, .xz, limits)
        #expect(try source.bytes(at: 0, upTo: 4) == [0, 0, 0, 0])
        let error = #expect(throws: InspectionError.self) { try source.bytes(at: 299_999, upTo: 1) }
        #expect(error?.message.wholeMatch(of: /limit: decoder memory 6\d{7} > 200000/) != nil)
    }

    /// A frame with one byte, and with a window of 32 MiB (RFC 8878, 3.1.1.1.2).
    @Test func aLargeWindowOfZstd() throws {
        let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x78, 0x09, 0x00, 0x00, 0x61]
        let error = #expect(throws: InspectionError.self) { try inflated(frame, .zstd).bytes(at: 0, upTo: 1) }
        #expect(error?.message == "limit: decoder memory > \(24 << 20)")
        var limits = Limits()
        limits.decoderMemory.value = 64 << 20
        #expect(try inflated(frame, .zstd, limits).bytes(at: 0, upTo: 2) == [0x61])
    }

    @Test func textIsNoCompressedStream() {
        for text in ["x = 1", "]\0\0", "BZh is a name", "ZFoo", "(dp0\n."] {
            #expect(Compression(head: Array(text.utf8) + [UInt8](repeating: 0x41, count: 40)) == nil, "\(text)")
        }
    }

    /// What holds a byte or nothing, in each form that may stand behind itself: by Python and the programs of these names.
    static let small: [(Compression, String)] = [
        (.gzip, "1f8b080000000000020303000000000000000000"), (.gzip, "1f8b0800000000000203f303001a83664301000000"),
        (.bzip2, "425a683917724538509000000000"),
        (.xz, "fd377a585a000004e6d6b446000000001cdf44211fb6f37d010000000004595a"),
        (.lz4, "04224d1860408200000000"), (.zstd, "28b52ffd2000010000"), (.zstd, "28b52ffd2001090000" + "4e"),
    ]

    /// Setting a decoder up costs more than any bytes do, so that streams of little are counted, and over all passes.
    @Test(arguments: small) func smallStreamsAreCounted(_ stream: (kind: Compression, hex: String)) throws {
        let one = Self.bytes(stream.hex)
        var limits = Limits()
        limits.smallStreams.value = 10
        func read(_ count: Int) throws {
            var cursor = ByteCursor(
                try inflated([UInt8](repeatElement(one, count: count).joined()), stream.kind, limits))
            try cursor.skip(1_000)
            _ = try cursor.byte()
        }
        #expect { try read(12) } throws: {
            ($0 as? InspectionError)?.message == "limit: small streams 11 > 10"
        }
        #expect { try read(11) } throws: { ($0 as? InspectionError)?.reason == .truncated }
    }

    @Test func streamsOfMoreAreNotCounted() throws {
        var limits = Limits()
        limits.smallStreams.value = 0
        // 4,096 and 4,095 times the same letter, by Python's zlib.
        let large = Self.bytes("1f8b0800000000000203edc1010d000000c2a0acef5fc21e0e28000000e0dd0073dc999c00100000")
        #expect(try inflated(large + large + large, .gzip, limits).bytes(at: 0, upTo: 20_000).count == 3 * 4_096)
        let small = Self.bytes("1f8b0800000000000203edc1010d000000c2a0acef5fc21e0e28000000e0dc0083aab09fff0f0000")
        #expect(throws: InspectionError.self) {
            try inflated(small + small, .gzip, limits).bytes(at: 4_095, count: 4_095)
        }
    }
}
