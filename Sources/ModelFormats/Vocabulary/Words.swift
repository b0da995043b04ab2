extension [String] {
    /// The words of a list that is written as one text. By bytes, since such lists are read at every start.
    init(words text: String) {
        self = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { String(Substring($0)) }
    }
}

extension Set<String> {
    /// The words of a list that is written as one text.
    init(words text: String) { self.init([String](words: text)) }
}

extension String {
    /// Whether this list that is written as one text has the word: for one that is asked seldom, and made into no set.
    func hasWord(_ word: String) -> Bool {
        let wanted = word.utf8
        var rest = Substring(self).utf8
        while !rest.isEmpty {
            let next = rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
            if next.count == wanted.count, next.elementsEqual(wanted) { return !next.isEmpty }
            rest = rest.dropFirst(next.count + 1)
        }
        return false
    }
}
