import ModelJSON

/// Plain values as Python prints them: `{0: 'person', 1: "dog's"}`, lists, tuples, numbers, True, False and None.
struct PythonValue {
    private static let deepest = 16
    private static let mostBytes = 1 << 20

    private var rest: ArraySlice<UInt8>

    /// The value; nil for a text that is no such value. Keys become texts.
    static func parse(_ text: String) -> JSONValue? {
        guard text.utf8.count <= mostBytes else { return nil }
        var parser = PythonValue(rest: Array(text.utf8)[...])
        guard let value = parser.value(depth: 0) else { return nil }
        parser.skipBlanks()
        return parser.rest.isEmpty ? value : nil
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) } }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func value(depth: Int) -> JSONValue? {
        guard depth < Self.deepest else { return nil }
        skipBlanks()
        switch rest.first {
        case UInt8(ascii: "{"): return dictionary(depth: depth)
        case UInt8(ascii: "["): return list(UInt8(ascii: "["), UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "("): return list(UInt8(ascii: "("), UInt8(ascii: ")"), depth: depth)
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return text().map(JSONValue.string)
        default: return word()
        }
    }

    private mutating func dictionary(depth: Int) -> JSONValue? {
        rest.removeFirst()
        var members: [(String, JSONValue)] = []
        while !take(UInt8(ascii: "}")) {
            guard let key = value(depth: depth + 1), let name = key.string ?? key.number?.text,
                take(UInt8(ascii: ":")), let value = value(depth: depth + 1)
            else { return nil }
            members.append((name, value))
            guard take(UInt8(ascii: ",")) else {
                guard take(UInt8(ascii: "}")) else { return nil }
                break
            }
        }
        return .object(JSONObject(members))
    }

    private mutating func list(_ opening: UInt8, _ closing: UInt8, depth: Int) -> JSONValue? {
        guard take(opening) else { return nil }
        var elements: [JSONValue] = []
        while !take(closing) {
            guard let element = value(depth: depth + 1) else { return nil }
            elements.append(element)
            guard take(UInt8(ascii: ",")) else {
                guard take(closing) else { return nil }
                break
            }
        }
        return .array(elements)
    }

    private mutating func text() -> String? {
        guard let quote = rest.popFirst() else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "x"): guard escaped(2, &bytes) else { return nil }
            case UInt8(ascii: "u"): guard escaped(4, &bytes) else { return nil }
            case let byte? where "'\"\\".utf8.contains(byte): bytes.append(byte)
            default: return nil
            }
        }
        return nil
    }

    private mutating func escaped(_ digits: Int, _ bytes: inout [UInt8]) -> Bool {
        guard let code = UInt32(String(decoding: rest.prefix(digits), as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(code)
        else { return false }
        rest = rest.dropFirst(digits)
        bytes += Array(String(scalar).utf8)
        return true
    }

    private mutating func word() -> JSONValue? {
        let word = rest.prefix { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "+-._".utf8.contains(byte)
        }
        rest = rest.dropFirst(word.count)
        switch String(decoding: word.prefix(64), as: UTF8.self) {
        case "True": return true
        case "False": return false
        case "None": return .null
        case let text: return PlainText.number(text)
        }
    }
}
