/// Lines of words in one text, in the order of their bytes, of which few are asked for: they are searched where they are,
/// since a dictionary of them would be made at every start.
struct WordLines: Sendable {
    private let text: String
    /// Where each line begins, in bytes.
    private let starts: [Int]

    init(_ text: String) {
        self.text = text
        var starts = [0]
        var place = 0
        for byte in text.utf8 {
            place += 1
            if byte == UInt8(ascii: "\n") { starts.append(place) }
        }
        self.starts = starts
    }

    /// What stands behind `key` and a space, to the end of the line; nil when no line begins with them.
    subscript(key: String) -> Substring? {
        let wanted = key.utf8
        let all = text.utf8
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            let line = all[all.index(all.startIndex, offsetBy: starts[middle])...].prefix { $0 != UInt8(ascii: "\n") }
            let head = line.prefix(wanted.count)
            if head.elementsEqual(wanted), line.dropFirst(wanted.count).first == UInt8(ascii: " ") {
                return Substring(line.dropFirst(wanted.count + 1))
            }
            // A line that is `key` and more goes behind all that is `key` and a space.
            if line.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
