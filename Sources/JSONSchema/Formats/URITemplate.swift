/// RFC 6570, section 2: literals, and expressions in braces.
enum URITemplate {
    static func isValid(_ text: String) -> Bool {
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "{":
                guard let end = rest.firstIndex(of: "}"), isExpression(rest[..<end]) else { return false }
                rest = rest[rest.index(after: end)...]
            case "%":
                guard rest.count >= 2, rest.prefix(2).allSatisfy(\.isHexDigit) else { return false }
                rest = rest.dropFirst(2)
            default: guard isLiteral(scalar) else { return false }
            }
        }
        return true
    }

    private static func isLiteral(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x20 && scalar.value != 0x7F && !"\"'<>\\^`|}".unicodeScalars.contains(scalar)
    }

    private static func isExpression(_ text: Substring.UnicodeScalarView) -> Bool {
        var rest = text
        if let first = rest.first, "+#./;?&=,!@|".unicodeScalars.contains(first) { rest.removeFirst() }
        return rest.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isVariable)
    }

    /// A name, and `:` with a length up to 9999 or `*`.
    private static func isVariable(_ text: Substring.UnicodeScalarView) -> Bool {
        var name = text
        if name.last == "*" {
            name.removeLast()
        } else if let colon = name.firstIndex(of: ":") {
            let length = name[name.index(after: colon)...]
            guard (1...4).contains(length.count), length.allSatisfy(\.isDigit), length.first != "0" else {
                return false
            }
            name = name[..<colon]
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && isName($0) }
    }

    private static func isName(_ text: Substring.UnicodeScalarView) -> Bool {
        var rest = text
        while let scalar = rest.popFirst() {
            if scalar.isLetter || scalar.isDigit || scalar == "_" { continue }
            guard scalar == "%", rest.count >= 2, rest.prefix(2).allSatisfy(\.isHexDigit) else { return false }
            rest = rest.dropFirst(2)
        }
        return true
    }
}
