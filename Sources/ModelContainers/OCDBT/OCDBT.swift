package import ModelBytes

/// A database of TensorStore in one folder: keys and the small values beside them. What stands in data files is not read.
///
/// Source: tensorstore, kvstore/ocdbt/format (manifest, B+tree nodes).
package struct OCDBT {
    /// One key; `value` is nil for one whose bytes stand in a data file.
    package struct Entry {
        package var key: String
        package var value: [UInt8]?
    }

    package private(set) var entries: [Entry] = []
    private let limits: Limits
    private let open: (String) throws(InspectionError) -> ByteSource?
    private let isWanted: (String) -> Bool
    private var nodes = 0
    /// What these nodes are together, in bytes, and their keys as they are spelt out.
    private var bytesRead = 0
    private var keyBytes = 0
    /// Data files that were opened, since one holds many nodes.
    private var files: [String: ByteSource] = [:]

    package static let manifest = "manifest.ocdbt"
    package static let magic: [UInt8] = [0x0C, 0xDB, 0x3A, 0x2A]
    private static let nodeMagic: [UInt8] = [0x0C, 0xDB, 0x20, 0xDE]

    /// Reads the newest version. `open` gives a file of the folder, `isWanted` says of which keys the values are kept.
    package init(
        limits: Limits, keeping isWanted: @escaping (String) -> Bool,
        open: @escaping (String) throws(InspectionError) -> ByteSource?
    ) throws(InspectionError) {
        self.limits = limits
        self.open = open
        self.isWanted = isWanted
        guard let source = try open(Self.manifest) else { return }
        var fields = OCDBTFields(try body(of: source, magic: Self.magic), Self.manifest, limits)
        guard let root = try Self.newest(&fields) else {
            throw InspectionError(.unsupported, "its manifest holds no version of the tree", entry: Self.manifest)
        }
        try walk(root, prefix: [], depth: 0)
    }

    /// A node of the tree: a part of a file.
    struct Place {
        var path: String
        var offset: Int
        var length: Int
        var height: Int
    }

    /// The root of the newest version that the manifest holds itself.
    private static func newest(_ fields: inout OCDBTFields) throws(InspectionError) -> Place? {
        // The universal identifier of the database.
        try fields.skip(16)
        let kind = try fields.integer()
        for _ in 0..<2 { _ = try fields.integer() }
        try fields.skip(1)
        if try fields.integer() == 1 { try fields.skip(4) }
        guard kind == 0 else {
            throw InspectionError(.unsupported, "a numbered manifest, which lies in other files", entry: manifest)
        }
        let files = try fields.files()
        let count = try fields.count()
        guard count > 0 else { return nil }
        _ = try fields.integers(count)
        let heights = try fields.bytes(count)
        let file = try fields.integers(count)
        let offsets = try fields.integers(count)
        let lengths = try fields.integers(count)
        guard files.indices.contains(file[count - 1]) else { return nil }
        return Place(
            path: files[file[count - 1]], offset: offsets[count - 1], length: lengths[count - 1],
            height: Int(heights[count - 1]))
    }

    private mutating func walk(_ place: Place, prefix: [UInt8], depth: Int) throws(InspectionError) {
        nodes += 1
        try limits.ocdbtNodes.check(nodes, entry: place.path)
        guard depth <= 16 else {
            throw InspectionError(.limit, "its tree is more than 16 levels deep", entry: place.path)
        }
        if files[place.path] == nil { files[place.path] = try open(place.path) }
        guard let file = files[place.path] else {
            throw InspectionError(.notFound, "a file that the database names is missing", entry: place.path)
        }
        let piece = try file.slice(at: place.offset, count: place.length)
        let body = try body(of: piece, magic: Self.nodeMagic)
        bytesRead += body.count
        try limits.ocdbtBytes.check(bytesRead, entry: place.path)
        var fields = OCDBTFields(body, place.path, limits, keyBytes: keyBytes)
        let height = Int(try fields.byte())
        guard height == place.height else {
            throw InspectionError(
                .malformed, "a node of height \(height) in place of \(place.height)", entry: place.path)
        }
        let paths = try fields.files()
        let count = try fields.count()
        let prefixes = try fields.integers(max(0, count - 1))
        let suffixes = try fields.integers(count)
        let common = height > 0 ? try fields.integers(count) : []
        let keys = try fields.keys(prefixes, suffixes)
        keyBytes = fields.keyBytes
        if height == 0 {
            try leaf(&fields, keys, prefix)
            return
        }
        let owners = try fields.integers(count)
        let offsets = try fields.integers(count)
        let lengths = try fields.integers(count)
        for index in 0..<count {
            guard paths.indices.contains(owners[index]), common[index] <= keys[index].count else {
                throw InspectionError(.malformed, "a node that leads nowhere", entry: place.path)
            }
            let next = Place(
                path: paths[owners[index]], offset: offsets[index], length: lengths[index], height: height - 1)
            try walk(next, prefix: prefix + keys[index].prefix(common[index]), depth: depth + 1)
        }
    }

    private mutating func leaf(
        _ fields: inout OCDBTFields, _ keys: [[UInt8]], _ prefix: [UInt8]
    ) throws(InspectionError) {
        let lengths = try fields.integers(keys.count)
        let kinds = try fields.bytes(keys.count)
        let indirect = kinds.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
        for _ in 0..<2 { _ = try fields.integers(indirect) }
        for index in keys.indices {
            keyBytes += prefix.count
            try limits.ocdbtKeyBytes.check(keyBytes)
            let key = String(decoding: prefix + keys[index], as: UTF8.self)
            var value: [UInt8]?
            if kinds[index] == 0 {
                let bytes = try fields.bytes(lengths[index])
                if isWanted(key) { value = bytes }
            }
            entries.append(Entry(key: key, value: value))
            try limits.ocdbtKeys.check(entries.count)
        }
    }

    /// What stands between the header of a node and its checksum, decompressed.
    private func body(of source: ByteSource, magic: [UInt8]) throws(InspectionError) -> [UInt8] {
        var cursor = ByteCursor(source, window: .sequential)
        guard try cursor.bytes(4) == magic else { throw cursor.malformed("does not begin like a node of OCDBT") }
        let length = try cursor.length(8)
        guard length == source.count, length > 18 else {
            throw cursor.malformed("says that it has \(length) bytes, and has \(source.count)")
        }
        guard try cursor.byte() == 0 else {
            throw InspectionError(.unsupported, "of a later version of OCDBT", entry: source.entry)
        }
        let compression = try cursor.byte()
        let content = try source.slice(at: cursor.offset, count: length - cursor.offset - 4)
        try limits.inflatedBytes.check(content.count, entry: source.entry)
        switch compression {
        case 0: return try content.bytes(at: 0, count: content.count)
        case 1:
            let inflated = try InflatedBytes(content, .zstd, limits: limits, keeping: 64 << 20)
            guard let bytes = try inflated.whole(upTo: 64 << 20) else {
                throw InspectionError(.limit, "a node becomes more than 64 MiB", entry: source.entry)
            }
            return bytes
        default:
            throw InspectionError(.unsupported, "compressed in way \(compression)", entry: source.entry)
        }
    }
}

/// The fields of a node, in the order they stand.
struct OCDBTFields {
    private let content: [UInt8]
    private let entry: String
    private let limits: Limits
    /// What the names so far take as they are spelt out, those of earlier nodes included.
    private(set) var keyBytes: Int
    private var next = 0

    init(_ content: [UInt8], _ entry: String, _ limits: Limits, keyBytes: Int = 0) {
        self.content = content
        self.entry = entry
        self.limits = limits
        self.keyBytes = keyBytes
    }

    private func truncated() -> InspectionError {
        InspectionError(.truncated, "a node ends within a field", entry: entry, offset: next)
    }

    mutating func byte() throws(InspectionError) -> UInt8 {
        guard next < content.count else { throw truncated() }
        next += 1
        return content[next - 1]
    }

    mutating func skip(_ count: Int) throws(InspectionError) { _ = try bytes(count) }

    mutating func bytes(_ count: Int) throws(InspectionError) -> [UInt8] {
        guard count >= 0, count <= content.count - next else { throw truncated() }
        next += count
        return Array(content[(next - count)..<next])
    }

    /// Seven bits a byte, the least significant first.
    mutating func integer() throws(InspectionError) -> Int {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return Int(value) }
        }
        throw InspectionError(.malformed, "a number of more than 63 bits", entry: entry, offset: next)
    }

    /// How many there are of something that takes a byte at least.
    mutating func count() throws(InspectionError) -> Int {
        let count = try integer()
        guard count <= content.count - next else { throw truncated() }
        return count
    }

    mutating func integers(_ count: Int) throws(InspectionError) -> [Int] {
        var values: [Int] = []
        for _ in 0..<count { values.append(try integer()) }
        return values
    }

    /// Names that share their beginnings with the one before.
    mutating func keys(_ prefixes: [Int], _ suffixes: [Int]) throws(InspectionError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        for (index, suffix) in suffixes.enumerated() {
            let shared = index == 0 ? 0 : prefixes[index - 1]
            guard shared <= keys.last?.count ?? 0 else {
                throw InspectionError(
                    .malformed, "a key that shares too much with the one before", entry: entry, offset: next)
            }
            let key = (keys.last?.prefix(shared) ?? []) + (try bytes(suffix))
            // Where an array keeps its elements takes as much as a short key.
            keyBytes += key.count + 32
            try limits.ocdbtKeyBytes.check(keyBytes, entry: entry)
            keys.append(Array(key))
        }
        return keys
    }

    /// The table of data files.
    mutating func files() throws(InspectionError) -> [String] {
        let count = try count()
        let prefixes = try integers(max(0, count - 1))
        let suffixes = try integers(count)
        _ = try integers(count)
        return try keys(prefixes, suffixes).map { String(decoding: $0, as: UTF8.self) }
    }
}
