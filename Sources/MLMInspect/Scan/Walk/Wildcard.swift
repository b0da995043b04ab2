/// A glob of an ignore file, matched against a path whose components are parted by `/`.
///
/// Git's rules (gitignore(5), "PATTERN FORMAT"; wildmatch.c with WM_PATHNAME): `*` and `?` stop at a slash, `**` between
/// slashes or at an end does not, `[…]` is a set of bytes, a backslash takes what follows as it is. All ways to match are
/// followed at once, so that no pattern takes longer than its length times that of the path.
struct Wildcard: Hashable, Sendable {
    private enum Token: Hashable {
        case byte(UInt8)
        case set(ByteSet)
        /// Any run of bytes without a slash.
        case run
        /// Any run of bytes.
        case anything
        /// Goes on with the next token, or passes over the next two: `**/` is nothing, or anything and a slash.
        case fork
    }

    private let tokens: [Token]
    /// The bytes that a path ends with, and whether it is these alone, when the pattern asks for no more than that.
    private let literal: (tail: [UInt8], isWhole: Bool)?

    private static let slash = UInt8(ascii: "/")
    private static let notSlash: ByteSet = {
        var set = ByteSet()
        set.invert()
        set.remove(slash)
        return set
    }()

    /// Nil when the pattern can match nothing: a set that is not closed, a backslash at the end.
    init?(_ pattern: ArraySlice<UInt8>) {
        guard let tokens = Self.parse(pattern) else { return nil }
        self.tokens = tokens
        let tail = tokens.first == .run ? tokens.dropFirst() : tokens[...]
        let bytes = tail.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
        let isLiteral = bytes.count == tail.count
        // Nothing but bytes after a `*`: only a slash among what it covers has to be looked for.
        literal = isLiteral ? (bytes, tail.count == tokens.count) : nil
    }

    static func == (left: Wildcard, right: Wildcard) -> Bool { left.tokens == right.tokens }
    func hash(into hasher: inout Hasher) { hasher.combine(tokens) }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard let literal else { return follow(text) }
        let covered = text.count - literal.tail.count
        guard literal.isWhole ? covered == 0 : covered >= 0, text.suffix(literal.tail.count).elementsEqual(literal.tail)
        else { return false }
        return !text.prefix(covered).contains(Self.slash)
    }

    private func follow(_ text: ArraySlice<UInt8>) -> Bool {
        var now = [Bool](repeating: false, count: tokens.count + 1)
        enter(0, &now)
        for byte in text {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for index in tokens.indices where now[index] {
                switch tokens[index] {
                case .byte(let wanted) where wanted == byte: enter(index + 1, &next)
                case .set(let set) where set.contains(byte): enter(index + 1, &next)
                case .run where byte != Self.slash: enter(index, &next)
                case .anything: enter(index, &next)
                case .byte, .set, .run, .fork: break
                }
            }
            now = next
        }
        return now[tokens.count]
    }

    /// Marks a place and all that are reached from it without a byte.
    private func enter(_ place: Int, _ places: inout [Bool]) {
        guard !places[place] else { return }
        places[place] = true
        guard place < tokens.count else { return }
        switch tokens[place] {
        case .run, .anything: enter(place + 1, &places)
        case .fork:
            enter(place + 1, &places)
            enter(place + 3, &places)
        case .byte, .set: break
        }
    }

    private static func parse(_ pattern: ArraySlice<UInt8>) -> [Token]? {
        var tokens: [Token] = []
        var rest = pattern
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                tokens.append(.byte(escaped))
            case UInt8(ascii: "?"): tokens.append(.set(notSlash))
            case UInt8(ascii: "["):
                guard let set = set(&rest) else { return nil }
                tokens.append(.set(set))
            case UInt8(ascii: "*"):
                let start = rest.startIndex - 1
                let stars = rest.prefix { $0 == UInt8(ascii: "*") }.count
                rest = rest.dropFirst(stars)
                let beginsComponent = start == pattern.startIndex || pattern[start - 1] == slash
                if stars > 0, beginsComponent, rest.isEmpty || rest.first == slash || rest.starts(with: [0x5C, slash]) {
                    if rest.first == slash { tokens.append(.fork) }
                    tokens.append(.anything)
                } else if tokens.last != .run {
                    tokens.append(.run)
                }
            default: tokens.append(.byte(byte))
            }
        }
        return tokens
    }

    /// The rest of `[…]`; nil when it is not closed or names a class that there is not.
    private static func set(_ rest: inout ArraySlice<UInt8>) -> ByteSet? {
        var set = ByteSet()
        let isInverted = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isInverted { rest.removeFirst() }
        var previous: UInt8?
        var isFirst = true
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !isFirst {
                if isInverted { set.invert() }
                set.remove(slash)
                return set
            }
            isFirst = false
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                set.insert(escaped)
                previous = escaped
            case UInt8(ascii: "-") where previous != nil && rest.first != nil && rest.first != UInt8(ascii: "]"):
                guard var end = rest.popFirst() else { return nil }
                if end == UInt8(ascii: "\\") {
                    guard let escaped = rest.popFirst() else { return nil }
                    end = escaped
                }
                if let start = previous, start <= end { set.insert(start...end) }
                previous = nil
            case UInt8(ascii: "[") where rest.first == UInt8(ascii: ":"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
                let name = rest[rest.startIndex + 1..<end]
                if name.last == UInt8(ascii: ":") {
                    guard let named = ByteSet.named(name.dropLast()) else { return nil }
                    set.formUnion(named)
                    rest = rest[(end + 1)...]
                    previous = nil
                } else {
                    // Not closed by `:]`: a set that happens to hold these bytes.
                    set.insert(byte)
                    previous = byte
                }
            default:
                set.insert(byte)
                previous = byte
            }
        }
        return nil
    }
}
