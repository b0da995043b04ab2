import ModelBytes

/// Where an archive's central directory lies and how many members it promises: the end of central directory record
/// (APPNOTE 4.3.16), completed by the zip64 one (4.3.14) where there is one.
struct ZipEndRecord {
    /// Total number of entries in the central directory, as promised.
    let entries: Int
    /// Where the central directory begins and ends, in positions of the source.
    let directory: Range<Int>
    /// What was put before the archive after it was written; the archive's own offsets do not count it.
    let prefix: Int

    static let byteCount = 22
    static let zip64ByteCount = 56
    static let zip64LocatorByteCount = 20
    private static let largestComment = 0xFFFF

    /// Finds the record that readers agree on: the last one in the file whose central directory is where it says.
    ///
    /// miniz (torch) and Python's zipfile search backwards for the signature too. Bytes after the comment are allowed,
    /// as both allow them, but not together with a prefix: that is an outer archive that was cut short in an inner one.
    static func find(in source: ByteSource) throws(InspectionError) -> ZipEndRecord {
        var refusal: InspectionError?
        // Mostly there is no comment, and then a read of the record alone stays out of the last member's payload.
        for length in [byteCount, byteCount + largestComment] {
            let start = max(0, source.count - length)
            let tail = try source.bytes(at: start, count: source.count - start)
            for offset in stride(from: tail.count - byteCount, through: 0, by: -1)
            where tail[offset] == 0x50 && tail[offset...].starts(with: ZipSignature.endRecord) {
                do {
                    return try ZipEndRecord(Array(tail[offset..<offset + byteCount]), at: start + offset, in: source)
                } catch {
                    refusal = refusal ?? error
                }
            }
        }
        throw refusal
            ?? InspectionError(
                .truncated, "no end of central directory record: the file is incomplete or is not a zip archive",
                entry: source.entry)
    }

    private init(_ record: [UInt8], at position: Int, in source: ByteSource) throws(InspectionError) {
        var fields = Fields(record)
        var end = position
        if let zip64 = try Zip64(before: position, in: source) {
            guard fields.agree(with: zip64.fields) else {
                throw Self.malformed("the end record and its zip64 record disagree", at: position, in: source)
            }
            fields = zip64.fields
            end = zip64.position
        }
        guard fields.disk == 0, fields.directoryDisk == 0, fields.entriesOnDisk == fields.entries else {
            throw InspectionError(.unsupported, "is one part of a multi-disk zip archive", entry: source.entry)
        }
        let outside = Self.malformed(
            "the central directory (\(fields.directorySize) bytes at \(fields.directoryOffset)) is not before its end record",
            at: position, in: source)
        guard fields.directorySize <= end else { throw outside }

        // With a prefix the directory is not at its offset, but it still ends where the end records begin. A directory
        // without members has no signature to look for.
        let last = end - fields.directorySize
        var start = last
        if fields.entries > 0, fields.directoryOffset <= last,
            try Self.isDirectory(at: fields.directoryOffset, in: source)
        {
            start = fields.directoryOffset
        } else if fields.directorySize > 0, try !Self.isDirectory(at: last, in: source) {
            throw outside
        }
        guard fields.directoryOffset <= start else { throw outside }

        entries = fields.entries
        directory = start..<start + fields.directorySize
        prefix = start - fields.directoryOffset
        let commentEnd = position + Self.byteCount + record.zipField(at: 20, bytes: 2)
        guard prefix == 0 || commentEnd == source.count else {
            throw InspectionError(
                .truncated, "no end of central directory record at the end: the file is incomplete", entry: source.entry
            )
        }
    }

    private static func isDirectory(at offset: Int, in source: ByteSource) throws(InspectionError) -> Bool {
        try source.bytes(at: offset, upTo: 4) == ZipSignature.directoryHeader
    }

    private static func malformed(_ message: String, at position: Int, in source: ByteSource) -> InspectionError {
        InspectionError(.malformed, message, entry: source.entry, offset: position)
    }
}

extension ZipEndRecord {
    /// What the end record and its zip64 twin both say.
    private struct Fields {
        let disk: Int
        let directoryDisk: Int
        let entriesOnDisk: Int
        let entries: Int
        let directorySize: Int
        let directoryOffset: Int

        init(_ record: [UInt8]) {
            disk = record.zipField(at: 4, bytes: 2)
            directoryDisk = record.zipField(at: 6, bytes: 2)
            entriesOnDisk = record.zipField(at: 8, bytes: 2)
            entries = record.zipField(at: 10, bytes: 2)
            directorySize = record.zipField(at: 12, bytes: 4)
            directoryOffset = record.zipField(at: 16, bytes: 4)
        }

        init(zip64 record: [UInt8]) {
            disk = record.zipField(at: 16, bytes: 4)
            directoryDisk = record.zipField(at: 20, bytes: 4)
            entriesOnDisk = record.zipField(at: 24, bytes: 8)
            entries = record.zipField(at: 32, bytes: 8)
            directorySize = record.zipField(at: 40, bytes: 8)
            directoryOffset = record.zipField(at: 48, bytes: 8)
        }

        /// A field of the short record is the long one's, or all ones (APPNOTE 4.4.1.4). Readers differ in which of
        /// the two they believe, so nothing else is let through.
        func agree(with zip64: Fields) -> Bool {
            func agree(_ field: KeyPath<Fields, Int>, _ marker: Int) -> Bool {
                self[keyPath: field] == marker || self[keyPath: field] == zip64[keyPath: field]
            }
            return agree(\.disk, 0xFFFF) && agree(\.directoryDisk, 0xFFFF) && agree(\.entriesOnDisk, 0xFFFF)
                && agree(\.entries, 0xFFFF) && agree(\.directorySize, 0xFFFF_FFFF)
                && agree(\.directoryOffset, 0xFFFF_FFFF)
        }
    }

    /// The zip64 end record, reached by the locator that stands directly before the end record.
    private struct Zip64 {
        let fields: Fields
        let position: Int

        /// Nil when there is no locator before `end`.
        init?(before end: Int, in source: ByteSource) throws(InspectionError) {
            let place = end - ZipEndRecord.zip64LocatorByteCount
            let locator = try source.bytes(at: place, upTo: ZipEndRecord.zip64LocatorByteCount)
            guard locator.starts(with: ZipSignature.zip64Locator) else { return nil }
            guard locator.zipField(at: 4, bytes: 4) == 0, locator.zipField(at: 16, bytes: 4) <= 1 else {
                throw InspectionError(.unsupported, "is one part of a multi-disk zip archive", entry: source.entry)
            }
            // Behind a prefix the locator's offset is too small; the record still stands directly before it.
            for position in [locator.zipField(at: 8, bytes: 8), place - ZipEndRecord.zip64ByteCount]
            where position >= 0 && position <= place - ZipEndRecord.zip64ByteCount {
                let record = try source.bytes(at: position, count: ZipEndRecord.zip64ByteCount)
                guard record.starts(with: ZipSignature.zip64EndRecord) else { continue }
                self.fields = Fields(zip64: record)
                self.position = position
                return
            }
            throw ZipEndRecord.malformed("no zip64 end record where its locator says", at: place, in: source)
        }
    }
}
