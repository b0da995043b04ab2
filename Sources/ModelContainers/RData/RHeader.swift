import ModelBytes

/// What stands before the value in R's serialization (R, src/main/serialize.c, `R_Unserialize`).
package struct RHeader: Hashable, Sendable {
    package enum Encoding: String, Sendable {
        /// Big-endian, `X`.
        case xdr = "XDR"
        /// Words of text, `A`.
        case ascii = "ASCII"
        /// As the writing machine has it, `B`.
        case native
    }

    /// Whether `save` wrote it, which puts `RDX3` or the like before it; `saveRDS` does not.
    package var isWorkspace: Bool
    package var encoding: Encoding
    /// Of a native one: the least significant byte comes first.
    package var isLittleEndian = false
    /// 2 or 3.
    package var version = 0
    /// The R that wrote it, as `4.2.2`.
    package var writer = ""
    /// The oldest R that reads it.
    package var reader = ""
    /// What texts without a mark are in; version 3 says it.
    package var textEncoding: String?

    /// Reads the first bytes of a file: nil when they are not R's.
    package init?(_ head: [UInt8]) {
        var start = 0
        isWorkspace = false
        if head.count > 5, head[0] == UInt8(ascii: "R"), head[1] == UInt8(ascii: "D"), head[4] == 0x0A {
            guard [UInt8(ascii: "2"), UInt8(ascii: "3")].contains(head[3]), "XAB".utf8.contains(head[2]) else {
                return nil
            }
            isWorkspace = true
            start = 5
        }
        guard head.count >= start + 14, head[start + 1] == 0x0A else { return nil }
        let rest = head[(start + 2)...]
        switch head[start] {
        case UInt8(ascii: "X"): encoding = .xdr
        case UInt8(ascii: "A"): encoding = .ascii
        case UInt8(ascii: "B"): encoding = .native
        default: return nil
        }
        guard let numbers = Self.numbers(rest, encoding, &isLittleEndian), (2...3).contains(numbers[0]),
            let writer = Self.version(numbers[1]), let reader = Self.version(numbers[2])
        else { return nil }
        version = numbers[0]
        self.writer = writer
        self.reader = reader
    }

    /// Bytes before `X`, `A` or `B`.
    var start: Int { isWorkspace ? 5 : 0 }

    /// Version of the format, of the writer, of the oldest reader.
    private static func numbers(
        _ bytes: ArraySlice<UInt8>, _ encoding: Encoding, _ isLittleEndian: inout Bool
    ) -> [Int]? {
        if encoding == .ascii {
            let words = bytes.prefix(64).split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false).prefix(
                3)
            let numbers = words.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            return numbers.count == 3 ? numbers : nil
        }
        guard bytes.count >= 12 else { return nil }
        let first = Array(bytes.prefix(12))
        isLittleEndian = encoding == .native && first[3] == 0
        return [0, 4, 8].map { place in
            let four = first[place..<place + 4]
            return (isLittleEndian ? Array(four.reversed()) : Array(four)).reduce(0) { $0 << 8 | Int($1) }
        }
    }

    /// `R_Version(v, p, s)`: a byte each.
    private static func version(_ number: Int) -> String? {
        let parts = [number >> 16, number >> 8 & 0xFF, number & 0xFF]
        guard (1...99).contains(parts[0]), number > 0 else { return nil }
        return parts.map(String.init).joined(separator: ".")
    }
}
