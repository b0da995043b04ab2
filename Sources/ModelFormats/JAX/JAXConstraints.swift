/// Bounds of symbolic dimensions, which are not among the fields; what JAX says when one is not kept is in the module.
///
/// Source: jax/_src/export/shape_poly.py, `ShapeConstraint.error_message` and `ShapeConstraints`; `b>=2` is followed by
/// `Expected 'b - 2' to be greater or equal to 0`, in one spelling however the constraint was written.
struct JAXConstraints {
    private var ranges: [String: (min: Int?, max: Int?)] = [:]
    /// Every constraint that was written, as it was spelt.
    private(set) var texts: [String] = []

    private static let start = "Input shapes do not match the "
    private static let mostTexts = 64

    init(_ messages: [String]) {
        for message in messages where message.hasPrefix(Self.start) {
            let rest = message.dropFirst(Self.start.count)
            if rest.hasPrefix("symbolic shape constraint ") {
                constraint(rest.dropFirst("symbolic shape constraint ".count))
            } else if let found = rest.firstRange(of: "Expected value >= ") {
                let words = rest[found.upperBound...].split(separator: " ", maxSplits: 4)
                // `1 for dimension variable 'b'. …`
                guard words.count == 5, words[1] == "for", let least = Int(words[0]) else { continue }
                let name = words[4].dropFirst().prefix { $0 != "'" }
                keep(String(name), least: least, most: nil)
            }
        }
    }

    subscript(_ symbol: String) -> (min: Int?, max: Int?)? { ranges[symbol] }

    /// `b>=2. Expected 'b - 2' to be greater or equal to 0, but found {0}. …`
    private mutating func constraint(_ message: Substring) {
        guard let separator = message.firstRange(of: ". Expected '") else { return }
        let text = String(message[..<separator.lowerBound])
        if text.utf8.count <= 256, !texts.contains(text), texts.count < Self.mostTexts { texts.append(text) }
        let expected = message[separator.upperBound...]
        guard let end = expected.firstRange(of: "' to be "), let sum = LinearSum(expected[..<end.lowerBound]) else {
            return
        }
        let relation = expected[end.upperBound...]
        if relation.hasPrefix("greater or equal to 0") {
            // factor * symbol + constant >= 0
            if sum.factor > 0 {
                keep(sum.symbol, least: -Self.floor(sum.constant, sum.factor), most: nil)
            } else {
                keep(sum.symbol, least: nil, most: Self.floor(sum.constant, -sum.factor))
            }
        } else if relation.hasPrefix("equal to 0"), sum.constant % sum.factor == 0 {
            keep(sum.symbol, least: -sum.constant / sum.factor, most: -sum.constant / sum.factor)
        }
    }

    /// `number / divisor` rounded down; the divisor is positive.
    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 || number % divisor == 0 ? number / divisor : number / divisor - 1
    }

    private mutating func keep(_ name: String, least: Int?, most: Int?) {
        var range = ranges[name] ?? (nil, nil)
        if let least { range.min = max(range.min ?? least, least) }
        if let most { range.max = min(range.max ?? most, most) }
        ranges[name] = range
    }
}

/// `2*b - 6`: one symbol, as JAX prints such a sum; nil for anything else.
private struct LinearSum {
    private(set) var symbol = ""
    private(set) var factor = 0
    private(set) var constant = 0

    /// Larger numbers are no sizes, and what is computed of these cannot overflow.
    private static let largest = 1 << 48

    init?(_ text: Substring) {
        var sign = 1
        for word in text.split(separator: " ") {
            switch word {
            case "+": sign = 1
            case "-": sign = -1
            default:
                guard add(word, sign) else { return nil }
                sign = 1
            }
        }
        guard !symbol.isEmpty, factor != 0 else { return nil }
    }

    /// A number, a symbol, or a number times a symbol.
    private mutating func add(_ word: Substring, _ sign: Int) -> Bool {
        if let number = Int(word) {
            guard constant == 0, number.magnitude <= Self.largest else { return false }
            constant = sign * number
            return true
        }
        let parts = word.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count <= 2, let name = parts.last, factor == 0, Self.isSymbol(name) else { return false }
        guard let number = parts.count == 2 ? Int(parts[0]) : 1, number.magnitude <= Self.largest else { return false }
        symbol = String(name)
        factor = sign * number
        return true
    }

    private static func isSymbol(_ name: Substring) -> Bool {
        guard let first = name.first, first.isLetter || first == "_" else { return false }
        return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
}
