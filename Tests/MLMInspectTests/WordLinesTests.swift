import Testing

@testable import ModelFormats

@Suite struct WordLinesTests {
    private static let lines = WordLines("a b one\nab x two three\nab.c four\nb five")

    @Test(arguments: [("a b", "one"), ("ab", "x two three"), ("ab x", "two three"), ("ab.c", "four"), ("b", "five")])
    func aLineIsFoundByWhatItBeginsWith(_ key: String, _ rest: String) {
        #expect(Self.lines[key].map(String.init) == rest)
    }

    @Test(arguments: ["", "c", "ab.", "b five", "a b one", "aa", "0"])
    func whatNoLineBeginsWithIsNotFound(_ key: String) { #expect(Self.lines[key] == nil) }

    /// Every name of Python 2: the search finds nothing in lines that are out of order.
    @Test func everyNameOfPython2IsFound() throws {
        for line in PythonTwoNames.names.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 4)
            let name = PythonName(words[0], words[1])
            #expect(name.module == words[2] && name.name == words[3], "\(line)")
        }
        for line in PythonTwoNames.modules.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 2)
            #expect(PythonName.modern(module: words[0]) == words[1], "\(line)")
        }
    }

    @Test func aWordOfAListIsAWholeWord() {
        let list = "alpha beta\ngamma"
        for word in ["alpha", "beta", "gamma"] { #expect(list.hasWord(word)) }
        for word in ["", "alph", "eta", "beta gamma", "gammas", "alpha beta"] { #expect(!list.hasWord(word)) }
    }
}
