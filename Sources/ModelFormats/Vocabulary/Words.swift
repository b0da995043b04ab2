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
