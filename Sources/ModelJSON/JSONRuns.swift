/// Finds where a run of one kind of byte ends, eight bytes at a time: nearly all of a JSON document is such runs.
extension [UInt8] {
    /// The first position from `start` on whose byte is no digit; the end when all are.
    func endOfDigits(from start: Int) -> Int {
        endOfRun(from: start) { word in
            // A digit becomes 0 to 9; adding 0x76 sets the high bit of anything more.
            let values = word ^ 0x3030_3030_3030_3030
            return values | (values &+ 0x7676_7676_7676_7676)
        }
    }

    /// Where the number at `start` ends when all of it is here and has no exponent, as nearly all are; nil for any other
    /// number, right or wrong.
    func endOfPlainNumber(from start: Int) -> Int? {
        let first = start < count && self[start] == UInt8(ascii: "-") ? start + 1 : start
        var end = endOfDigits(from: first)
        guard end < count, end > first, end == first + 1 || self[first] != UInt8(ascii: "0") else { return nil }
        if self[end] == UInt8(ascii: ".") {
            let point = end
            end = endOfDigits(from: point + 1)
            guard end < count, end > point + 1 else { return nil }
        }
        return self[end] | 0x20 == UInt8(ascii: "e") ? nil : end
    }

    /// The first position from `start` on whose byte does not stand for itself in a string: a quote, a backslash, a control
    /// character, or a byte beyond ASCII; the end when all do.
    func endOfPlainText(from start: Int) -> Int {
        endOfRun(from: start) { word in
            let ones: UInt64 = 0x0101_0101_0101_0101
            let quotes = word ^ 0x2222_2222_2222_2222
            let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            return word | (word &- 0x2020_2020_2020_2020) | (quotes &- ones) | (backslashes &- ones)
        }
    }

    /// `marks` sets the high bit of every byte that is not of the kind; it may set it wrongly above such a byte, as carries
    /// go there.
    @inline(__always)
    private func endOfRun(from start: Int, _ marks: (UInt64) -> UInt64) -> Int {
        let bytes = unsafe span.bytes
        var index = start
        while index <= count - 8 {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = marks(UInt64(littleEndian: word)) & 0x8080_8080_8080_8080
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, marks(UInt64(self[index])) & 0x80 == 0 { index += 1 }
        return index
    }
}
