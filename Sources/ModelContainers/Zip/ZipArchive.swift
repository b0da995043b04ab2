package import ModelBytes

/// A zip archive that is read in place: its directory is checked before libzip sees any of it, stored members are
/// slices of the file, compressed ones are inflated in memory, and nothing is ever extracted.
package final class ZipArchive {
    /// One member, as the central directory describes it. Its name is data: `..`, backslashes, NUL and control
    /// characters are kept.
    package struct Entry: Hashable, Sendable {
        /// UTF-8 when it is valid UTF-8, else decoded from code page 437.
        package let name: String
        /// Position in the central directory.
        package let index: Int
        /// Bytes once it is inflated.
        package let size: Int
        /// Bytes it takes in the archive.
        package let compressedSize: Int
        /// Compression method, APPNOTE 4.4.5: 0 is stored, 8 deflated.
        package let method: Int
        /// General purpose flag bit 0, APPNOTE 4.4.4.
        package let isEncrypted: Bool

        package var isStored: Bool { method == 0 }
        package var isDirectory: Bool { name.utf8.last == 0x2F }
    }

    /// Something the archive says twice and differently about a member that was opened; its bytes are whole.
    package struct Contradiction: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// The local header has this name instead. torch goes by the directory, Python's zipfile refuses.
            case localName(String)
            /// The CRC-32 of an inflated member is not the one in the directory. torch does not look at it.
            case checksum
        }
        package let entry: Entry
        package let kind: Kind
    }

    /// In the order of the central directory.
    package let entries: [Entry]
    /// Bytes before the first local header. torch wants one at the very beginning of the file.
    package let prefixBytes: Int
    /// Found so far, in the order of opening.
    package private(set) var contradictions: [Contradiction] = []

    /// Whether its members claim more bytes than there are, so that some lie over each other; no writer does that.
    package let isOverlapping: Bool
    /// What was opened so far: all that is inflated, and of members over each other all there is.
    private var openedBytes = 0
    private let libzip: LibzipArchive
    private let limits: Limits
    private lazy var indices = Dictionary(
        zip(entries.map(\.name), entries.indices), uniquingKeysWith: { _, later in later })

    /// Reads the directory of the archive that `source` holds.
    ///
    /// Throws `truncated` when there is no end record, `unsupported` for one part of several, `limit` for more than
    /// `limits.zipEntries` members or `limits.zipDirectoryBytes`, `malformed` for a directory that is not as promised.
    package init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        let end = try ZipEndRecord.find(in: source)
        try limits.zipEntries.check(end.entries, entry: source.entry)
        try limits.zipDirectoryBytes.check(end.directory.count, entry: source.entry)

        let start = end.directory.lowerBound - end.prefix
        let archive = try source.slice(at: end.prefix, count: end.directory.upperBound - end.prefix)
        let directory = try ZipDirectory(in: archive, at: start, promised: end.entries, limits: limits)
        libzip = try LibzipArchive(ZipView(members: archive.slice(at: 0, count: start), directory: directory))

        var entries: [Entry] = []
        entries.reserveCapacity(directory.members.count)
        for (index, member) in directory.members.enumerated() {
            let (size, compressedSize) = try libzip.sizes(of: index)
            entries.append(
                Entry(
                    name: member.name, index: index, size: size, compressedSize: compressedSize, method: member.method,
                    isEncrypted: member.isEncrypted))
        }
        self.entries = entries
        self.limits = limits
        isOverlapping = Self.claimedBytes(entries) > start
        prefixBytes = end.prefix + (directory.firstHeader ?? 0)
    }

    /// The member of this name; the last of several, as Python's zipfile takes it.
    package func entry(_ name: String) -> Entry? { indices[name].map { entries[$0] } }

    /// Every member that torch could take for `name`: its reader compares without regard to ASCII case, and takes
    /// whichever of several its binary search meets (miniz, `mz_zip_reader_locate_file` without flags).
    package func candidates(for name: String) -> [Entry] {
        let folded = Self.fold(name)
        return entries.filter { $0.name.utf8.count == folded.utf8.count && Self.fold($0.name) == folded }
    }

    /// Names that more than one member has, ASCII case aside, in the spelling and order of their first member.
    package var duplicates: [String] {
        let folded = entries.map { Self.fold($0.name) }
        var counts: [String: Int] = [:]
        counts.reserveCapacity(entries.count)
        for name in folded { counts[name, default: 0] += 1 }
        return zip(entries, folded).compactMap { entry, name in
            // Each group is named once: by its first member.
            guard let count = counts.updateValue(1, forKey: name), count > 1 else { return nil }
            return entry.name
        }
    }

    /// `name` with its ASCII letters in lower case.
    private static func fold(_ name: String) -> String {
        let capitals: ClosedRange<UInt8> = 0x41...0x5A
        guard name.utf8.contains(where: capitals.contains) else { return name }
        return String(decoding: name.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The content of a member: for a stored one a slice of the archive's own source, for a compressed one memory.
    ///
    /// Throws `encrypted`; `limit` when the size it declares is beyond `limits.inflatedBytes`; `unsupported` for a
    /// compression method other than stored, deflate and bzip2; `malformed` or `truncated` when it is not where or not
    /// what the directory says.
    package func open(_ entry: Entry) throws(InspectionError) -> ByteSource {
        guard entries.indices.contains(entry.index), entries[entry.index] == entry else {
            throw InspectionError(.notFound, "is not a member of this archive", entry: entry.name)
        }
        if entry.isEncrypted { throw InspectionError(.encrypted, "is encrypted", entry: entry.name) }
        guard Self.canRead(method: entry.method) else {
            throw InspectionError(.unsupported, "compression method \(entry.method)", entry: entry.name)
        }
        let limit = isOverlapping ? limits.overlappingBytes : limits.streamBytes
        try limit.check(openedBytes, entry: entry.name)
        let content = entry.isStored ? try slice(entry) : try inflate(entry)
        // A few bytes that many members share would be read, inflated and looked at for each of them.
        if isOverlapping || !entry.isStored { openedBytes &+= content.count }
        return content
    }

    private static func claimedBytes(_ entries: [Entry]) -> Int {
        entries.reduce(0) { sum, entry in
            let (total, overflows) = sum.addingReportingOverflow(entry.compressedSize)
            return overflows ? .max : total
        }
    }

    /// Stored, deflate and bzip2. What else libzip can inflate (xz) no framework writes.
    static func canRead(method: Int) -> Bool { [0, 8, 12].contains(method) }

    private func slice(_ entry: Entry) throws(InspectionError) -> ByteSource {
        guard entry.size == entry.compressedSize else {
            throw InspectionError(
                .malformed, "is stored, but has \(entry.compressedSize) bytes for \(entry.size)", entry: entry.name)
        }
        let members = libzip.view.members
        // libzip does not look for what has no bytes.
        if entry.size == 0 { return try members.slice(at: 0, count: 0, entry: entry.name) }
        let start = try libzip.locate(entry)
        try compareLocalName(of: entry)
        return try members.slice(at: start, count: entry.size, entry: entry.name)
    }

    private func inflate(_ entry: Entry) throws(InspectionError) -> ByteSource {
        try limits.inflatedBytes.check(entry.size, entry: entry.name)
        guard entry.compressedSize > 0 || entry.size == 0 else {
            throw InspectionError(.malformed, "has no bytes for the \(entry.size) it declares", entry: entry.name)
        }
        if entry.compressedSize == 0 { return ByteSource(MemoryBytes([]), entry: entry.name) }
        let (bytes, checksumAgrees) = try libzip.inflate(entry)
        try compareLocalName(of: entry)
        if !checksumAgrees { note(.checksum, entry) }
        return ByteSource(MemoryBytes(bytes), entry: entry.name)
    }

    private func compareLocalName(of entry: Entry) throws(InspectionError) {
        let name = ZipDirectory.decode(try libzip.view.localName())
        if !name.utf8.elementsEqual(entry.name.utf8) { note(.localName(name), entry) }
    }

    private func note(_ kind: Contradiction.Kind, _ entry: Entry) {
        let contradiction = Contradiction(entry: entry, kind: kind)
        if noted.insert(contradiction).inserted { contradictions.append(contradiction) }
    }
    private var noted: Set<Contradiction> = []

    /// True when a file's first bytes are a local header, or the end record of an archive without members.
    package static func mayBeZip(head: [UInt8]) -> Bool {
        head.starts(with: ZipSignature.localHeader) || head.starts(with: ZipSignature.endRecord)
    }

    /// Whether the end record of an archive without a comment is at the very end, of a file that begins otherwise.
    package static func endsAsZip(_ source: ByteSource) throws(InspectionError) -> Bool {
        guard source.count >= 22 else { return false }
        return try source.bytes(at: source.count - 22, count: 4) == ZipSignature.endRecord
    }
}
