package import ModelBytes

/// A FlatBuffer that is read table by table, every offset checked; vectors of payload are never fetched.
///
/// Rules: flatbuffers.dev/internals. Offsets to strings, vectors and tables only lead forwards, so that no path is
/// endless; how many tables are looked at is limited, since many offsets may lead to one table.
package final class FlatBuffer {
    /// A piece of the file that was fetched.
    private struct Window {
        let start: Int
        let bytes: [UInt8]

        func holds(_ position: Int) -> Bool { position >= start && position < start + bytes.count }
    }

    /// What is fetched at a time: payload may begin at any byte, unannounced.
    private static let windowBytes = 256
    private static let blockBytes = 4_096
    /// Windows are kept, since tables lie beside the tables they belong to, until they are this much together.
    private static let keptBytes = 16 << 20

    package let source: ByteSource
    package let limits: Limits
    private var blocks: [Int: [Window]] = [:]
    private var kept = 0
    private var latest = Window(start: 0, bytes: [])
    private var tables = 0
    private var elements = 0
    private var textBytes = 0

    package init(_ source: ByteSource, limits: Limits) {
        self.source = source
        self.limits = limits
    }

    /// The table that everything else is reached from.
    package func root() throws(InspectionError) -> FlatBufferTable {
        try FlatBufferTable(self, at: try target(of: 0))
    }

    func countTable(at position: Int) throws(InspectionError) {
        tables += 1
        try limits.flatbufferTables.check(tables, entry: source.entry, offset: position)
        // A table takes 4 bytes at least, and none is asked for more than a few times; a bomb leads to one from everywhere.
        guard tables <= source.count else {
            throw malformed("its \(source.count) bytes cannot be \(tables) tables", at: position)
        }
    }

    /// Many offsets may lead to one vector, too.
    func countElements(_ count: Int, at position: Int) throws(InspectionError) {
        elements += count
        try limits.flatbufferElements.check(elements, entry: source.entry, offset: position)
    }

    func malformed(_ message: String, at position: Int) -> InspectionError {
        InspectionError(.malformed, message, entry: source.entry, offset: position)
    }

    /// An unsigned little-endian integer of `width` bytes, 8 at most.
    func integer(at position: Int, width: Int) throws(InspectionError) -> UInt64 {
        guard position >= 0, position <= source.count - width else {
            throw malformed("an offset leads to \(position), but the file has \(source.count) bytes", at: position)
        }
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(try byte(at: position + index)) << UInt64(8 * index) }
        return value
    }

    /// Where the offset that stands at `position` leads.
    func target(of position: Int) throws(InspectionError) -> Int {
        let offset = Int(try integer(at: position, width: 4))
        guard offset > 0, offset < source.count - position else {
            throw malformed("the offset \(offset) leads out of the file", at: position)
        }
        return position + offset
    }

    /// Text of the given length; nil when it is longer than `limits.protobufTextBytes`.
    func text(at position: Int, count: Int) throws(InspectionError) -> String? {
        guard count <= limits.protobufTextBytes.value else { return nil }
        textBytes += count
        try limits.flatbufferTextBytes.check(textBytes, entry: source.entry, offset: position)
        guard count > Self.windowBytes else {
            var bytes: [UInt8] = []
            for index in 0..<count { bytes.append(try byte(at: position + index)) }
            return String(decoding: bytes, as: UTF8.self)
        }
        return String(decoding: try source.bytes(at: position, count: count), as: UTF8.self)
    }

    private func byte(at position: Int) throws(InspectionError) -> UInt8 {
        if !latest.holds(position) { latest = try window(at: position) }
        return latest.bytes[position - latest.start]
    }

    /// The window that holds `position`; when none does yet, one that begins there and overlaps no other.
    private func window(at position: Int) throws(InspectionError) -> Window {
        let block = position / Self.blockBytes
        let windows = blocks[block] ?? []
        let following = Self.index(after: position, in: windows)
        if following > 0, windows[following - 1].holds(position) { return windows[following - 1] }
        let next = following < windows.count ? windows[following].start : .max
        let end = min(position + Self.windowBytes, (block + 1) * Self.blockBytes, next)
        let window = Window(start: position, bytes: try source.bytes(at: position, upTo: end - position))
        guard !window.bytes.isEmpty else { throw malformed("the file has \(source.count) bytes", at: position) }
        kept += window.bytes.count
        if kept > Self.keptBytes {
            blocks = [block: [window]]
            kept = window.bytes.count
        } else {
            blocks[block, default: []].insert(window, at: following)
        }
        return window
    }

    /// The first of the sorted windows that begins behind `position`.
    private static func index(after position: Int, in windows: [Window]) -> Int {
        var (low, high) = (0, windows.count)
        while low < high {
            let middle = (low + high) / 2
            if windows[middle].start <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
