import ModelBytes

/// One 512-byte header of a tar archive: POSIX ustar, its GNU variant, or the older one without a magic
/// (POSIX.1-1988 to pax, IEEE 1003.1 "pax interchange format"; GNU tar manual, "Basic Tar Format").
struct TarHeader {
    enum Kind: Equatable {
        case member(TarArchive.Entry.Kind)
        /// Names the member that follows, when the name is too long for its header (GNU `L`).
        case longName
        /// Replaces fields of the member that follows (pax `x`).
        case extended
        /// A GNU long link target, or a pax header for the whole archive: nothing in them is used here.
        case ignored
        case sparse
    }

    static let byteCount = 512

    let kind: Kind
    let name: [UInt8]
    /// The size field, in bytes; links, devices and directories have no content whatever it says.
    let size: Int

    /// Nil when the block is no header: its checksum does not hold, or its size is no number.
    init?(_ block: [UInt8]) {
        guard block.count == Self.byteCount, Self.hasChecksum(block), let size = Self.number(block[124..<136]) else {
            return nil
        }
        kind =
            switch block[156] {
            case UInt8(ascii: "1"), UInt8(ascii: "2"): .member(.link)
            case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): .member(.device)
            case UInt8(ascii: "5"): .member(.directory)
            case UInt8(ascii: "L"): .longName
            case UInt8(ascii: "x"): .extended
            case UInt8(ascii: "K"), UInt8(ascii: "g"): .ignored
            case UInt8(ascii: "S"): .sparse
            // POSIX wants types that are not known to be taken for regular files.
            default: .member(.file)
            }
        self.size = size
        // Only POSIX has a prefix; GNU keeps times there.
        let prefix = block[257..<263] == [0x75, 0x73, 0x74, 0x61, 0x72, 0] ? Self.text(block[345..<500]) : []
        name = (prefix.isEmpty ? [] : prefix + [0x2F]) + Self.text(block[..<100])
    }

    /// The sum of all bytes, those of the checksum itself counted as spaces. Old writers summed signed bytes.
    private static func hasChecksum(_ block: [UInt8]) -> Bool {
        guard let stated = number(block[148..<156]) else { return false }
        var sum = 0
        var signed = 0
        for (index, byte) in block.enumerated() {
            let counted = (148..<156).contains(index) ? 0x20 : byte
            sum += Int(counted)
            signed += Int(Int8(bitPattern: counted))
        }
        return stated == sum || stated == signed
    }

    /// Octal digits between spaces and NULs, or, as GNU writes what is too large for them, base 256 after a byte 0x80.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        var value = 0
        if field.first == 0x80 {
            for byte in field.dropFirst() {
                guard value <= Int.max >> 8 else { return nil }
                value = value << 8 | Int(byte)
            }
            return value
        }
        let digits = field.drop { $0 == 0x20 || $0 == 0 }.prefix { $0 != 0x20 && $0 != 0 }
        for digit in digits {
            guard (0x30...0x37).contains(digit) else { return nil }
            value = value << 3 | Int(digit - 0x30)
        }
        return value
    }

    private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }
}
