public import ModelBytes
import ModelJSON

extension ProtobufMessage {
    /// The bytes of a message that is written in protobuf's JSON, keys as in the .proto or in camelCase. What our .proto
    /// does not have is skipped.
    public static func bytes(
        ofJSON source: ByteSource, as type: ProtobufType, words: ProtobufWords, limits: Limits
    ) throws(InspectionError) -> ByteSource {
        var reader = ProtobufJSON(words: words, builder: ProtobufBuilder(limits: limits))
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        try reader.message(&scanner, type)
        try scanner.end()
        return reader.builder.source
    }
}

/// protobuf.dev/programming-guides/json: integers of 64 bits are strings, bytes are base64, enumerations are words.
private struct ProtobufJSON {
    let words: ProtobufWords
    var builder: ProtobufBuilder

    mutating func message(_ scanner: inout JSONScanner, _ type: ProtobufType) throws(InspectionError) {
        try scanner.object { key, scanner in
            if let field = type.field(named: key.text) {
                try values(&scanner, field)
            } else if let number = words.lists[key.text] {
                try values(&scanner, ProtobufSchemaField(number: number, kind: .integer))
            }
        }
    }

    /// A value, or a list of them for a repeated field; null is none.
    private mutating func values(_ scanner: inout JSONScanner, _ field: ProtobufSchemaField) throws(InspectionError) {
        switch try scanner.kind() {
        case .null: break
        case .array: try scanner.array { scanner in try value(&scanner, field) }
        default: try value(&scanner, field)
        }
    }

    private mutating func value(_ scanner: inout JSONScanner, _ field: ProtobufSchemaField) throws(InspectionError) {
        switch field.kind {
        case .message(let type):
            try builder.begin(field.number)
            try message(&scanner, type)
            builder.end()
        case .text:
            try builder.text(field.number, try scanner.string())
        case .bytes:
            let offset = scanner.offset
            guard let bytes = Base64.decode(try scanner.string()) else {
                throw InspectionError(.malformed, "expected base64", offset: offset)
            }
            try builder.bytes(field.number, bytes)
        case .bool:
            try builder.int(field.number, try scanner.bool() ? 1 : 0)
        case .integer:
            if let value = try integer(&scanner) { try builder.int(field.number, value) }
        case .float:
            try builder.fixed32(field.number, Float(try double(&scanner)).bitPattern)
        case .double:
            try builder.fixed64(field.number, try double(&scanner).bitPattern)
        }
    }

    /// A number, a number in quotes, or the word of an enumeration; nil for a word that is not known.
    private func integer(_ scanner: inout JSONScanner) throws(InspectionError) -> Int? {
        guard try scanner.kind() == .string else { return try scanner.int() }
        let text = try scanner.string()
        return Int(text) ?? words.values[text]
    }

    private func double(_ scanner: inout JSONScanner) throws(InspectionError) -> Double {
        guard try scanner.kind() == .string else { return try scanner.double() }
        return Double(try scanner.string()) ?? .nan
    }
}

/// RFC 4648, with or without padding, in both alphabets, as protobuf's JSON readers take it.
public enum Base64 {
    /// nil when `text` has anything else.
    public static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 where character != UInt8(ascii: "=") {
            guard let digit = digit(character) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
