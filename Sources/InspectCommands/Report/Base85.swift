/// Bytes as text, five characters for four bytes, where Base64 takes four for three: a page of many models is a fifteenth
/// smaller by it. The digits are the ASCII characters from `(` on, with `}` in place of `<`, so that no text closes the
/// element that it stands in. What is left over of four bytes takes one character more than it has bytes, as in Ascii85.
enum Base85 {
    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 3) / 4 * 5)
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let known = min(4, bytes.count - start)
            var number: UInt32 = 0
            for index in 0..<4 { number = number << 8 | (index < known ? UInt32(bytes[start + index]) : 0) }
            var power: UInt32 = 85 * 85 * 85 * 85
            for _ in 0...known {
                let digit = UInt8(ascii: "(") + UInt8(number / power)
                text.append(digit == UInt8(ascii: "<") ? UInt8(ascii: "}") : digit)
                number %= power
                power /= 85
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
