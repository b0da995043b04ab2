import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@Suite struct JSONHostileTests {
    static let document = Array(
        #"{"a":[1,-2.5e+3,0,1234567890123456789012],"bé\n\u00e9\ud834\udd1e":{"c":null,"d":[true,false,[],{}]}, "long text that is no short string" : "x😀€\\" , "e":[[["deep"]]]}"#
            .utf8)

    @Test func everyPrefixIsTruncated() {
        for length in 0..<Self.document.count {
            let prefix = Array(Self.document[..<length])
            let error = failure { _ = try JSONValue.parse(prefix) }
            #expect(error == InspectionError(.truncated, "the JSON ends too early", offset: length))
            for window in [1, 4, 7] {
                var scanner = JSONScanner(prefix, window: window)
                #expect(failure { try scanner.skip() } == error)
            }
        }
    }

    /// Whatever the bytes: reading ends, reading through any window says the same, and so does skipping.
    @Test func changedBytes() {
        var random = SeededGenerator(seed: 8_259)
        let likely =
            Array(#"{}[]",:\0123456789.eE+-truefalsn u/bd8"#.utf8) + [0, 9, 0x80, 0xC3, 0xE2, 0xED, 0xF4, 0xFF]
        var read = 0
        for _ in 0..<4_000 {
            var bytes = Self.document
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(likely.randomElement(using: &random) ?? 0, at: position)
                default: bytes[position] = likely.randomElement(using: &random) ?? 0
                }
            }
            let window = Int.random(in: 1...20, using: &random)
            let whole = outcome(bytes, window: 65_536)
            #expect(outcome(bytes, window: window) == whole)
            let skipped = failure {
                var scanner = JSONScanner(bytes, window: window)
                try scanner.skip()
                try scanner.end()
            }
            switch whole {
            case .success(let value):
                read += 1
                #expect(skipped == nil)
                #expect((try? JSONValue.parse(value.bytes(pretty: true))) == value)
            case .failure(let error):
                #expect(skipped == error)
            }
        }
        #expect(read > 400)
    }

    private func outcome(_ bytes: [UInt8], window: Int) -> Result<JSONValue, InspectionError> {
        Result { () throws(InspectionError) in
            var scanner = JSONScanner(bytes, window: window, dialect: [.repeatedKeys, .loneSurrogates])
            let value = try scanner.value()
            try scanner.end()
            return value
        }
    }

    @Test(arguments: ["[", #"{"a":"#, #"[{"a":"#]) func deepNesting(_ opening: String) {
        let bytes = Array(String(repeating: opening, count: 100_000).utf8)
        let wanted = "limit: json depth 257 > 256"
        #expect(failure { _ = try JSONValue.parse(bytes) }?.message == wanted)
        var scanner = JSONScanner(bytes, window: 64)
        #expect(failure { try scanner.skip() }?.message == wanted)
        var limits = Limits()
        limits.jsonDepth.value = .max
        let capped = failure { _ = try JSONValue.parse(bytes, limits: limits) }
        #expect(capped?.message == "limit: json depth 1025 > 1024")
        #expect(capped?.reason == .limit)
    }

    @Test func depthUpToTheLimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue.parse(nested(256)).write(pretty: false) == nested(256))
        #expect(failure { _ = try JSONValue.parse(nested(257)) }?.offset == 256)
        var limits = Limits()
        limits.jsonDepth.value = JSONScanner.deepest
        let deepest = try JSONValue.parse(nested(JSONScanner.deepest), limits: limits)
        #expect(deepest.write(pretty: false) == nested(JSONScanner.deepest))
        #expect(deepest == deepest)
        #expect(try JSONValueDecoder().decode(JSONValue.self, from: JSONValueEncoder().encode(deepest)) == deepest)
        limits.jsonDepth.value = 0
        #expect(try JSONValue.parse("1", limits: limits) == 1)
        #expect(failure { _ = try JSONValue.parse("[]", limits: limits) }?.reason == .limit)
    }

    @Test func millionDigits() throws {
        let digits = String(repeating: "1234567890", count: 100_000)
        let value = try JSONValue.parse(digits)
        #expect(value.number?.text == digits)
        #expect(value.int == nil)
        #expect(value.double == nil)
        #expect(value.write(pretty: false) == digits)
        let fraction = try JSONValue.parse("0." + digits)
        #expect(fraction.int == nil)
        #expect(fraction.double == 0.12345678901234568)
        #expect(try JSONValue.parse("1" + String(repeating: "0", count: 1_000_000) + "e-1000000").int == 1)
        #expect(try JSONValue.parse("1e" + digits).int == nil)
    }

    @Test(arguments: ["\"%\"", "[%]", "{\"%\":1}"]) func longTexts(_ frame: String) {
        let digits = String(repeating: "7", count: 1_000)
        let text = frame.split(separator: "%", omittingEmptySubsequences: false).joined(separator: digits)
        var limits = Limits()
        for window in [64, 999, 65_536] {
            limits.jsonTextBytes.value = 1_000
            var fits = JSONScanner(text, window: window, limits: limits)
            #expect(failure { _ = try fits.value() } == nil)
            limits.jsonTextBytes.value = 999
            var tooLong = JSONScanner(text, window: window, limits: limits)
            let error = failure { _ = try tooLong.value() }
            #expect(error?.message == "limit: json text bytes 1000 > 999")
            // What is skipped is not kept, so it may be of any length.
            var skipped = JSONScanner(text, window: window, limits: limits)
            #expect(failure { try skipped.skip() } == nil)
        }
    }

    @Test func longTextsAreNotCollectedBeyondTheLimit() {
        var limits = Limits()
        limits.jsonTextBytes.value = 1_000
        var scanner = JSONScanner([0x22] + [UInt8](repeating: 0x61, count: 100_000), window: 64, limits: limits)
        let error = failure { _ = try scanner.string() }
        #expect(error?.reason == .limit)
        #expect(error?.offset ?? .max < 1_200)
    }

    @Test func manyValues() {
        var limits = Limits()
        limits.jsonValues.value = 5
        func parse(_ text: String) -> InspectionError? {
            failure { _ = try JSONValue.parse(text, limits: limits) }
        }
        #expect(parse("[1,2,3,4,5]") == nil)
        #expect(parse("[[1],{\"a\":2},3]") == nil)
        #expect(parse("[1,2,3,4,5,6]")?.message == "limit: json values 6 > 5")
        #expect(parse("[[1],{\"a\":2},[3]]")?.reason == .limit)
        var scanner = JSONScanner("[[1,2,3,4,5,6,7,8]]", window: 64, limits: limits)
        #expect(failure { try scanner.array { _ in } } == nil)
    }

    @Test func largeDocuments() {
        var limits = Limits()
        limits.jsonBytes.value = 10
        let text = "[1,2,3,4,5]"
        #expect(
            failure { _ = try JSONValue.parse(text, limits: limits) }?.message
                == "limit: json bytes 11 > 10")
        var scanner = JSONScanner(text, window: 4, limits: limits)
        #expect(failure { try scanner.skip() } == nil, "what is only passed may be of any length")
    }

    /// A source that answers fewer bytes than it promised: a file that shrank.
    @Test func shrunkenSource() {
        final class Shrunken: ByteStorage {
            let count = 100
            func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
                guard offset == 0 else { return 0 }
                unsafe buffer.copyBytes(from: Array("[1,2".utf8))
                return 4
            }
        }
        var scanner = JSONScanner(ByteSource(Shrunken()), limits: Limits())
        #expect(
            failure { try scanner.skip() }
                == InspectionError(.truncated, "the JSON ends too early", offset: 4))
    }
}
