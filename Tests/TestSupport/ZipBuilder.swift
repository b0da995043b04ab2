/// Writes zip archives byte by byte: right ones, as torch writes them, and wrong in any field.
public struct ZipBuilder {
    /// One member. What is nil is filled in as it should be.
    public struct Member {
        public var name: [UInt8]
        /// As it stands in the archive: for a compressed member the compressed bytes.
        public var content: [UInt8]
        public var method = 0
        public var flags = 0
        public var crc32: UInt32
        /// The declared size once inflated.
        public var size: Int
        /// The declared size in the archive.
        public var compressedSize: Int
        /// DOS time and date, in this order; torch writes zeros, which is month 0.
        public var timeAndDate: [UInt8] = [0, 0, 0x21, 0x5A]
        /// The name in the local header, when it is another one.
        public var localName: [UInt8]?
        /// The offset the directory gives, when it is another one.
        public var offset: Int?
        public var localExtra: [UInt8] = []
        public var directoryExtra: [UInt8] = []
        public var comment: [UInt8] = []
        /// Where content has to begin: torch fills up the local header with an extra field `FB`.
        public var alignment = 1
        /// Sizes and CRC follow the content, and are 0 in the local header.
        public var hasDataDescriptor = false
        /// Sizes and offset are in a zip64 extra field, and all ones where they should be.
        public var isZip64 = false
        /// Leave the bytes of the local header and the content out, so that several members share those of one.
        public var isOnlyInDirectory = false
    }

    /// The finished archive.
    public struct Archive {
        public var bytes: [UInt8] = []
        /// Where each member's local header begins, and which bytes are its content.
        public var headers: [Int] = []
        public var contents: [Range<Int>] = []
        public var directory = 0..<0
    }

    public var members: [Member] = []
    /// Put before the archive; `countsPrefix` says whether offsets know of it.
    public var prefix: [UInt8] = []
    public var countsPrefix = false
    public var comment: [UInt8] = []
    /// The declared comment length, when it is another one.
    public var commentLength: Int?
    /// Put after everything.
    public var suffix: [UInt8] = []
    public var isZip64 = false
    public var disk = 0
    public var entries: Int?
    public var directorySize: Int?
    public var directoryOffset: Int?
    /// Where the zip64 locator says that its record is, when it is not there.
    public var zip64Offset: Int?

    public init() {}

    /// As torch.save writes: aligned to 64 bytes, data descriptors, month 0, zip64 end records.
    public static func torch(_ members: [(name: String, content: [UInt8])], folder: String = "archive") -> ZipBuilder {
        var builder = ZipBuilder()
        builder.isZip64 = true
        for (name, content) in members {
            builder.add("\(folder)/\(name)", content) {
                $0.alignment = 64
                $0.hasDataDescriptor = true
                $0.timeAndDate = [0, 0, 0, 0]
            }
        }
        return builder
    }

    /// Adds a stored member.
    public mutating func add(_ name: String, _ content: [UInt8], _ change: (inout Member) -> Void = { _ in }) {
        var member = Member(
            name: Array(name.utf8), content: content, crc32: Self.crc32(content), size: content.count,
            compressedSize: content.count)
        change(&member)
        members.append(member)
    }

    /// Adds a deflated member; `compressed` are other bytes than a sound compressor's.
    public mutating func add(
        _ name: String, deflated content: [UInt8], as compressed: [UInt8]? = nil,
        _ change: (inout Member) -> Void = { _ in }
    ) {
        let compressed = compressed ?? Deflate.stored(content)
        add(name, compressed) {
            $0.method = 8
            $0.crc32 = Self.crc32(content)
            $0.size = content.count
            change(&$0)
        }
    }

    public func build() -> Archive {
        var archive = Archive(bytes: prefix)
        for member in members { write(member, to: &archive) }
        let start = archive.bytes.count
        let shift = countsPrefix ? 0 : prefix.count
        for (member, header) in zip(members, archive.headers) {
            Self.writeDirectoryHeader(of: member, offset: member.offset ?? header - shift, to: &archive.bytes)
        }
        archive.directory = start..<archive.bytes.count
        writeEnd(of: &archive, directoryOffset: directoryOffset ?? start - shift, shift: shift)
        archive.bytes += suffix
        return archive
    }

    private func write(_ member: Member, to archive: inout Archive) {
        archive.headers.append(archive.bytes.count)
        if member.isOnlyInDirectory {
            archive.contents.append(archive.bytes.count..<archive.bytes.count)
            return
        }
        let name = member.localName ?? member.name
        var extra = member.localExtra
        if member.isZip64 { extra += [1, 0, 16, 0] + little(member.size, 8) + little(member.compressedSize, 8) }
        if member.alignment > 1 {
            let unpadded = archive.bytes.count + 30 + name.count + extra.count + 4
            let padding = (member.alignment - unpadded % member.alignment) % member.alignment
            extra += Array("FB".utf8) + little(padding, 2) + [UInt8](repeating: 0x5A, count: padding)
        }
        archive.bytes += [0x50, 0x4B, 3, 4]
        if member.hasDataDescriptor {
            var unknown = member
            unknown.crc32 = 0
            if !member.isZip64 { (unknown.size, unknown.compressedSize) = (0, 0) }
            Self.writeCommonFields(of: unknown, to: &archive.bytes)
        } else {
            Self.writeCommonFields(of: member, to: &archive.bytes)
        }
        archive.bytes.put(name.count, 2)
        archive.bytes.put(extra.count, 2)
        archive.bytes += name
        archive.bytes += extra
        archive.contents.append(archive.bytes.count..<archive.bytes.count + member.content.count)
        archive.bytes += member.content
        if member.hasDataDescriptor {
            archive.bytes += [0x50, 0x4B, 7, 8]
            archive.bytes.put(Int(member.crc32), 4)
            archive.bytes.put(member.compressedSize, 4)
            archive.bytes.put(member.size, 4)
        }
    }

    /// From the version that is needed to the size: the same in both headers.
    private static func writeCommonFields(of member: Member, to bytes: inout [UInt8]) {
        bytes.put(20, 2)
        bytes.put(member.flags | (member.hasDataDescriptor ? 8 : 0), 2)
        bytes.put(member.method, 2)
        bytes += member.timeAndDate
        bytes.put(Int(member.crc32), 4)
        bytes.put(member.isZip64 ? -1 : member.compressedSize, 4)
        bytes.put(member.isZip64 ? -1 : member.size, 4)
    }

    private static func writeDirectoryHeader(of member: Member, offset: Int, to bytes: inout [UInt8]) {
        var extra = member.directoryExtra
        if member.isZip64 {
            extra += [1, 0, 24, 0] + little(member.size, 8) + little(member.compressedSize, 8) + little(offset, 8)
        }
        bytes += [0x50, 0x4B, 1, 2, 20, 0]
        writeCommonFields(of: member, to: &bytes)
        bytes.put(member.name.count, 2)
        bytes.put(extra.count, 2)
        bytes.put(member.comment.count, 2)
        bytes.put(0, 8)
        bytes.put(member.isZip64 ? -1 : offset, 4)
        bytes += member.name
        bytes += extra
        bytes += member.comment
    }

    private func writeEnd(of archive: inout Archive, directoryOffset: Int, shift: Int) {
        let entries = entries ?? members.count
        let size = directorySize ?? archive.directory.count
        if isZip64 {
            let offset = zip64Offset ?? archive.bytes.count - shift
            archive.bytes += [0x50, 0x4B, 6, 6] + little(44, 8) + little(45, 2) + little(45, 2)
            archive.bytes += little(disk, 4) + little(disk, 4) + little(entries, 8) + little(entries, 8)
            archive.bytes += little(size, 8) + little(directoryOffset, 8)
            archive.bytes += [0x50, 0x4B, 6, 7] + little(0, 4) + little(offset, 8) + little(1, 4)
        }
        archive.bytes += [0x50, 0x4B, 5, 6] + little(disk, 2) + little(disk, 2)
        archive.bytes += isZip64 ? little(-1, 4) : little(entries, 2) + little(entries, 2)
        archive.bytes += isZip64 ? little(-1, 8) : little(size, 4) + little(directoryOffset, 4)
        archive.bytes += little(commentLength ?? comment.count, 2) + comment
    }

    public static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = ~0
        for byte in bytes { crc = crc >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
        return ~crc
    }

    private static let crcTable = (0..<256 as Range<UInt32>).map { byte in
        (0..<8).reduce(byte) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
}

extension [UInt8] {
    /// Appends the low `width` bytes of `value`, the lowest first.
    mutating func put(_ value: Int, _ width: Int) {
        var rest = value
        var left = width
        while left > 0 {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
            left -= 1
        }
    }
}

func little(_ value: Int, _ width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.put(value, width)
    return bytes
}
