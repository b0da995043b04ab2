/// Writes LevelDB tables, as leveldb's table_builder.cc does, and the damaged ones no writer makes.
public struct TableBuilder {
    /// Entries of one block, in the order they are written.
    public typealias Entries = [(key: String, value: [UInt8])]

    /// A key stands whole after this many that do not.
    public var restartInterval = 16
    public var compression: UInt8 = 0
    /// What the index says of the blocks, when it is not the truth.
    public var handles: [(offset: Int, size: Int)]?
    public var blocks: [Entries]

    public init(_ blocks: [Entries]) { self.blocks = blocks }

    public var bytes: [UInt8] {
        var file: [UInt8] = []
        var index: Entries = []
        for (number, entries) in blocks.enumerated() {
            let content = block(entries)
            var handle = (offset: file.count, size: content.count)
            if let handles { handle = handles[number] }
            index.append((entries.last?.key ?? "", Self.varint(handle.offset) + Self.varint(handle.size)))
            file += Self.sealed(content, compression)
        }
        let metaindex = file.count
        let empty = block([])
        file += Self.sealed(empty, 0)
        let start = file.count
        let content = block(index)
        file += Self.sealed(content, 0)
        var footer = Self.varint(metaindex) + Self.varint(empty.count) + Self.varint(start) + Self.varint(content.count)
        footer += [UInt8](repeating: 0, count: 40 - footer.count)
        return file + footer + [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]
    }

    private func block(_ entries: Entries) -> [UInt8] {
        var content: [UInt8] = []
        var restarts: [Int] = []
        var last: [UInt8] = []
        for (number, entry) in entries.enumerated() {
            let key = Array(entry.key.utf8)
            var shared = 0
            if number.isMultiple(of: restartInterval) {
                restarts.append(content.count)
            } else {
                shared = zip(last, key).prefix { $0 == $1 }.count
            }
            content += Self.varint(shared) + Self.varint(key.count - shared) + Self.varint(entry.value.count)
            content += key[shared...] + entry.value
            last = key
        }
        // An empty block has one restart point as well.
        for restart in restarts.isEmpty ? [0] : restarts { content += Self.fixed(restart) }
        return content + Self.fixed(max(1, restarts.count))
    }

    /// A block's content with its trailer.
    public static func sealed(_ content: [UInt8], _ compression: UInt8) -> [UInt8] {
        let bytes = content + [compression]
        return bytes + fixed(Int(masked(bytes)))
    }

    private static func masked(_ bytes: [UInt8]) -> UInt32 {
        var value = ~UInt32(0)
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
        }
        value = ~value
        return (value >> 15 | value << 17) &+ 0xA282_EAD8
    }

    public static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(bitPattern: Int64(value))
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func fixed(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
