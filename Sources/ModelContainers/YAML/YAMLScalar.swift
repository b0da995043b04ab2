import ModelJSON

/// What a scalar of YAML stands for, by the core schema of YAML 1.2 (section 10.3.2) as far as JSON can keep it.
///
/// YAML 1.1 differs in words that either reader may have meant as text (`yes`, `010`, `1_000`, dates): they stay text.
enum YAMLScalar {
    static func value(_ text: String, tag: String?, isPlain: Bool) throws(YAMLRefusal) -> JSONValue {
        switch tag {
        case nil, "?": return isPlain ? plain(text) : .string(text)
        case "!", "tag:yaml.org,2002:str": return .string(text)
        case "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float":
            return plain(text)
        case let tag?: throw YAMLTag.refused(tag)
        }
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: number(text).map(JSONValue.number) ?? .string(text)
        }
    }

    /// The text itself when JSON has the same number, else its nearest spelling.
    private static func number(_ text: String) -> JSONNumber? {
        guard let first = text.utf8.first, first == 0x2B || first == 0x2D || first == 0x2E || (48...57).contains(first),
            text.utf8.contains(where: { (48...57).contains($0) })
        else { return nil }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
            return UInt64(digits, radix: radix).map { JSONNumber($0) }
        }
        if isJSON(text) { return JSONNumber(checked: text) }
        // `+1`, `.5` and `5.` are numbers of YAML alone.
        var spelt = text.hasPrefix("+") ? String(text.dropFirst()) : text
        if spelt.hasPrefix(".") { spelt = "0" + spelt }
        if spelt.hasPrefix("-.") { spelt = "-0" + spelt.dropFirst() }
        if spelt.hasSuffix(".") { spelt += "0" }
        return isJSON(spelt) ? JSONNumber(checked: spelt) : nil
    }

    /// RFC 8259 section 6.
    private static func isJSON(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        func takeDigits() -> Int {
            let digits = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(digits)
            return digits
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let isZero = rest.first == UInt8(ascii: "0")
        let whole = takeDigits()
        guard whole > 0, !isZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard takeDigits() > 0 else { return false }
        }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
