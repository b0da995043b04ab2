/// How a whole file is compressed, told from its first bytes.
package enum Compression: String, CaseIterable, Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 1950.
    case zlib
    case bzip2
    /// The container of xz-utils, doc/xz-file-format.txt.
    case xz
    /// What came before it, "LZMA alone", doc/lzma-file-format.txt.
    case lzma
    /// The frame format, doc/lz4_Frame_format.md.
    case lz4
    /// RFC 8878.
    case zstd
    /// joblib before 0.10: `ZF`, the length in hexadecimal, and a zlib stream (joblib/numpy_pickle_compat.py).
    case zfile = "ZF"

    /// What `head`, 32 bytes or more of the beginning, says; nil for anything else.
    package init?(head: [UInt8]) {
        if head.starts(with: [0x1F, 0x8B, 0x08]) {
            self = .gzip
        } else if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) {
            self = .lz4
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if Self.beginsBzip2(head) {
            self = .bzip2
        } else if Self.beginsZFile(head) {
            self = .zfile
        } else if Self.beginsZlib(head) {
            self = .zlib
        } else if Self.beginsLZMA(head) {
            self = .lzma
        } else {
            return nil
        }
    }

    /// How many bytes of `head` stand before the stream itself.
    func headerCount(_ head: [UInt8]) -> Int {
        guard self == .zfile else { return 0 }
        // Written by Python 2, joblib up to 0.8.4 pads by one more; a zlib stream never begins with a space.
        let count = 2 + Self.zfileLengthCount
        return head.count > count && head[count] == UInt8(ascii: " ") ? count + 1 : count
    }

    /// `len(hex(2**64))`
    private static let zfileLengthCount = 19

    /// `BZh`, the size of a block, and the mark of a block or of the end.
    private static func beginsBzip2(_ head: [UInt8]) -> Bool {
        guard head.count >= 10, head.starts(with: Array("BZh".utf8)), (0x31...0x39).contains(head[3]) else {
            return false
        }
        let mark = head[4..<10]
        return mark.elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
            || mark.elementsEqual([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
    }

    /// Method 8 with a window of 32 KiB, which every writer uses, and a header whose check bits agree (RFC 1950, 2.2).
    private static func beginsZlib(_ head: [UInt8]) -> Bool {
        head.count >= 6 && head[0] == 0x78 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0 && head[1] & 0x20 == 0
    }

    /// Properties of lc=3, lp=0, pb=2, a dictionary of 2^n or 2^n + 2^(n-1) bytes, and a size that is unknown or below
    /// 256 GiB: what liblzma itself asks for.
    private static func beginsLZMA(_ head: [UInt8]) -> Bool {
        guard head.count >= 14, head[0] == 0x5D else { return false }
        let dictionary = head[1..<5].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let size = head[5..<13].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard dictionary >= 4_096, size == .max || (size > 0 && size < 1 << 38), head[13] == 0 else { return false }
        return dictionary.nonzeroBitCount == 1
            || (dictionary.nonzeroBitCount == 2 && dictionary & dictionary >> 1 != 0)
    }

    private static func beginsZFile(_ head: [UInt8]) -> Bool {
        let start = 2 + zfileLengthCount
        guard head.count > start + 2, head.starts(with: Array("ZF0x".utf8)) else { return false }
        let digits = head[4..<start].prefix {
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
        }
        let padding = head[digits.endIndex..<start].drop { $0 == UInt8(ascii: "L") }
        guard !digits.isEmpty, padding.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return false }
        return head[start] == 0x78 || (head[start] == UInt8(ascii: " ") && head[start + 1] == 0x78)
    }
}
