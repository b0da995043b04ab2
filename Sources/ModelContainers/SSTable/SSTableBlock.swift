import ModelBytes

/// One block: entries, each key without what it shares with the one before, and behind them the restart array, which
/// says where a key stands whole.
///
/// Source: leveldb, table/block_builder.cc and table/block.cc; tensorflow has the same code in tsl/lib/io.
struct SSTableBlock {
    private let bytes: [UInt8]
    /// Where it stands in the file.
    private let offset: Int
    private let entry: String?
    /// Where the restart array begins.
    private let end: Int

    init(_ bytes: [UInt8], at offset: Int, entry: String?) throws(InspectionError) {
        self.bytes = bytes
        self.offset = offset
        self.entry = entry
        let restarts = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count >= 4, restarts <= (bytes.count - 4) / 4 else {
            throw InspectionError(
                .malformed, "\(restarts) restart points do not fit a block of \(bytes.count) bytes", entry: entry,
                offset: offset)
        }
        end = bytes.count - 4 - 4 * restarts
    }

    /// The entries in their order; `keys` checks that they ascend, from block to block as well.
    func forEachEntry(
        _ keys: inout SSTableKeys, _ body: (_ key: [UInt8], _ value: ArraySlice<UInt8>) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        var varints = SSTableVarints(bytes[..<end], at: offset, entry: entry)
        var isFirst = true
        while !varints.isAtEnd {
            let start = varints.offset
            let shared = try varints.length()
            let unshared = try varints.length()
            let count = try varints.length()
            let rest = try varints.bytes(unshared)
            let value = try varints.bytes(count)
            guard !isFirst || shared == 0 else {
                throw InspectionError(
                    .malformed, "the first key of a block shares \(shared) bytes with one before it", entry: entry,
                    offset: start)
            }
            isFirst = false
            try keys.append(rest, shared: shared, entry: entry, offset: start)
            try body(keys.latest, value)
        }
    }
}

/// The key that was read last; the next one may leave out what it shares with it.
struct SSTableKeys {
    private(set) var latest: [UInt8] = []
    private let limits: Limits
    private var count = 0
    private var bytes = 0

    init(_ limits: Limits) { self.limits = limits }

    /// Only what is new of a key is looked at, so that a table of long equal keys costs no more than its bytes; what a
    /// caller does with whole keys is bounded by `limits.tableKeyBytes`.
    mutating func append(
        _ rest: ArraySlice<UInt8>, shared: Int, entry: String?, offset: Int
    ) throws(InspectionError) {
        guard shared <= latest.count else {
            throw InspectionError(
                .malformed, "a key shares \(shared) bytes with one of \(latest.count)", entry: entry, offset: offset)
        }
        guard count == 0 || latest[shared...].lexicographicallyPrecedes(rest) else {
            throw InspectionError(.malformed, "the keys do not ascend", entry: entry, offset: offset)
        }
        latest.removeLast(latest.count - shared)
        latest += rest
        count += 1
        bytes += latest.count
        try limits.tableEntries.check(count, entry: entry, offset: offset)
        try limits.tableKeyBytes.check(bytes, entry: entry, offset: offset)
    }
}

/// Lengths of up to 64 bits, seven to a byte, the lowest first, and the bytes they count.
struct SSTableVarints {
    private var rest: ArraySlice<UInt8>
    private let base: Int
    private let entry: String?

    /// `offset` is where the array that `bytes` are part of stands in the file.
    init(_ bytes: ArraySlice<UInt8>, at offset: Int, entry: String?) {
        rest = bytes
        base = offset
        self.entry = entry
    }

    var isAtEnd: Bool { rest.isEmpty }
    var offset: Int { base + rest.startIndex }

    mutating func length() throws(InspectionError) -> Int {
        let start = offset
        var value: UInt64 = 0
        for index in 0..<10 {
            guard let byte = rest.popFirst() else {
                throw InspectionError(.malformed, "a length is cut off", entry: entry, offset: start)
            }
            // Ten times seven bits are more than 64; those beyond have to be zero, as has the sign of an Int.
            if index == 9, byte > 1 { break }
            value |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte < 0x80, let length = Int(exactly: value) { return length }
        }
        throw InspectionError(.malformed, "a length is too large for any file", entry: entry, offset: start)
    }

    mutating func bytes(_ count: Int) throws(InspectionError) -> ArraySlice<UInt8> {
        guard count <= rest.count else {
            throw InspectionError(
                .malformed, "an entry needs \(count) bytes, but its block has \(rest.count) left", entry: entry,
                offset: offset)
        }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
