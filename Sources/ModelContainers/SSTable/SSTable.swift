package import ModelBytes

/// A LevelDB table: sorted keys with their values in blocks, an index of the blocks, a footer.
///
/// Source: leveldb, doc/table_format.md and table/format.cc; tensorflow's copy is tsl/lib/io/{table,format}.cc. A block
/// is followed by one byte for its compression and by the masked CRC-32C of both. Most of TensorFlow's tables have no
/// compression; some builds compress the blocks that become an eighth smaller (tsl/lib/io/table_builder.cc).
package struct SSTable {
    /// Two block handles, padded, and the magic number.
    package static let footerBytes = 48
    /// 0xdb4775248b80fb57, the lowest byte first.
    package static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
    private static let trailerBytes = 5

    /// Where a block's content lies; its trailer follows.
    private struct Handle {
        let offset: Int
        let size: Int
        var end: Int { offset + size + SSTable.trailerBytes }
    }

    package let source: ByteSource
    private let limits: Limits
    private let index: SSTableBlock
    private let indexStart: Int

    /// Whether a file that ends like this is a table.
    package static func isTable(tail: [UInt8]) -> Bool { tail.count >= footerBytes && tail.suffix(8) == magic[...] }

    /// Reads the footer and the index.
    package init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.source = source
        self.limits = limits
        let start = source.count - Self.footerBytes
        guard start >= 0 else {
            throw InspectionError(
                .truncated, "a table has at least \(Self.footerBytes) bytes", entry: source.entry, offset: 0)
        }
        let footer = try source.bytes(at: start, count: Self.footerBytes)
        guard Self.isTable(tail: footer) else {
            throw InspectionError(
                .truncated, "does not end with the magic number of a table", entry: source.entry, offset: start + 40)
        }
        var varints = SSTableVarints(footer[..<40], at: start, entry: source.entry)
        _ = try Self.handle(&varints, before: start, source)
        let handle = try Self.handle(&varints, before: start, source)
        index = try Self.block(handle, source, limits)
        indexStart = handle.offset
    }

    /// Every entry in the order of its key. One block is in memory at a time, and its checksum was right.
    package func forEachEntry(
        _ body: (_ key: [UInt8], _ value: ArraySlice<UInt8>) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        var keys = SSTableKeys(limits)
        try forEachBlock { last, handle throws(InspectionError) in
            try Self.block(handle, source, limits).forEachEntry(&keys, body)
            guard !last.lexicographicallyPrecedes(keys.latest) else {
                throw InspectionError(
                    .malformed, "a block has keys beyond the one its index gives", entry: source.entry,
                    offset: handle.offset)
            }
        }
    }

    /// The first entry alone, with no byte read that stands behind its value: the values of others may be payload. The
    /// checksum, which is one over all of the block, is not looked at. Nil when the table is empty.
    package func first() throws(InspectionError) -> (key: [UInt8], value: [UInt8])? {
        var first: Handle?
        // The whole index is checked on the way.
        try forEachBlock { _, handle throws(InspectionError) in first = first ?? handle }
        guard let first else { return nil }
        let head = try source.bytes(at: first.offset, count: min(first.size, 30))
        var varints = SSTableVarints(head[...], at: first.offset, entry: source.entry)
        let shared = try varints.length()
        let keyCount = try varints.length()
        let count = try varints.length()
        let start = varints.offset
        guard shared == 0, keyCount <= first.offset + first.size - start,
            count <= first.offset + first.size - start - keyCount
        else {
            throw InspectionError(
                .malformed, "the first entry of a block of \(first.size) bytes does not fit it", entry: source.entry,
                offset: first.offset)
        }
        try limits.tableKeyBytes.check(keyCount, entry: source.entry, offset: start)
        try limits.tableBlockBytes.check(count, entry: source.entry, offset: start)
        let bytes = try source.bytes(at: start, count: keyCount + count)
        return (Array(bytes[..<keyCount]), Array(bytes[keyCount...]))
    }

    /// Blocks follow each other as their keys do, so that none is read twice.
    private func forEachBlock(
        _ body: (_ last: [UInt8], Handle) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        var keys = SSTableKeys(limits)
        var reached = 0
        try index.forEachEntry(&keys) { last, value throws(InspectionError) in
            var varints = SSTableVarints(value, at: 0, entry: source.entry)
            let handle = try Self.handle(&varints, before: indexStart, source)
            guard handle.offset >= reached else {
                throw InspectionError(
                    .malformed, "two blocks of the table overlap", entry: source.entry, offset: handle.offset)
            }
            reached = handle.end
            try body(last, handle)
        }
    }

    private static func handle(
        _ varints: inout SSTableVarints, before end: Int, _ source: ByteSource
    ) throws(InspectionError) -> Handle {
        let offset = try varints.length()
        let size = try varints.length()
        guard offset <= end, size <= end - offset, trailerBytes <= end - offset - size else {
            throw InspectionError(
                .malformed, "a block of \(size) bytes at \(offset) lies beyond \(end)", entry: source.entry)
        }
        return Handle(offset: offset, size: size)
    }

    private static func block(
        _ handle: Handle, _ source: ByteSource, _ limits: Limits
    ) throws(InspectionError) -> SSTableBlock {
        try limits.tableBlockBytes.check(handle.size, entry: source.entry, offset: handle.offset)
        var bytes = try source.bytes(at: handle.offset, count: handle.size + trailerBytes)
        let stored = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        bytes.removeLast(4)
        guard CRC32C.masked(bytes) == stored else {
            throw InspectionError(
                .malformed, "the checksum of a block of the table is wrong", entry: source.entry,
                offset: handle.offset)
        }
        // kNoCompression, kSnappyCompression of table/format.h.
        let compression = bytes.removeLast()
        if compression == 1 {
            bytes = try Snappy.decode(
                bytes[...], limit: limits.tableBlockBytes, entry: source.entry, offset: handle.offset)
        } else if compression != 0 {
            throw InspectionError(
                .unsupported, "a block of the table is compressed (type \(compression)), which is not read",
                entry: source.entry, offset: handle.offset)
        }
        return try SSTableBlock(bytes, at: handle.offset, entry: source.entry)
    }
}
