import JSONSchema
import Testing

/// Regular expressions of ECMA-262, by its own examples and by those of published schemas.
@Suite struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let matching: [String]
        let others: [String]
        var testDescription: String { pattern }

        init(_ pattern: String, _ matching: [String], not others: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.others = others
        }
    }

    static let cases = [
        Case("", ["", "a"], not: []), Case("a", ["a", "bab"], not: ["", "b"]),
        Case("^a|b$", ["ax", "xb"], not: ["xa", "bx"]), Case("^(a|ab)(c|bcd)(d*)$", ["abcd", "acd"], not: ["abc d"]),
        Case("^[a-c_-]+$", ["a-c_"], not: ["d", ""]), Case("^[^a]$", ["b", "\n"], not: ["a", ""]),
        Case("^[^]$", ["\n", "a"], not: [""]), Case("[]", [], not: ["", "a"]),
        Case("^.$", ["a", "😀", "\u{301}"], not: ["\n", "ab"]),
        Case(#"^\d\D\w\W\s\S$"#, ["1a_- x"], not: ["aa_- x", "1a-- x"]),
        Case("^a{2}$", ["aa"], not: ["a", "aaa"]), Case("^a{2,}$", ["aa", "aaaa"], not: ["a"]),
        Case("^a{1,3}$", ["a", "aaa"], not: ["", "aaaa"]), Case("^a{,3}$", ["a{,3}"], not: ["aa"]),
        Case("^a{0}$", [""], not: ["a"]), Case("^x{$", ["x{"], not: ["x"]),
        Case("^a??b$", ["ab", "b"], not: ["aab"]), Case("^(?:a+?)(a*)$", ["a", "aaa"], not: [""]),
        Case("^(a*)*$", ["", "aaa"], not: ["b"]), Case("^(a?)*?b$", ["aab", "b"], not: ["a"]),
        Case("^(?=.*1)(?=.*a)[a1]+$", ["a1", "1a"], not: ["a", "1"]),
        Case("^(?!eo:)", ["e", "proj:x", ""], not: ["eo:x"]),
        Case("(?<=\\$)\\d+", ["$12"], not: ["12"]), Case("(?<!\\$)\\b\\d+", ["12"], not: ["$12"]),
        Case("(?<=^ab+)c", ["abbc"], not: ["ac"]), Case("(?<=(\\d)(\\d))x", ["12x"], not: ["1x"]),
        Case("^(.)\\1$", ["aa"], not: ["ab", "a"]), Case("^(?<q>['\"]).*\\k<q>$", ["'a'"], not: ["'a\""]),
        Case("^\\1(a)$", ["a"], not: ["aa"]), Case("^(?:(a)|b)*\\1$", ["ab", "b", "aa"], not: ["c"]),
        Case("^(z)((a+)?(b+)?(c))*$", ["zaacbbbcac"], not: ["z1"]),
        Case("\\bfoo\\b", ["a foo.", "foo"], not: ["food"]),
        Case("\\Boo", ["foo"], not: ["oo"]), Case("^\\x41\\u0042\\u{43}\\t\\cJ\\0$", ["ABC\t\n\0"], not: ["ABC"]),
        Case("^\\ud83d\\ude00$", ["😀"], not: ["x"]), Case("^[\\ud83d\\ude00-\\ud83d\\ude02]$", ["😁"], not: ["😃"]),
        Case("^[\\w-.]$", ["-", ".", "a"], not: ["!"]), Case("^[\\]\\b]$", ["]", "\u{8}"], not: ["b"]),
        Case("^\\/\\-\\_$", ["/-_"], not: [""]), Case("^]}$", ["]}"], not: ["]"]), Case("^\\101$", ["A"], not: ["1"]),
        Case("^(?:)$", [""], not: ["a"]), Case("(?:a|b)|c", ["xc"], not: ["d"]),
        Case("^[\\w\\-\\.\\+]+$", ["Apache-2.0"], not: ["a b", ""]),
        Case("^(?=[^\\s._\\-]).*[^\\s._\\-]$", ["PyTorch", "x"], not: [" x", "x.", ""]),
        Case("^[^\\r\\n\\t\\\\:'\"/]+(/[^\\r\\n\\t\\\\:'\"/]+)*/?$", ["a/b/", "a"], not: ["/a", "a//b", "a:b"]),
        Case("(\\+00:00|Z)$", ["2024Z", "+00:00"], not: ["+01:00"]),
        Case("1\\.[1-9][0-9]*\\.[0-9]+(-.*)?", ["1.1.0"], not: ["1.0.0"]),
    ]

    private static func match(_ pattern: String, _ text: String) throws -> ECMAPattern.Match {
        var steps = 100_000
        return try ECMAPattern(pattern).match(text, steps: &steps)
    }

    @Test(arguments: cases) func matchesAsItShould(_ one: Case) throws {
        for text in one.matching { #expect(try Self.match(one.pattern, text) == .yes, "\(text)") }
        for text in one.others { #expect(try Self.match(one.pattern, text) == .no, "\(text)") }
    }

    /// `$`, `\d` and `\w` are wider in Python, and validators written in it take more.
    @Test func whatPythonAloneTakes() throws {
        #expect(try Self.match("^[a-z]+$", "abc\n") == .byPythonAlone)
        #expect(try Self.match("^\\d+$", "٣") == .byPythonAlone)
        #expect(try Self.match("^\\w+$", "é") == .byPythonAlone)
        #expect(try Self.match("^.$", "\r") == .byPythonAlone)
        #expect(try Self.match("^[a-z]+$", "é") == .no)
    }

    @Test(arguments: [
        "(", ")", "[", "a**", "*", "+", "?", "\\", "a{2,1}", "[b-a]", "(?P<a>b)", "(?", "(?<1>a)", "^*",
        "(?<n>a)\\k<m>",
    ])
    func whatIsNoRegularExpression(_ text: String) {
        #expect(Format.regex.accepts(text) == false)
    }

    @Test func whatIsNotUnderstood() {
        let deep = String(repeating: "(", count: 500) + String(repeating: ")", count: 500)
        for text in ["\\p{L}", "(a{1000}){1000}", String(repeating: "a", count: 100_000), deep, "\\ud83d"] {
            #expect(Format.regex.accepts(text) == nil, "\(text.prefix(20))")
        }
    }

    /// Expressions that take ages with a plain matcher come to an end here, and nothing is said of the text.
    @Test(arguments: [
        "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)*x", "^(?=(a+)+b)", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$",
    ])
    func explodingExpressionsEnd(_ pattern: String) throws {
        let text = String(repeating: pattern.contains("x+") ? "x" : "a", count: 40_000) + "!"
        #expect(try Self.match(pattern, text) == .beyondLimit)
    }

    @Test func aLongTextIsNoDepth() throws {
        var steps = 10_000_000
        let text = String(repeating: "ab", count: 500_000)
        #expect(try ECMAPattern("^(?:a|b)*$").match(text, steps: &steps) == .yes)
    }
}
