/// What somebody may have meant who misspelt a word.
package enum NearestWord {
    /// The word that most resembles `text`; nil when none does.
    package static func of(_ text: String, among words: [String]) -> String? {
        let plain = folded(text)
        guard !plain.isEmpty, plain.count <= 64 else { return nil }
        let most = max(1, plain.count / 3)
        return words.map { ($0, distance(plain, folded($0))) }.filter { $0.1 <= most }.min { $0.1 < $1.1 }?.0
            // A part of a word is as good: `class` of `classes`, `url` of `href` is not.
            ?? words.first { plain.count > 3 && folded($0).starts(with: plain) }
    }

    /// `; did you mean …`, or what there is.
    package static func advice(_ text: String, among words: [String]) -> String {
        of(text, among: words).map { "; did you mean \($0)?" } ?? "; there are \(words.joined(separator: ", "))"
    }

    /// Small letters and digits alone.
    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.prefix(256).map { (65...90).contains($0) ? $0 + 32 : $0 }
            .filter { (97...122).contains($0) || (48...57).contains($0) || $0 >= 128 }
    }

    /// How many letters have to be changed, put in or left out, or exchanged with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var next = [row + 1]
            for (column, other) in right.enumerated() {
                var least = min(last[column + 1] + 1, next[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    least = min(least, before[column - 1] + 1)
                }
                next.append(least)
            }
            (before, last) = (last, next)
        }
        return last[right.count]
    }
}
