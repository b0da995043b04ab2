import ModelBytes

/// What is read of a central directory before libzip sees it: the names, and a skeleton with nothing in it that libzip
/// could stumble over.
///
/// libzip 1.7.3 keeps names in a hash table that chosen names turn into one list (65,000 of them: 9 seconds), copies
/// every extra field into a block of its own, turns NUL into a space, and refuses the whole archive for one name that
/// is not the UTF-8 its flag claims. In the skeleton a member's name is its number, and only what is needed to find
/// and inflate a member is left: sizes, CRC, offset, method and the zip64 field.
struct ZipDirectory {
    struct Member {
        let name: String
        /// Compression method, APPNOTE 4.4.5.
        let method: Int
        let isEncrypted: Bool
    }

    /// In the order of the directory.
    private(set) var members: [Member] = []
    /// A central directory (APPNOTE 4.3.12) with the same members in the same order.
    private(set) var skeleton: [UInt8] = []
    /// The lowest offset of a local header; nil when there is none below 4 GiB.
    private(set) var firstHeader: Int?

    static let headerByteCount = 46
    private static let isEncryptedFlag = 1
    private static let zip64Field = 1

    /// Reads the directory from `start` to the end of `source`, which must hold exactly `promised` members.
    init(in source: ByteSource, at start: Int, promised: Int, limits: Limits) throws(InspectionError) {
        var cursor = ByteCursor(source, at: start)
        while cursor.remaining > 0 {
            let header = try cursor.bytes(Self.headerByteCount)
            guard header.starts(with: ZipSignature.directoryHeader) else {
                throw cursor.malformed("no central directory header for member \(members.count)")
            }
            try limits.zipEntries.check(members.count + 1, entry: source.entry)
            let name = try cursor.bytes(header.zipField(at: 28, bytes: 2))
            let extra = try cursor.bytes(header.zipField(at: 30, bytes: 2))
            try cursor.skip(header.zipField(at: 32, bytes: 2))
            add(header, name: name, extra: extra)
        }
        guard members.count == promised else {
            throw cursor.malformed("the end record promises \(promised) members, the directory has \(members.count)")
        }
    }

    private mutating func add(_ found: [UInt8], name: [UInt8], extra: [UInt8]) {
        var header = found
        let number = String(members.count).utf8
        let kept = Self.zip64Field(of: extra)
        let flags = header.zipField(at: 8, bytes: 2)
        let member = Member(
            name: Self.decode(name), method: header.zipField(at: 10, bytes: 2),
            isEncrypted: flags & Self.isEncryptedFlag != 0)
        members.append(member)

        let offset = header.zipField(at: 42, bytes: 4)
        if offset != 0xFFFF_FFFF { firstHeader = min(offset, firstHeader ?? offset) }

        header.setZipField(0, at: 8, bytes: 2)  // flags: an encrypted member is never opened, names have no encoding
        header.setZipField(ZipArchive.canRead(method: member.method) ? member.method : 0, at: 10, bytes: 2)
        header.setZipField(0, at: 12, bytes: 4)  // time and date, which need not be ones (torch writes month 0)
        header.setZipField(number.count, at: 28, bytes: 2)
        header.setZipField(kept.count, at: 30, bytes: 2)
        header.setZipField(0, at: 32, bytes: 2)  // comment
        skeleton += header
        skeleton += number
        skeleton += kept
    }

    /// The first zip64 extended information field, with its header; fields that run over their end are ignored, as
    /// miniz ignores them.
    private static func zip64Field(of extra: [UInt8]) -> ArraySlice<UInt8> {
        var field = 0
        while field + 4 <= extra.count {
            let end = field + 4 + extra.zipField(at: field + 2, bytes: 2)
            if end > extra.count { break }
            if extra.zipField(at: field, bytes: 2) == zip64Field { return extra[field..<end] }
            field = end
        }
        return []
    }

    /// Valid UTF-8 is taken for it whatever the flag says, as torch does; anything else is CP437 (APPNOTE appendix D).
    ///
    /// A Unicode Path field (0x7075) is not looked at: torch does not either, and would be shown another name.
    static func decode(_ name: [UInt8]) -> String {
        if let text = String(validating: name, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in name { text.append(byte < 0x80 ? Unicode.Scalar(byte) : codePage437[Int(byte) - 0x80]) }
        return String(text)
    }

    private static let codePage437 = Array(
        """
        ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥\
        ≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
        """.unicodeScalars)
}
