import ModelContainers
import ModelJSON
import Testing

@Suite struct JSONWriterTests {
    @Test func prettyForm() {
        let value: JSONValue = [
            "name": "unet", "empty": [:], "none": [],
            "inputs": [
                ["name": "x", "shape": [-1, 13, 64, 64], "data_type": "float32"],
                ["name": "y", "nested": ["a": 1]],
            ],
            "facts": ["a": 1, "b": [true, nil]],
            "coordinates": [[[0.5, 1], [2, 3]], []],
        ]
        #expect(
            value.write(pretty: true) == """
                {
                  "name": "unet",
                  "empty": {},
                  "none": [],
                  "inputs": [
                    { "name": "x", "shape": [-1, 13, 64, 64], "data_type": "float32" },
                    {
                      "name": "y",
                      "nested": {
                        "a": 1
                      }
                    }
                  ],
                  "facts": {
                    "a": 1,
                    "b": [true, null]
                  },
                  "coordinates": [
                    [
                      [0.5, 1],
                      [2, 3]
                    ],
                    []
                  ]
                }
                """)
        #expect(
            value.write(pretty: false)
                == #"{"name":"unet","empty":{},"none":[],"inputs":[{"name":"x","shape":[-1,13,64,64],"data_type":"float32"},{"name":"y","nested":{"a":1}}],"facts":{"a":1,"b":[true,null]},"coordinates":[[[0.5,1],[2,3]],[]]}"#
        )
    }

    @Test func scalarsStandAlone() {
        #expect(JSONValue.null.write(pretty: true) == "null")
        #expect(JSONValue("x").write(pretty: true) == #""x""#)
        #expect(JSONValue.array([]).write(pretty: true) == "[]")
        #expect(JSONValue.object([:]).write(pretty: true) == "{}")
    }

    /// 100 columns, a comma included; a character beyond ASCII counts as one.
    @Test(arguments: ["x", "é", "😀"]) func oneLineIfItFits(_ character: String) throws {
        func lines(_ length: Int) -> Int {
            let value: JSONValue = ["k": [.string(String(repeating: character, count: length)), 1]]
            return value.write(pretty: true).split(separator: "\n").count
        }
        // `  "k": ["…", 1],`
        #expect(lines(100 - 15) == 3)
        #expect(lines(100 - 14) == 6)
    }

    @Test func longArraysTakeALineAnElement() {
        let value = JSONValue.array((0..<1_000).map { JSONValue($0) })
        #expect(value.write(pretty: true).split(separator: "\n").count == 1_002)
        let short = JSONValue.array((0..<32).map { _ in 0 })
        #expect(short.write(pretty: true).split(separator: "\n").count == 1)
    }

    @Test func whatATerminalWouldActOnIsEscaped() throws {
        let text =
            "\u{0}\u{1}\u{8}\u{9}\n\u{B}\u{C}\r\u{1B}[31m\u{1F}\"\\/\u{7F}\u{80}\u{9B}\u{9F}\u{A0}é\u{61C}\u{200D}\u{200E}\u{200F}\u{2028}\u{2029}\u{202A}\u{202E}\u{2066}\u{2069}\u{FEFF}😀"
        let written = JSONValue(text).write(pretty: false)
        #expect(
            written
                == #""\u0000\u0001\u0008\t\n\u000b\u000c\r\u001b[31m\u001f\"\\/\u007f\u0080\u009b\u009f"# + "\u{A0}é"
                + #"\u061c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff"# + "😀\"")
        // Tags, which no terminal shows.
        #expect(JSONValue("a\u{200B}\u{E0041}").write(pretty: false) == #""a\u200b\udb40\udc41""#)
        #expect(try JSONValue.parse(written) == JSONValue(text))
        #expect((["\u{1B}": 1] as JSONValue).write(pretty: false) == #"{"\u001b":1}"#)
    }

    @Test func descriptionIsTheCompactForm() {
        let value: JSONValue = ["a": [1, 2]]
        #expect("\(value)" == #"{"a":[1,2]}"#)
    }
}
