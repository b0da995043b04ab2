import ModelBytes
import ModelContainers
import ModelJSON
import Testing

/// RFC 8259 as two tables. Each document is also scanned through windows of a few bytes, read and skipped.
@Suite struct JSONGrammarTests {
    static let accepted: [String] = [
        "null", "true", "false", " \t\r\n1\n", "0", "-0", "-1", "1234567890123456789012345678901234567890",
        "0.0", "-0.1", "1.50", "1e1", "1E1", "1e+1", "1E-1", "0e0", "0e+00", "-0e-0", "1.5e007", "1e400",
        "123e-10000000",
        #""""#, #""abc""#, #"" ""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000\u001f\u0041\uabCD""#, #""\u2028\u2029""#,
        #""\uD834\uDD1E""#, #""\udbff\udfff""#, #""\\u0041""#, "\"\u{7F}\"",
        "\"é\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"",
        "\"\u{2028}\u{85}\u{FEFF}\"", "[]", "[ ]", "[[]]", "[[],[[]]]", "[1]", "[ 1 , 2 ]", "[1,2,3,4,5,6,7,8,9]",
        "[\"\"]",
        "[true,false,null]", "{}", "{ }", #"{"":0}"#, #"{"a":1}"#, #"{ "a" : 1 , "b" : [ { } ] }"#,
        #"{"a":{"a":{"a":[]}},"b":{}}"#, #"{"\u0061b":1}"#, "[\n]\n", #"{"a":"b","c":[{"d":null},-1.5E+3,"\n"]}"#,
        "\u{FEFF}{}", "\u{FEFF} 1",
    ]

    static let rejected: [String] = [
        "tru", "truf", "True", "nul", "nulll", "falsee", "TRUE", "undefined", "abc", "'a'", "NaN", "Infinity",
        "-Infinity",
        "+1", "-", "--1", "01", "-01", "00", "1.", ".5", "1.e1", "1.5.5", "1e", "1e+", "1ee1", "1e1.5", "0x10", "1_000",
        "1 000",
        "1a", "- 1", "-a", "1e5e", "0e", "１", #"""#, #""a"#, #""\"#, #""\""#, #""\a""#, #""\x41""#, #""\u""#,
        #""\u123""#,
        #""\u12G4""#, #""\U0041""#, "\"\u{0}\"", "\"\n\"", "\"\t\"", "\"\u{1F}\"", "\"a\" \"b\"", "[", "[1", "[1,",
        "[,]", "[1,]",
        "[,1]", "[1,,2]", "[1 2]", "[1;2]", "]", "[1]]", "[1}", "{", "{]", "}", "{,}", #"{"a"}"#, #"{"a":}"#,
        #"{"a":1,}"#,
        #"{"a":1,,"b":2}"#, #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{a:1}"#, #"{1:1}"#, #"{"a":1]"#, #"{"a":1"#, #"{"a""#,
        #"{"a":"#,
        #"{"a"::1}"#, #"{"a":1}}"#, #"{null:1}"#, "{} {}", "1 2", "// c\n1", "1 // c", "/* */1", "[1]x", "\u{0}",
        "1\u{0}",
        "\u{A0}1", "1\u{2028}", "\u{B}1", "\u{FEFF}\u{FEFF}1", "[\u{FEFF}]",
    ]

    /// Sequences that are no UTF-8: a stray continuation, overlong forms, a surrogate, beyond U+10FFFF, cut short.
    static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF, 0x41], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xC3, 0x41], [0xE2, 0x82, 0x41], [0xE2, 0x28, 0xA1],
        [0xF0, 0x9F, 0x98, 0x41],
        [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ]

    @Test(arguments: accepted) func accepts(_ text: String) throws {
        let value = try JSONValue.parse(text)
        #expect(try JSONValue.parse(value.write(pretty: false)) == value)
        #expect(try JSONValue.parse(value.write(pretty: true)) == value)
        for window in 1...9 {
            var scanner = JSONScanner(text, window: window)
            #expect(try scanner.value() == value)
            try scanner.end()
            var skipper = JSONScanner(text, window: window)
            try skipper.skip()
            try skipper.end()
            #expect(skipper.offset == text.utf8.count)
        }
    }

    @Test(arguments: rejected) func rejects(_ text: String) {
        rejects(Array(text.utf8))
    }

    @Test(arguments: notUTF8) func rejectsWhatIsNotUTF8(_ bytes: [UInt8]) {
        rejects([0x22] + bytes + [0x22])
        rejects([0x22] + Array("1234567890".utf8) + bytes + [0x22])
        rejects([0x7B, 0x22] + bytes + [0x22, 0x3A, 0x31, 0x7D])
    }

    /// The same error, at the same byte, whether the document is read or skipped and whatever the window.
    private func rejects(_ bytes: [UInt8]) {
        let error = failure { _ = try JSONValue.parse(bytes) }
        #expect(error?.reason == .malformed || error?.reason == .truncated, "\(String(decoding: bytes, as: UTF8.self))")
        for window in 1...9 {
            #expect(
                error
                    == failure {
                        var scanner = JSONScanner(bytes, window: window)
                        _ = try scanner.value()
                        try scanner.end()
                    })
            #expect(
                error
                    == failure {
                        var scanner = JSONScanner(bytes, window: window)
                        try scanner.skip()
                        try scanner.end()
                    })
        }
    }

    @Test(arguments: [[0xFE, 0xFF, 0, 0x31], [0xFF, 0xFE, 0x31, 0]] as [[UInt8]])
    func namesUTF16(_ bytes: [UInt8]) {
        let error = failure { _ = try JSONValue.parse(bytes) }
        #expect(error?.reason == .unsupported)
        #expect(error?.message.contains("UTF-16") == true)
    }

    @Test(
        arguments: [
            (#"{"a" 1}"#, "expected ':', found '1'", 5), ("[1 2]", "expected ',' or ']', found '2'", 3),
            (#"{"a":1 2}"#, "expected ',' or '}', found '2'", 7), ("[1,]", "expected a value, found ']'", 3),
            (#"{"a":1,}"#, "expected a key in quotes, found '}'", 7),
            ("1 x", "expected the end of the JSON, found 'x'", 2),
            ("[\u{1}]", "expected a value, found byte 0x1", 1), ("[1.]", "expected a digit, found ']'", 3),
            ("[NaN]", "NaN and Infinity are not JSON", 1), (#"["\x"]"#, #"there is no escape \x"#, 4),
        ] as [(String, String, Int)])
    func saysWhatIsWrong(_ text: String, _ message: String, _ offset: Int) {
        let error = failure { _ = try JSONValue.parse(text) }
        #expect(error == InspectionError(.malformed, message, offset: offset))
    }

    @Test func dialectTakesNonFiniteNumbers() throws {
        let text = "[NaN,Infinity,-Infinity,1]"
        let value = try JSONValue.parse(text, dialect: .nonFiniteNumbers)
        #expect(value[0]?.double?.isNaN == true)
        #expect(value[1]?.double == .infinity)
        #expect(value[2]?.double == -.infinity)
        #expect(value[0]?.int == nil)
        #expect(value.write(pretty: false) == #"["NaN","Infinity","-Infinity",1]"#)
        for wrong in ["nan", "Nan", "Inf", "-Inf", "-NaN", "NaN0", "Infinit", "+Infinity", "inf"] {
            #expect(throws: InspectionError.self) { try JSONValue.parse(wrong, dialect: .python) }
        }
    }

    @Test(
        arguments: [
            (#""\ud800""#, "\u{FFFD}"), (#""\udc00""#, "\u{FFFD}"), (#""a\ud800b""#, "a\u{FFFD}b"),
            (#""\ud800\ud800""#, "\u{FFFD}\u{FFFD}"), (#""\udc00\ud800""#, "\u{FFFD}\u{FFFD}"),
            (#""\ud800\n""#, "\u{FFFD}\n"),
            (#""\ud800\ud834\udd1e""#, "\u{FFFD}\u{1D11E}"), (#""\ud800\u0041""#, "\u{FFFD}A"),
            (#""\ud800\\u0041""#, "\u{FFFD}\\u0041"),
        ] as [(String, String)])
    func loneSurrogates(_ text: String, _ repaired: String) throws {
        let error = failure { _ = try JSONValue.parse(text) }
        #expect(error?.message == "a string has one half of a surrogate pair without the other")
        #expect(error?.offset == 0)
        #expect(try JSONValue.parse(text, dialect: .loneSurrogates) == .string(repaired))
        // The grammar allows it, and what is skipped has no text.
        var scanner = JSONScanner(text, window: 3)
        try scanner.skip()
    }

    @Test func resolvesEscapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD834\uDD1Ex""#
        #expect(try JSONValue.parse(text) == .string("\"\\/\u{8}\u{C}\n\r\tAé€𝄞x"))
    }
}
