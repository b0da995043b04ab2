/// Replaces the escapes of a JSON string (RFC 8259 section 7), which the grammar has checked.
enum JSONEscapes {
    /// The text; nil when a surrogate stands alone and `dialect` does not take it.
    static func resolve(_ raw: Span<UInt8>, _ dialect: JSONDialect) -> String? {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var position = 0
        while position < raw.count {
            guard raw[position] == UInt8(ascii: "\\") else {
                text.append(raw[position])
                position += 1
                continue
            }
            let escape = raw[position + 1]
            position += 2
            switch escape {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"):
                if let scalar = scalar(raw, &position) {
                    text.append(contentsOf: String(scalar).utf8)
                } else if dialect.contains(.loneSurrogates) {
                    text.append(contentsOf: "\u{FFFD}".utf8)
                } else {
                    return nil
                }
            default: text.append(escape)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The scalar whose digits are at `position`, with the second half of its pair; nil for a surrogate that stands alone.
    private static func scalar(_ raw: Span<UInt8>, _ position: inout Int) -> Unicode.Scalar? {
        let unit = codeUnit(raw, &position)
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
        var ahead = position + 2
        guard ahead < raw.count, raw[position] == UInt8(ascii: "\\"), raw[position + 1] == UInt8(ascii: "u") else {
            return nil
        }
        let second = codeUnit(raw, &ahead)
        guard UTF16.isTrailSurrogate(second) else { return nil }
        position = ahead
        return Unicode.Scalar(0x1_0000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    }

    private static func codeUnit(_ raw: Span<UInt8>, _ position: inout Int) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            unit = unit << 4 | UInt16(hexadecimal(raw[position]) ?? 0)
            position += 1
        }
        return unit
    }

    /// The value of a hexadecimal digit; nil for any other byte.
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
