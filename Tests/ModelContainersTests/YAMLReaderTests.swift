import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

/// YAML as the JSON value that PyYAML and YAML 1.2's core schema read from it.
@Suite struct YAMLReaderTests {
    @Test(
        arguments: [
            ("a: 1\nb: [x, 'y', \"z\\t\"]\nc:\n- d: {e: f}\n", #"{"a":1,"b":["x","y","z\t"],"c":[{"d":{"e":"f"}}]}"#),
            // As stac-model writes a set and a tuple.
            (
                "tasks: !!set\n  classification: null\n  regression: null\n",
                #"{"tasks":["classification","regression"]}"#
            ),
            ("betas: !!python/tuple\n- 0.9\n- 0.999\n", #"{"betas":[0.9,0.999]}"#),
            ("- 1.0e-05\n- 1.50\n- -0\n- 12345678901234567890123\n", "[1.0e-05,1.50,-0,12345678901234567890123]"),
            ("- +1\n- .5\n- -.5\n- 5.\n- 0x1F\n- 0o17\n", "[1,0.5,-0.5,5.0,31,15]"),
            (
                "- 010\n- 1_000\n- 2020-01-01\n- 1.2.3\n- .inf\n- .nan\n- 0x\n- 0x-1\n- -\n",
                #"["010","1_000","2020-01-01","1.2.3",".inf",".nan","0x","0x-1",[null]]"#
            ),
            // `geometry: .` names no number.
            ("- .\n- +.\n- -.\n", #"[".","+.","-."]"#),
            ("- yes\n- No\n- on\n- true\n- FALSE\n- ~\n- null\n-\n", #"["yes","No","on",true,false,null,null,null]"#),
            ("- 'true'\n- \"1\"\n- !!str 2\n- ! 3\n- !!int 4\n", #"["true","1","2","3",4]"#),
            ("1: a\ntrue: b\n~: c\n", #"{"1":"a","true":"b","null":"c"}"#),
            ("# nothing but a comment\n", "null"), ("", "null"), ("---\ntext\n...\n", #""text""#),
            ("a: |\n  two\n  lines\nb: >\n  one\n  line\n", #"{"a":"two\nlines\n","b":"one line\n"}"#),
            (#"{"json": ["is", 1, null, {"y": "é😀"}]}"#, #"{"json":["is",1,null,{"y":"é😀"}]}"#),
            ("\u{FEFF}a: 1\n", #"{"a":1}"#),
        ])
    func aDocumentIsRead(_ yaml: String, _ json: String) throws {
        #expect(try YAMLReader.read(yaml).description == json)
    }

    @Test(
        arguments: [
            ("a: &x [1]\nb: *x\n", "anchors and aliases of YAML are not followed, such as \"x\" in line 1"),
            ("b: *x\n", "anchors and aliases of YAML are not followed, such as \"x\" in line 1"),
            ("a: &x 1\n", "anchors and aliases of YAML are not followed, such as \"x\" in line 1"),
            ("a: 1\na: 2\n", "the key \"a\" occurs twice in line 2"),
            ("{a: 1, a: 2}", "the key \"a\" occurs twice in line 1"),
            ("a: 1\n---\nb: 2\n", "a second YAML document begins in line 2"),
            (
                "a: !!python/object/apply:os.system ['id']\n",
                "the tag tag:yaml.org,2002:python/object/apply:os.system is not followed in line 1"
            ),
            ("a: !mine 3\n", "the tag !mine is not followed in line 1"),
            ("? [a, b]\n: c\n", "a key is a list or a mapping in line 1"),
            ("a: !!set {x: 1}\n", "a member of a set has a value in line 1"),
            ("a: [1\n", "no YAML: did not find expected ',' or ']' in line 2"),
            ("\ta: 1\n", "no YAML: found character that cannot start any token in line 1"),
            ("a: \u{0}\n", "no YAML: control characters are not allowed"),
            ("a: \u{7}\n", "no YAML: control characters are not allowed"),
        ])
    func whatIsRefusedIsNamed(_ yaml: String, _ message: String) {
        #expect(failure { _ = try YAMLReader.read(yaml) }?.message == message)
    }

    /// Nine levels of ten aliases each stand for 10^9 values.
    @Test func aBombOfAliasesIsRefusedAtItsFirst() {
        var yaml = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            yaml += "l\(level): &l\(level) [" + (0..<10).map { _ in "*l\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        #expect(failure { _ = try YAMLReader.read(yaml) }?.reason == .unsupported)
    }

    @Test func limitsAreNamed() throws {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(failure { _ = try YAMLReader.read(deep) }?.message == "limit: yaml depth 65 > 64 in line 1")
        #expect(throws: Never.self) { try YAMLReader.read(String(deep.dropFirst().dropLast())) }
        // No end in sight, as deep as it may be.
        #expect(failure { _ = try YAMLReader.read(String(repeating: "{a: ", count: 200_000)) }?.reason == .limit)
        let long = String(repeating: "x", count: 1 << 20)
        #expect(failure { _ = try YAMLReader.read(long + "x") }?.message == "limit: yaml bytes 1048577 > 1048576")
        #expect(try YAMLReader.read(long).string?.utf8.count == 1 << 20)
        #expect(try YAMLReader.read(String(repeating: "- 1\n", count: 1 << 18)).array?.count == 1 << 18)
        #expect(try YAMLReader.read((0..<50_000).map { "k\($0): 1\n" }.joined()).object?.count == 50_000)
    }

    @Test func whatIsNoUTF8IsRefused() {
        for bytes in [
            [0x61, 0x3A, 0x20, 0xFF], [0xC3], [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], [0xFF, 0xFE, 0x61, 0x00],
        ] as [[UInt8]] {
            let error = failure { _ = try YAMLReader.read(ByteSource(MemoryBytes(bytes)), limits: Limits()) }
            #expect(error?.reason == .malformed)
        }
    }

    private static let document = """
        $schema: https://stac-extensions.github.io/mlm/v1.6.0/schema.json
        properties:
          accelerator: cpu
          input:
          - bands: [B02, {name: "NDVI", expression: '(B08 - B04) / (B08 + B04)'}]
            input: {shape: [-1, 3, 16, 16], data_type: float32}
            note: |
              two
              lines
          tasks: !!set
            classification: null
          lr: 1.0e-05

        """

    /// Whatever the bytes: reading ends, and what was read can be written and read as JSON.
    @Test func cutAndChangedBytes() throws {
        let document = Array(Self.document.utf8)
        var random = SeededGenerator(seed: 12)
        let likely = Array(":-[]{},&*!|>'\"%@#?~\n\t 0".utf8) + [0, 0x80, 0xC3, 0xEF, 0xFF]
        var read = 0
        for round in 0..<document.count + 4_000 {
            var bytes = document
            if round < document.count { bytes.removeSubrange(round...) }
            for _ in 0..<(round < document.count ? 0 : Int.random(in: 1...3, using: &random)) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(likely.randomElement(using: &random) ?? 0, at: position)
                default: bytes[position] = likely.randomElement(using: &random) ?? 0
                }
            }
            guard let value = try? YAMLReader.read(ByteSource(MemoryBytes(bytes)), limits: Limits()) else { continue }
            read += 1
            #expect(try JSONValue.parse(value.bytes(pretty: false)) == value)
        }
        #expect(read > 400)
    }
}
