/// Writes tar archives block by block, right ones and wrong ones.
public struct TarBuilder {
    /// Which fields a header has beyond the oldest ones.
    public enum Format: Sendable {
        case old, posix, gnu
    }

    public private(set) var bytes: [UInt8] = []
    /// Which bytes are the content of each member, in order.
    public private(set) var contents: [Range<Int>] = []

    public init() {}

    /// Adds a header and content, filled up to whole blocks. `change` is applied to the header before its checksum.
    public mutating func add(
        _ name: String, _ content: [UInt8] = [], type: Character = "0", format: Format = .posix, prefix: String = "",
        change: (inout [UInt8]) -> Void = { _ in }
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put(String(decoding: name.utf8.prefix(100), as: UTF8.self), at: 0)
        put("0000644\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put(Self.octal(content.count, digits: 11), at: 124)
        put("00000000000\0", at: 136)
        put(String(type), at: 156)
        switch format {
        case .old: break
        case .posix: put("ustar\u{0}00", at: 257)
        case .gnu: put("ustar  \0", at: 257)
        }
        put(prefix, at: 345)
        change(&header)
        bytes += Self.withChecksum(header, at: 0)
        contents.append(bytes.count..<bytes.count + content.count)
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Adds a pax extended header for the member that follows.
    public mutating func addExtended(_ records: [(key: String, value: String)]) {
        let list = records.map { key, value in
            var length = key.utf8.count + value.utf8.count + 3
            while String(length).utf8.count + key.utf8.count + value.utf8.count + 3 != length { length += 1 }
            return "\(length) \(key)=\(value)\n"
        }
        add("PaxHeaders/0", Array(list.joined().utf8), type: "x")
    }

    /// Adds the two blocks of zeros that end an archive.
    public mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

    /// `bytes` with the checksum put right of the header at `offset`.
    public static func withChecksum(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        var bytes = bytes
        let field = offset + 148..<offset + 156
        bytes.replaceSubrange(field, with: [UInt8](repeating: 0x20, count: field.count))
        let sum = bytes[offset..<offset + 512].reduce(0) { $0 + Int($1) }
        bytes.replaceSubrange(field, with: Array(octal(sum, digits: 6).utf8) + [0x20])
        return bytes
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text + "\0"
    }
}
