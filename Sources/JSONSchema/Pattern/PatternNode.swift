/// A regular expression as it is written: ECMA-262 section 22.2.1, with what its annex B takes besides.
indirect enum PatternNode {
    case one(ScalarSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// Number of the capturing group, from 1; nil for `(?:…)`.
    case group(Int?, PatternNode)
    case repeated(PatternNode, Repetition)
    case start, end
    case wordBoundary(isNegated: Bool)
    case look(PatternNode, isBehind: Bool, isNegated: Bool)
    case back(Int)

    /// `*`, `+`, `?` and `{least,most}`; most is nil for any number.
    struct Repetition {
        let least: Int
        let most: Int?
        let isLazy: Bool
        /// The groups within, which each round forgets.
        let groups: Range<Int>
    }
}

/// A class of scalars, such as `[a-z_]`, `\d` or `.`.
struct ScalarSet {
    enum Kind { case digit, word, space, lineEnd }

    var ranges: [ClosedRange<UInt32>] = []
    var kinds: [(kind: Kind, isNegated: Bool)] = []
    var isNegated = false

    init() {}
    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }
    init(_ kind: Kind, isNegated: Bool) { kinds = [(kind, isNegated)] }

    func contains(_ scalar: Unicode.Scalar, _ alphabet: Alphabet) -> Bool {
        holds(scalar, alphabet) != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar, _ alphabet: Alphabet) -> Bool {
        for range in ranges where range.contains(scalar.value) { return true }
        for (kind, isNegated) in kinds {
            let isOne =
                switch kind {
                case .digit: alphabet.isDigit(scalar)
                case .word: alphabet.isWord(scalar)
                case .space: alphabet.isSpace(scalar)
                case .lineEnd: alphabet.endsLine(scalar)
                }
            if isOne != isNegated { return true }
        }
        return false
    }
}

/// Why a text is not used as a regular expression.
package enum PatternError: Error, Hashable {
    /// It is not one.
    case malformed(String)
    /// It may be one, and is more than is understood here.
    case unsupported(String)
}
