/// Bytes of lines that wait to be written: a hundred thousand cells make no text of their own.
struct LineBytes {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe bytes.append(contentsOf: $0) }
    }

    /// In decimal digits, if asked for in groups of three.
    mutating func append(decimal number: Int, grouped: Bool = false) {
        if number >= 0, number < 10 { return bytes.append(Self.zero + UInt8(number)) }
        var digits = InlineArray<27, UInt8>(repeating: 0)
        var start = Self.longest
        var left = number.magnitude
        var count = 0
        repeat {
            if grouped, count > 0, count % 3 == 0 {
                start -= 1
                digits[start] = UInt8(ascii: ",")
            }
            start -= 1
            digits[start] = Self.zero + UInt8(left % 10)
            left /= 10
            count += 1
        } while left > 0
        if number < 0 {
            start -= 1
            digits[start] = UInt8(ascii: "-")
        }
        for index in start..<Self.longest { bytes.append(digits[index]) }
    }

    mutating func pad(_ count: Int) {
        var left = count
        while left > 0 {
            let part = min(left, Self.spaces.count)
            bytes.append(contentsOf: Self.spaces[..<part])
            left -= part
        }
    }

    /// How many bytes a number takes in groups of three.
    static func width(ofGrouped number: Int) -> Int {
        var digits = 1
        var left = number.magnitude
        while left >= 10 {
            left /= 10
            digits += 1
        }
        return digits + (digits - 1) / 3 + (number < 0 ? 1 : 0)
    }

    func allSatisfy(from start: Int, _ isFine: (UInt8) -> Bool) -> Bool {
        for index in start..<bytes.count where !isFine(bytes[index]) { return false }
        return true
    }

    func text(from start: Int) -> String { String(decoding: bytes[start...], as: UTF8.self) }

    mutating func cut(to count: Int) { bytes.removeLast(bytes.count - count) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    private static let zero = UInt8(ascii: "0")
    /// Digits of 64 bits in groups of three, and a sign.
    private static let longest = 27
    private static let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 64)
}
