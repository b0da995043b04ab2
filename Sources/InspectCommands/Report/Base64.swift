/// Bytes as text (RFC 4648 section 4).
enum Base64 {
    static func text(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let second = start + 1 < bytes.count ? UInt32(bytes[start + 1]) : 0
            let third = start + 2 < bytes.count ? UInt32(bytes[start + 2]) : 0
            let bits = UInt32(bytes[start]) << 16 | second << 8 | third
            let known = min(3, bytes.count - start) + 1
            for index in 0..<4 {
                text.append(index < known ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
