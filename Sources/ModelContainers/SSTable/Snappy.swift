import ModelBytes

/// Snappy's block format: the length of the content, then literals and copies of what came before.
///
/// Source: format_description.txt of google/snappy. The content is as long as its header says, so that memory is known
/// before anything is written.
enum Snappy {
    static func decode(
        _ bytes: ArraySlice<UInt8>, limit: Limits.Limit, entry: String?, offset: Int
    ) throws(InspectionError) -> [UInt8] {
        func broken() -> InspectionError {
            InspectionError(.malformed, "a block compressed by snappy is broken", entry: entry, offset: offset)
        }
        var rest = bytes
        var size = 0
        for index in 0..<5 {
            guard let byte = rest.popFirst() else { throw broken() }
            size |= Int(byte & 0x7F) << (7 * index)
            if byte < 0x80 { break }
            if index == 4 { throw broken() }
        }
        try limit.check(size, entry: entry, offset: offset)
        var content: [UInt8] = []
        content.reserveCapacity(size)
        while let tag = rest.popFirst() {
            let kind = tag & 3
            var length = Int(tag >> 2) + 1
            if kind == 0 {
                if length > 60 {
                    guard let value = number(length - 60, &rest) else { throw broken() }
                    length = value + 1
                }
                guard length <= rest.count, length <= size - content.count else { throw broken() }
                content += rest.prefix(length)
                rest = rest.dropFirst(length)
                continue
            }
            guard let low = number(kind == 1 ? 1 : kind == 2 ? 2 : 4, &rest) else { throw broken() }
            var distance = low
            if kind == 1 {
                length = Int(tag >> 2 & 7) + 4
                distance |= Int(tag >> 5) << 8
            }
            guard distance > 0, distance <= content.count, length <= size - content.count else { throw broken() }
            // A copy may reach into what it writes.
            for _ in 0..<length { content.append(content[content.count - distance]) }
        }
        guard content.count == size else { throw broken() }
        return content
    }

    /// Little-endian, of one to four bytes.
    private static func number(_ width: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        guard width <= rest.count else { return nil }
        defer { rest = rest.dropFirst(width) }
        return rest.prefix(width).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
