/// The dictionary at the head of a `.npy` file, which numpy reads as a literal of Python (`ast.literal_eval`): texts in either
/// quotes, whole numbers, tuples, lists and dictionaries, of which the last of two equal keys counts.
struct NumPyHeader {
    indirect enum Value: Equatable {
        case text(String)
        case number(Int)
        case word(String)
        case list([Value])
        case dictionary([String: Value])
    }

    private var rest: Substring.UTF8View

    /// nil for what is no such dictionary, or writes it in a way that nobody's writer does.
    static func dictionary(_ text: String) -> [String: Value]? {
        var reader = NumPyHeader(rest: text[...].utf8)
        guard case .dictionary(let members)? = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.rest.isEmpty ? members : nil
    }

    /// Whether elements of the type that `descr` says are plain: numbers, texts, bytes, times, and records of these. What is
    /// not known to be plain may hold Python objects (`numpy.dtype` takes `O`, `object`, `f8,O` and more).
    static func isPlain(_ descr: Value, depth: Int = 0) -> Bool {
        guard depth < 16 else { return false }
        switch descr {
        case .text(let text): return isPlain(text)
        case .list(let parts):
            // A subarray, `('<f8', (3,))`.
            if parts.count == 2, case .text(let text) = parts[0], case .list(let sizes) = parts[1],
                sizes.allSatisfy({ if case .number = $0 { true } else { false } })
            {
                return isPlain(text)
            }
            return !parts.isEmpty
                && parts.allSatisfy { field in
                    guard case .list(let parts) = field, parts.count == 2 || parts.count == 3 else { return false }
                    return isPlain(parts[1], depth: depth + 1)
                }
        default: return false
        }
    }

    /// `<f8`, `|S3`, `i4`, `<M8[ns]`, and the words of numpy's numbers.
    private static func isPlain(_ text: String) -> Bool {
        if words.contains(text) { return true }
        var rest = text[...]
        if let order = rest.first, "<>|=".contains(order) { rest.removeFirst() }
        guard let kind = rest.popFirst(), "?biufcSUVMm".contains(kind) else { return false }
        rest = rest.drop { $0.isASCII && $0.isNumber }
        guard !rest.isEmpty else { return true }
        guard "Mm".contains(kind), rest.first == "[", rest.last == "]" else { return false }
        return rest.dropFirst().dropLast().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "/") }
    }

    private static let words: Set<String> = [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32",
        "float64",
        "complex64", "complex128",
    ]

    // MARK: - Literals

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func value(depth: Int) -> Value? {
        guard depth < 32 else { return nil }
        skipSpace()
        switch rest.first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return text().map(Value.text)
        case UInt8(ascii: "{"): return dictionary(depth: depth)
        case UInt8(ascii: "("): return sequence(")", depth: depth)
        case UInt8(ascii: "["): return sequence("]", depth: depth)
        default:
            let word = rest.prefix { $0 == 0x2B || $0 == 0x2D || $0 == 0x5F || $0 >= 0x80 || Self.isLetterOrDigit($0) }
            rest = rest[word.endIndex...]
            guard !word.isEmpty else { return nil }
            let text = String(Substring(word))
            // Python 2 wrote `3L`.
            if let number = Int(text.hasSuffix("L") ? String(text.dropLast()) : text) { return .number(number) }
            return ["True", "False", "None"].contains(text) ? .word(text) : nil
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Up to the same quote; of escapes nothing is read.
    private mutating func text() -> String? {
        guard let quote = rest.popFirst() else { return nil }
        let body = rest.prefix { $0 != quote && $0 != UInt8(ascii: "\\") }
        guard body.endIndex < rest.endIndex, rest[body.endIndex] == quote else { return nil }
        rest = rest[rest.index(after: body.endIndex)...]
        return String(Substring(body))
    }

    private mutating func sequence(_ end: Unicode.Scalar, depth: Int) -> Value? {
        rest.removeFirst()
        var values: [Value] = []
        while !take(end) {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
            guard take(",") else {
                guard take(end) else { return nil }
                // Brackets around one value make no tuple.
                return end == ")" && values.count == 1 ? values[0] : .list(values)
            }
        }
        return .list(values)
    }

    private mutating func dictionary(depth: Int) -> Value? {
        rest.removeFirst()
        var members: [String: Value] = [:]
        while !take("}") {
            guard case .text(let key)? = value(depth: depth + 1), take(":"), let value = value(depth: depth + 1) else {
                return nil
            }
            members[key] = value
            guard take(",") else { return take("}") ? .dictionary(members) : nil }
        }
        return .dictionary(members)
    }
}
