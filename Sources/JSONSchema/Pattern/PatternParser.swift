/// Reads a regular expression, scalar by scalar. Nothing in it is ever compiled by another engine.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private(set) var groups = 0
    /// How many groups there are in all, and the numbers of those with names: a back reference may come before its group.
    private let groupCount: Int
    private var names: [String: Int] = [:]

    private static let mostScalars = 65_536
    private static let mostDepth = 100
    private static let mostRepetitions = 100_000

    init(_ text: String) throws(PatternError) {
        scalars = Array(text.unicodeScalars.prefix(Self.mostScalars + 1))
        guard scalars.count <= Self.mostScalars else { throw .unsupported("is too long") }
        groupCount = Self.countGroups(scalars, &names)
    }

    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard position == scalars.count else { throw .malformed("has a ) without a (") }
        return node
    }

    // MARK: Structure

    private mutating func choice() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostDepth else { throw .unsupported("has groups too deep in each other") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var terms: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            let before = groups
            var (term, isRepeatable) = try self.term()
            if let (least, most) = try quantifier() {
                guard isRepeatable else { throw .malformed("repeats what matches no text") }
                let isLazy = take("?")
                term = .repeated(
                    term, .init(least: least, most: most, isLazy: isLazy, groups: before + 1..<groups + 1))
            }
            terms.append(term)
        }
        return .sequence(terms)
    }

    private mutating func term() throws(PatternError) -> (PatternNode, isRepeatable: Bool) {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "^": return (.start, false)
        case "$": return (.end, false)
        case "(": return try group()
        case ".": return (.one(ScalarSet(.lineEnd, isNegated: true)), true)
        case "[": return (.one(try scalarClass()), true)
        case "\\": return try escape()
        case "*", "+", "?": throw .malformed("has a \(scalar) after nothing")
        default: return (.one(ScalarSet(scalar)), true)
        }
    }

    private mutating func group() throws(PatternError) -> (PatternNode, isRepeatable: Bool) {
        guard take("?") else {
            groups += 1
            let number = groups
            return (.group(number, try closed()), true)
        }
        if take(":") { return (.group(nil, try closed()), true) }
        if take("=") { return (.look(try closed(), isBehind: false, isNegated: false), true) }
        if take("!") { return (.look(try closed(), isBehind: false, isNegated: true), true) }
        guard take("<") else { throw .malformed("has a (? that begins no group") }
        if take("=") { return (.look(try closed(), isBehind: true, isNegated: false), false) }
        if take("!") { return (.look(try closed(), isBehind: true, isNegated: true), false) }
        guard name() != nil else { throw .malformed("has a group with a broken name") }
        groups += 1
        let number = groups
        return (.group(number, try closed()), true)
    }

    private mutating func closed() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard take(")") else { throw .malformed("has a ( without a )") }
        return node
    }

    /// Nil where there is none; a `{` that begins none is a letter (annex B).
    private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{"), let least = number() else {
            position = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else {
            position = start
            return nil
        }
        if let most, most < least { throw .malformed("has a repetition whose numbers are out of order") }
        guard max(least, most ?? 0) <= Self.mostRepetitions else { throw .unsupported("repeats too often") }
        return (least, most)
    }

    // MARK: Classes and escapes

    private mutating func scalarClass() throws(PatternError) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        while true {
            guard peek != nil else { throw .malformed("has a [ without a ]") }
            if take("]") { return set }
            let low = try classAtom(&set)
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                if let low { set.ranges.append(low.value...low.value) }
                continue
            }
            position += 1
            let high = try classAtom(&set)
            if let low, let high {
                guard low <= high else { throw .malformed("has a range whose ends are out of order") }
                set.ranges.append(low.value...high.value)
            } else {
                // With a class at either end the hyphen is itself (annex B).
                for scalar in [low, "-", high].compactMap(\.self) { set.ranges.append(scalar.value...scalar.value) }
            }
        }
    }

    /// A scalar, or nil for a class such as `\d`, which is added to the set.
    private mutating func classAtom(_ set: inout ScalarSet) throws(PatternError) -> Unicode.Scalar? {
        let scalar = scalars[position]
        position += 1
        guard scalar == "\\" else { return scalar }
        guard let next = peek else { throw .malformed("ends with a \\") }
        if let kind = Self.kinds[next] {
            position += 1
            set.kinds.append(kind)
            return nil
        }
        if next == "b" {
            position += 1
            return "\u{8}"
        }
        return try escapedScalar()
    }

    private static let kinds: [Unicode.Scalar: (kind: ScalarSet.Kind, isNegated: Bool)] = [
        "d": (.digit, false), "D": (.digit, true), "w": (.word, false), "W": (.word, true),
        "s": (.space, false), "S": (.space, true),
    ]

    private mutating func escape() throws(PatternError) -> (PatternNode, isRepeatable: Bool) {
        guard let next = peek else { throw .malformed("ends with a \\") }
        if let kind = Self.kinds[next] {
            position += 1
            return (.one(ScalarSet(kind.kind, isNegated: kind.isNegated)), true)
        }
        switch next {
        case "b", "B":
            position += 1
            return (.wordBoundary(isNegated: next == "B"), false)
        case "1"..."9":
            let start = position
            if let number = number(), number <= groupCount { return (.back(number), true) }
            position = start
        case "k" where !names.isEmpty:
            position += 1
            guard take("<"), let name = name(), let number = names[name] else {
                throw .malformed("refers to a group that is not there")
            }
            return (.back(number), true)
        default: break
        }
        return (.one(ScalarSet(try escapedScalar())), true)
    }

    private mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "t": return "\t"
        case "n": return "\n"
        case "v": return "\u{B}"
        case "f": return "\u{C}"
        case "r": return "\r"
        case "p", "P": throw .unsupported("names properties of Unicode")
        case "0"..."7": return octal(from: scalar)
        case "c":
            guard let letter = peek, letter.isLetter else { return "c" }
            position += 1
            return Unicode.Scalar(UInt8(letter.value % 32))
        case "x": return hexadecimal(2).flatMap(Unicode.Scalar.init) ?? "x"
        case "u": return try codePoint()
        default: return scalar
        }
    }

    /// `\0`, and the octal escapes of annex B, at most 255.
    private mutating func octal(from first: Unicode.Scalar) -> Unicode.Scalar {
        var value = first.value - 0x30
        while let digit = peek, (0x30...0x37).contains(digit.value), value * 8 + digit.value - 0x30 <= 255 {
            value = value * 8 + digit.value - 0x30
            position += 1
        }
        return Unicode.Scalar(UInt8(value))
    }

    /// `\uXXXX`, two of them for what is beyond the basic plane, and `\u{X…}`.
    private mutating func codePoint() throws(PatternError) -> Unicode.Scalar {
        let start = position
        if take("{") {
            var value: UInt32 = 0
            while let digit = peek, digit.isHexDigit, value <= 0x10FFFF {
                value = value * 16 + Self.hexadecimal(digit)
                position += 1
            }
            if position > start + 1, take("}"), let scalar = Unicode.Scalar(value) { return scalar }
            position = start
            return "u"
        }
        guard let unit = hexadecimal(4) else { return "u" }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, take("\\"), take("u"), let low = hexadecimal(4), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        {
            return scalar
        }
        throw .unsupported("names half of a surrogate pair")
    }

    private mutating func hexadecimal(_ digits: Int) -> UInt32? {
        guard position + digits <= scalars.count, scalars[position..<position + digits].allSatisfy(\.isHexDigit) else {
            return nil
        }
        defer { position += digits }
        return scalars[position..<position + digits].reduce(0) { $0 * 16 + Self.hexadecimal($1) }
    }

    private static func hexadecimal(_ digit: Unicode.Scalar) -> UInt32 {
        digit.isDigit ? digit.value - 0x30 : (digit.value | 0x20) - 0x57
    }

    // MARK: Steps

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func number() -> Int? {
        let start = position
        var value = 0
        while let digit = peek, digit.isDigit {
            value = min(value * 10 + Int(digit.value - 0x30), Self.mostRepetitions + 1)
            position += 1
        }
        return position == start ? nil : value
    }

    /// What stands before `>`.
    private mutating func name() -> String? {
        guard let (name, next) = Self.name(in: scalars, from: position) else { return nil }
        position = next
        return name
    }

    private static func name(in scalars: [Unicode.Scalar], from start: Int) -> (name: String, next: Int)? {
        var name = String.UnicodeScalarView()
        var position = start
        while position < scalars.count, Alphabet.python.isWord(scalars[position]) || scalars[position] == "$" {
            name.append(scalars[position])
            position += 1
        }
        guard let first = name.first, !first.isDigit, position < scalars.count, scalars[position] == ">" else {
            return nil
        }
        return (String(name), position + 1)
    }

    /// Counts what `(` opens as a capturing group, outside of classes.
    private static func countGroups(_ scalars: [Unicode.Scalar], _ names: inout [String: Int]) -> Int {
        var count = 0
        var isInClass = false
        var position = 0
        while position < scalars.count {
            switch scalars[position] {
            case "\\": position += 1
            case "[": isInClass = true
            case "]": isInClass = false
            case "(" where !isInClass:
                guard position + 1 < scalars.count, scalars[position + 1] == "?" else {
                    count += 1
                    break
                }
                if position + 2 < scalars.count, scalars[position + 2] == "<",
                    let (name, _) = name(in: scalars, from: position + 3)
                {
                    count += 1
                    names[name] = count
                }
            default: break
            }
            position += 1
        }
        return count
    }
}
