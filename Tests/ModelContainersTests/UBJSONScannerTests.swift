import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@Suite struct UBJSONScannerTests {
    private static let document: JSONValue = [
        "learner": [
            "attributes": ["a": "b", "ü": "x", "empty": ""],
            "names": ["one", "two", "three"], "none": [], "nothing": [:], "flags": [true, false, nil],
            "numbers": [0, 1, -1, 127, 128, -129, 70_000, -2_147_483_648],
            "wide": [9_223_372_036_854_775_807, -9_223_372_036_854_775_807, 0.5, -1.25e300],
            "deep": [[[["x"]]], [["y": [nil]]]],
        ],
        "version": [3, 2, 0],
    ]

    /// However a value is encoded, it is read as the same value.
    @Test(arguments: 0..<64 as Range<UInt64>)
    func everyEncodingIsTheSameValue(_ seed: UInt64) throws {
        var builder = UBJSONBuilder(seed: seed)
        builder.value(Self.document)
        var scanner = UBJSONScanner(ByteSource(MemoryBytes(builder.bytes)), limits: Limits())
        let value = try Self.value(&scanner)
        #expect(value == Self.document)
        let isAtEnd = scanner.isAtEnd
        #expect(isAtEnd)
    }

    /// Skipping passes exactly what reading passes, whichever members are skipped.
    @Test(arguments: 0..<64 as Range<UInt64>)
    func skippingEndsWhereReadingEnds(_ seed: UInt64) throws {
        var builder = UBJSONBuilder(seed: seed)
        builder.value(Self.document)
        var whole = UBJSONScanner(ByteSource(MemoryBytes(builder.bytes)), limits: Limits())
        try whole.skip()
        #expect(whole.offset == builder.bytes.count)
        var scanner = UBJSONScanner(ByteSource(MemoryBytes(builder.bytes)), limits: Limits())
        var version: [Int] = []
        try scanner.object { key, scanner in
            guard key == "version" else { return }
            try scanner.array { scanner in version.append(try scanner.int()) }
        }
        #expect(version == [3, 2, 0])
    }

    @Test(arguments: 0..<16 as Range<UInt64>)
    func everyPrefixIsAnError(_ seed: UInt64) {
        var builder = UBJSONBuilder(seed: seed)
        builder.value(Self.document)
        for length in 0..<builder.bytes.count {
            let prefix = ByteSource(MemoryBytes(Array(builder.bytes[..<length])))
            #expect(Self.failure(prefix, skipping: false) != nil, "\(length) bytes read")
            #expect(Self.failure(prefix, skipping: true) != nil, "\(length) bytes skipped")
        }
    }

    /// Whatever the bytes: it ends.
    @Test func changedBytes() {
        var random = SeededGenerator(seed: 12)
        for seed in 0..<400 as Range<UInt64> {
            var builder = UBJSONBuilder(seed: seed)
            builder.value(Self.document)
            for _ in 0..<8 {
                var bytes = builder.bytes
                let position = Int.random(in: 0..<bytes.count, using: &random)
                bytes[position] = Array("{[]}$#ZNTFiUIlLdDHCS\u{0}\u{7f}".utf8).randomElement(using: &random) ?? 0
                _ = Self.failure(ByteSource(MemoryBytes(bytes)), skipping: false)
                _ = Self.failure(ByteSource(MemoryBytes(bytes)), skipping: true)
            }
        }
    }

    /// 8 MB of numbers, of which only the bytes around them are fetched.
    @Test func countedNumbersAreNotFetched() throws {
        var builder = UBJSONBuilder(seed: 1)
        builder.mark("{")
        for key in ["first", "second"] {
            builder.text(key)
            for mark in "[$d#".unicodeScalars { builder.mark(mark) }
            builder.mark("l")
            builder.bigEndian(1_000_000, "l")
            builder.bytes += [UInt8](repeating: 0xFF, count: 4_000_000)
        }
        builder.text("last")
        builder.integer(7)
        builder.mark("}")
        let recorder = RecordingBytes(builder.bytes)
        var scanner = UBJSONScanner(ByteSource(recorder), limits: Limits())
        var (last, count) = (0, 0)
        try scanner.object { key, scanner in
            if key == "second" { count = try scanner.count() }
            if key == "last" { last = try scanner.int() }
        }
        #expect(last == 7)
        #expect(count == 1_000_000)
        #expect(recorder.bytesRead <= 2_048)
    }

    @Test func limitsAreNamed() throws {
        var limits = Limits()
        limits.ubjsonDepth.value = 3
        limits.ubjsonTextBytes.value = 4
        limits.ubjsonValues.value = 3
        #expect(Self.message("[[[[", limits) == "limit: ubjson depth 4 > 3")
        #expect(Self.message("SU\u{5}abcde", limits) == "limit: ubjson text bytes 5 > 4")
        #expect(Self.message("[TTTT]", limits) == "limit: ubjson values 4 > 3")
        #expect(Self.message("[$T#U\u{4}", limits) == "limit: ubjson values 4 > 3")
    }

    @Test func oddValuesAreRefused() {
        let limits = Limits()
        #expect(Self.message("[$d]", limits) == "a container with a type has no count")
        #expect(Self.message("[#i\u{7F}T", limits) == "127 values do not fit the 1 bytes that are left")
        #expect(Self.message("[#S", limits) == "expected a length")
        #expect(Self.message("q", limits) == "a byte 113 is no marker of UBJSON")
        #expect(Self.message("HU\u{1}x", limits) == "a number is not written as one")
    }

    /// Nulls and truths take no bytes, so that their count is held against nothing: it must not be worked through.
    @Test func aCountOfNothingsIsPassedAtOnce() throws {
        var builder = UBJSONBuilder(seed: 1)
        for mark in "[$Z#L".unicodeScalars { builder.mark(mark) }
        builder.bigEndian(.max, "L")
        var scanner = UBJSONScanner(ByteSource(MemoryBytes(builder.bytes)), limits: Limits())
        let count = try scanner.count()
        #expect(count == .max)
        var other = UBJSONScanner(ByteSource(MemoryBytes(builder.bytes)), limits: Limits())
        try other.skip()
        let isAtEnd = other.isAtEnd
        #expect(isAtEnd)
    }

    private static func message(_ text: String, _ limits: Limits) -> String? {
        failure(ByteSource(MemoryBytes(Array(text.utf8))), skipping: false, limits)?.message
    }

    private static func failure(
        _ source: ByteSource, skipping: Bool, _ limits: Limits = Limits()
    ) -> InspectionError? {
        var scanner = UBJSONScanner(source, limits: limits)
        do throws(InspectionError) {
            if skipping { try scanner.skip() } else { _ = try value(&scanner) }
            return nil
        } catch {
            return error
        }
    }

    /// Builds whatever comes next.
    private static func value<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner
    ) throws(InspectionError) -> JSONValue {
        if let plain = try scanner.plainValue() { return plain }
        if try scanner.kind() == .array {
            var elements: [JSONValue] = []
            try scanner.array { scanner in elements.append(try value(&scanner)) }
            return .array(elements)
        }
        var members = JSONObject()
        try scanner.object { key, scanner in members[key.text] = try value(&scanner) }
        return .object(members)
    }
}
