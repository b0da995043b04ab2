import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@Suite struct JSONScannerTests {
    static let header = Array(
        #"{"__metadata__":{"format":"pt"}, "a.weight":{"dtype":"F32","shape":[64, 3],"data_offsets":[0,768]},"b":{"dtype":"I64","shape":[],"data_offsets":[768,776]}}"#
            .utf8)

    struct Tensor: Equatable {
        var name: String
        var dtype = ""
        var shape: [Int] = []
        var offsets: [Int] = []
    }

    /// As a reader of safetensors does it; `window` bytes at a time.
    func tensors(window: Int) throws -> [Tensor] {
        var tensors: [Tensor] = []
        var scanner = JSONScanner(Self.header, window: window)
        try scanner.object { key, scanner in
            if key == "__metadata__" { return }
            var tensor = Tensor(name: key.text)
            try scanner.object { key, scanner in
                switch key {
                case "dtype": tensor.dtype = try scanner.string()
                case "shape": try scanner.array { scanner in tensor.shape.append(try scanner.int()) }
                case "data_offsets": try scanner.array { scanner in tensor.offsets.append(try scanner.int()) }
                default: Issue.record("unexpected key \(key.text)")
                }
            }
            tensors.append(tensor)
        }
        try scanner.end()
        return tensors
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 65_536]) func readsAHeader(window: Int) throws {
        #expect(
            try tensors(window: window) == [
                Tensor(name: "a.weight", dtype: "F32", shape: [64, 3], offsets: [0, 768]),
                Tensor(name: "b", dtype: "I64", shape: [], offsets: [768, 776]),
            ])
    }

    @Test func skipsWhatIsNotRead() throws {
        let text = #"[1, "x", [1,[2]], {"a":{"b":[]}}, null, 7 ]"#
        var seen: [JSONScanner.Kind] = []
        var last: Int?
        var scanner = JSONScanner(text, window: 4)
        try scanner.array { scanner in
            let kind = try scanner.kind()
            seen.append(kind)
            if seen.count == 6 { last = try scanner.int() }
        }
        try scanner.end()
        #expect(seen == [.number, .string, .array, .object, .null, .number])
        #expect(last == 7)
    }

    @Test func givesOffsetsOfValues() throws {
        let text = #"  {"a" : [10, 20] ,"b":"x"}  "#
        var scanner = JSONScanner(text, window: 5)
        var ranges: [String] = []
        try scanner.object { key, scanner in
            let start = scanner.offset
            try scanner.skip()
            ranges.append(String(decoding: Array(text.utf8)[start..<scanner.offset], as: UTF8.self))
        }
        #expect(ranges == ["[10, 20]", #""x""#])
        #expect(scanner.offset == text.utf8.count - 2)
        #expect(try scanner.isAtEnd())
    }

    @Test func scansAPartOfASource() throws {
        let bytes = Array(#"xxxxxxxx{"a":?}payload"#.utf8)
        var scanner = JSONScanner(ByteSource(MemoryBytes(bytes)), in: 8..<12, limits: Limits())
        #expect(
            failure { try scanner.skip() }
                == InspectionError(.truncated, "the JSON ends too early", offset: 12))
        var beyond = JSONScanner(ByteSource(MemoryBytes(bytes)), in: 8..<1_000, limits: Limits())
        #expect(
            failure { try beyond.skip() }
                == InspectionError(.malformed, "expected a value, found '?'", offset: 13))
    }

    @Test func readsDocumentsThatFollowEachOther() throws {
        var scanner = JSONScanner("{\"n\":1}\n{\"n\":2}\n\n", window: 3)
        var numbers: [Int] = []
        while try !scanner.isAtEnd() {
            try scanner.object { _, scanner in numbers.append(try scanner.int()) }
        }
        #expect(numbers == [1, 2])
    }

    @Test func anotherKindIsAnErrorThatNamesBoth() throws {
        func expect(_ message: String, _ text: String, _ read: (inout JSONScanner) throws -> Void) {
            var scanner = JSONScanner(text, window: 64)
            #expect(failure { try read(&scanner) }?.message == message)
        }
        expect("expected string, found array", "[]") { _ = try $0.string() }
        expect("expected array, found object", "{}") { try $0.array { _ in } }
        expect("expected object, found number", "1") { try $0.object { _, _ in } }
        expect("expected number, found null", "null") { _ = try $0.int() }
        expect("expected bool, found string", "\"\"") { _ = try $0.bool() }
        expect("expected an integer of 64 bits", "1.5") { _ = try $0.int() }
        expect("the number is beyond the range of a double", "1e999") { _ = try $0.double() }
        expect("the JSON ends too early", "") { _ = try $0.string() }
        var scanner = JSONScanner("5", window: 64)
        #expect(try !scanner.null())
        #expect(try scanner.int() == 5)
    }

    @Test func readsScalars() throws {
        let text = #"[true, false, null, 1.5, -7, "é\n", 12345678901234567890123]"#
        var read: [String] = []
        var scanner = JSONScanner(text, window: 2)
        try scanner.array { scanner in
            switch read.count {
            case 0, 1: read.append("\(try scanner.bool())")
            case 2: read.append("\(try scanner.null())")
            case 3: read.append("\(try scanner.double())")
            case 4: read.append("\(try scanner.int())")
            case 5: read.append(try scanner.string())
            default: read.append(try scanner.number().text)
            }
        }
        #expect(read == ["true", "false", "true", "1.5", "-7", "é\n", "12345678901234567890123"])
    }

    @Test func errorsOfAClosurePassThrough() {
        struct Foreign: Error {}
        let own = InspectionError(.unsupported, "mine", offset: 3)
        var scanner = JSONScanner("[1]", window: 64)
        #expect(failure { try scanner.array { _ in throw own } } == own)
        var other = JSONScanner("[1]", window: 64)
        #expect(
            failure { try other.array { _ in throw Foreign() } }
                == InspectionError(.malformed, "Foreign()", offset: 1))
    }

    @Test func errorsNameTheEntry() throws {
        let whole = ByteSource(MemoryBytes(Array("..[1,]".utf8)))
        var scanner = JSONScanner(try whole.slice(at: 2, count: 4, entry: "model.json"), limits: Limits())
        let error = failure { try scanner.skip() }
        #expect(error?.entry == "model.json")
        #expect(error?.offset == 3)
    }

    @Test func keysAreComparedByBytes() {
        #expect(JSONKey("é") == JSONKey("\u{E9}"))
        #expect(JSONKey("é") != JSONKey("e\u{301}"))
        #expect(JSONKey("K") != JSONKey("\u{212A}"))
        #expect(JSONKey("\u{1100}\u{1161}") != JSONKey("\u{AC00}"))
        #expect(JSONKey("q\u{307}\u{323}") != JSONKey("q\u{323}\u{307}"))
        #expect(JSONKey("a longer key than fits inline") == "a longer key than fits inline")
        #expect(Set([JSONKey("é"), JSONKey("e\u{301}"), JSONKey("é")]).count == 2)
    }

}
