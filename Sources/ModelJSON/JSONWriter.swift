extension JSONValue {
    /// The document as text, without a line break at its end.
    ///
    /// Compact: no white space at all. Pretty: two spaces a level, a member or element a line; but what is flat stays on
    /// one line where it fits in 100 columns. Flat are an array of scalars, and an object that is an element of an array
    /// and holds only scalars and arrays of scalars. Empty containers count as scalars.
    ///
    /// Control characters, DEL, C1, U+2028, U+2029 and the bidirectional controls are escaped, so that printing the
    /// text on a terminal does nothing else; all other characters stand as they are. Numbers keep their text; one that
    /// is not finite is written as a string.
    public func write(pretty: Bool) -> String {
        String(decoding: bytes(pretty: pretty), as: UTF8.self)
    }

    /// As `write(pretty:)`, in UTF-8.
    public func bytes(pretty: Bool) -> [UInt8] {
        var writer = JSONWriter()
        if pretty {
            writer.lines(self, indent: 0, inArray: false)
        } else {
            writer.line(self, style: .compact)
        }
        return writer.output
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact form.
    public var description: String { write(pretty: false) }
}

/// Collects the text of a JSON document.
struct JSONWriter {
    /// How a container is written on one line.
    struct Style {
        let comma, colon, openBrace, closeBrace: String
        static let compact = Style(comma: ",", colon: ":", openBrace: "{", closeBrace: "}")
        static let spaced = Style(comma: ", ", colon: ": ", openBrace: "{ ", closeBrace: " }")
    }

    static let columns = 100

    var output: [UInt8] = []
    private var lineStart = 0

    /// Writes `value` over as many lines as it needs.
    mutating func lines(_ value: JSONValue, indent: Int, inArray: Bool) {
        if isFlat(value, inArray: inArray), fits(value) { return }
        switch value {
        case .array(let elements) where !elements.isEmpty:
            put("[")
            for (position, element) in elements.enumerated() {
                newLine(indent + 1, after: position > 0 ? "," : "")
                lines(element, indent: indent + 1, inArray: true)
            }
            newLine(indent)
            put("]")
        case .object(let members) where !members.isEmpty:
            put("{")
            for (position, member) in members.enumerated() {
                newLine(indent + 1, after: position > 0 ? "," : "")
                string(member.key)
                put(": ")
                lines(member.value, indent: indent + 1, inArray: false)
            }
            newLine(indent)
            put("}")
        default: line(value, style: .spaced)
        }
    }

    /// Writes `value` on one line.
    mutating func line(_ value: JSONValue, style: Style) {
        switch value {
        case .null: put("null")
        case .bool(let value): put(value ? "true" : "false")
        case .number(let number): number.isFinite ? put(number.text) : string(number.text)
        case .string(let text): string(text)
        case .array(let elements):
            put("[")
            for (position, element) in elements.enumerated() {
                if position > 0 { put(style.comma) }
                line(element, style: style)
            }
            put("]")
        case .object(let members) where members.isEmpty: put("{}")
        case .object(let members):
            put(style.openBrace)
            for (position, member) in members.enumerated() {
                if position > 0 { put(style.comma) }
                string(member.key)
                put(style.colon)
                line(member.value, style: style)
            }
            put(style.closeBrace)
        }
    }

    /// Whether the rule allows one line. A container with too many members to fit is not looked into.
    private func isFlat(_ value: JSONValue, inArray: Bool) -> Bool {
        let most = Self.columns / ", 0".utf8.count
        return switch value {
        case .array(let elements): elements.count <= most && elements.allSatisfy(\.isScalar)
        case .object(let members):
            inArray && members.count <= most && members.allSatisfy { isFlat($0.value, inArray: false) }
        default: true
        }
    }

    /// Writes `value` on the current line, or nothing, and false, when that and a comma need more than `columns`.
    private mutating func fits(_ value: JSONValue) -> Bool {
        let start = output.count
        line(value, style: .spaced)
        let width = output[lineStart...].count { !UTF8.isContinuation($0) } + 1
        if width <= Self.columns { return true }
        output.removeSubrange(start...)
        return false
    }

    private mutating func newLine(_ indent: Int, after comma: String = "") {
        put(comma)
        put("\n")
        lineStart = output.count
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }

    mutating func string(_ text: String) {
        put("\"")
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            put(text)
        } else {
            escaped(text)
        }
        put("\"")
    }

    private mutating func escaped(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": put("\\\"")
            case "\\": put("\\\\")
            case "\n": put("\\n")
            case "\r": put("\\r")
            case "\t": put("\\t")
            case _ where Self.isEscaped(scalar):
                for unit in UTF16.encode(scalar) ?? .init() {
                    let digits = String(unit, radix: 16)
                    put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
                }
            case _ where scalar.isASCII: output.append(UInt8(scalar.value))
            default: output.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// What must not reach a terminal, beside what JSON itself forbids: what moves the cursor, turns the line round, or is
    /// there and cannot be seen.
    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F...0x9F: true
        case 0x2028, 0x2029: true
        case 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }

    mutating func put(_ text: String) {
        output.append(contentsOf: text.utf8)
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        }
    }
}
