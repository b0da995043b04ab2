public import ModelBytes

extension ProtobufMessage {
    /// The bytes of a message that is written in protobuf's text format. What our .proto does not have is skipped.
    public static func bytes(
        ofText source: ByteSource, as type: ProtobufType, words: ProtobufWords, limits: Limits
    ) throws(InspectionError) -> ByteSource {
        var reader = ProtobufText(source, words: words, limits: limits)
        try reader.fields(type, until: nil)
        return reader.builder.source
    }
}

/// protobuf.dev/reference/protobuf/textformat-spec: `name: value`, `name { … }`, `name: [ … ]`, separated by nothing,
/// commas or semicolons.
private struct ProtobufText: ~Copyable {
    private let words: ProtobufWords
    private let limits: Limits
    private var tokens: TextTokens
    var builder: ProtobufBuilder

    init(_ source: ByteSource, words: ProtobufWords, limits: Limits) {
        self.words = words
        self.limits = limits
        tokens = TextTokens(source, escapes: .c, limits: limits)
        builder = ProtobufBuilder(limits: limits)
    }

    /// The fields of a message up to its closing bracket, or to the end of the text.
    mutating func fields(_ type: ProtobufType, until closing: Unicode.Scalar?) throws(InspectionError) {
        while true {
            if let closing {
                if try tokens.take(closing) { return }
            } else if try tokens.peek() == nil {
                return
            }
            let name = try tokens.expectWord()
            let listed = words.lists[name].map { ProtobufSchemaField(number: $0, kind: .integer) }
            if let field = type.field(named: name) ?? listed {
                try values(field)
            } else {
                try skipValues()
            }
            if try !tokens.take(",") { _ = try tokens.take(";") }
        }
    }

    private mutating func values(_ field: ProtobufSchemaField) throws(InspectionError) {
        _ = try tokens.take(":")
        guard try tokens.take("[") else { return try value(field) }
        while try !tokens.take("]") {
            try value(field)
            _ = try tokens.take(",")
        }
    }

    private mutating func value(_ field: ProtobufSchemaField) throws(InspectionError) {
        switch field.kind {
        case .message(let type):
            let closing = try openingBracket()
            try builder.begin(field.number)
            try fields(type, until: closing)
            builder.end()
        case .text, .bytes:
            guard var text = try tokens.quoted() else { throw try tokens.unexpected("a text in quotes") }
            // Texts that follow each other are one.
            while let more = try tokens.quoted() {
                if text.count + more.count <= limits.protobufTextBytes.value { text += more }
            }
            try builder.bytes(field.number, text)
        case .bool:
            let word = try scalar()
            try builder.int(field.number, ["true", "True", "t", "1"].contains(word) ? 1 : 0)
        case .integer:
            let word = try scalar()
            if let value = Self.integer(word) ?? words.values[word] { try builder.int(field.number, value) }
        case .float:
            try builder.fixed32(field.number, Float(Self.double(try scalar())).bitPattern)
        case .double:
            try builder.fixed64(field.number, Self.double(try scalar()).bitPattern)
        }
    }

    private mutating func openingBracket() throws(InspectionError) -> Unicode.Scalar {
        if try tokens.take("<") { return ">" }
        try tokens.expect("{")
        return "}"
    }

    private mutating func scalar() throws(InspectionError) -> String {
        if let number = try tokens.number() { return number }
        return try tokens.expectWord()
    }

    /// Passes the values of a field that is not known, whatever they are.
    private mutating func skipValues() throws(InspectionError) {
        var closing: [Unicode.Scalar] = []
        _ = try tokens.take(":")
        repeat {
            if let innermost = closing.last, try tokens.take(innermost) {
                closing.removeLast()
            } else if try tokens.take("{") {
                closing.append("}")
            } else if try tokens.take("<") {
                closing.append(">")
            } else if try tokens.take("[") {
                closing.append("]")
            } else if try tokens.skipScalar() {
                while try tokens.peek() == UInt8(ascii: "\""), try tokens.quoted() != nil {}
            } else {
                guard !closing.isEmpty, try takeMark() else { throw try tokens.unexpected("a value") }
            }
            try limits.protobufDepth.check(closing.count + 1, offset: tokens.offset)
        } while !closing.isEmpty
    }

    private mutating func takeMark() throws(InspectionError) -> Bool {
        for mark: Unicode.Scalar in [":", ",", ";"] where try tokens.take(mark) { return true }
        return false
    }

    /// Decimal, hexadecimal or octal.
    private static func integer(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text[...]
        let magnitude: Int? =
            if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
                Int(digits.dropFirst(2), radix: 16)
            } else if digits.count > 1, digits.hasPrefix("0") {
                Int(digits, radix: 8)
            } else {
                Int(digits)
            }
        return magnitude.map { isNegative ? -$0 : $0 }
    }

    private static func double(_ text: String) -> Double {
        Double(text.hasSuffix("f") && !text.hasSuffix("inf") ? String(text.dropLast()) : text) ?? .nan
    }
}
