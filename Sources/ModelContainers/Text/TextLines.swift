package import ModelBytes

/// Reads a text line by line in pieces of 64 KiB; a line that is not asked for is passed, however long it is.
///
/// A line ends with LF, CR LF, or the end of the text. No line's ending is part of it.
package struct TextLines: ~Copyable {
    private var cursor: ByteCursor
    private let limit: Limits.Limit

    package init(_ source: ByteSource, at offset: Int = 0, limits: Limits) {
        cursor = ByteCursor(source, at: offset)
        limit = limits.lineBytes
    }

    /// Position of the byte that comes next.
    package var offset: Int { cursor.offset }
    package var isAtEnd: Bool { cursor.isAtEnd }

    /// The beginning of the next line, at most `count` bytes of it; the rest is passed. nil at the end.
    package mutating func next(prefix count: Int) throws(InspectionError) -> [UInt8]? {
        guard !cursor.isAtEnd else { return nil }
        var line: [UInt8] = []
        while try !cursor.take(
            upTo: 0x0A, { piece in if line.count < count { line.append(contentsOf: piece.prefix(count - line.count)) } }
        ) {
            if cursor.isAtEnd { break }
        }
        if line.last == 0x0D { line.removeLast() }
        return line
    }

    /// All of the next line; an error when it is longer than `limits.lineBytes`. nil at the end.
    package mutating func next() throws(InspectionError) -> [UInt8]? {
        let start = offset
        guard let line = try next(prefix: limit.value) else { return nil }
        // What was passed may have been a line of exactly the limit and its ending.
        if line.count == limit.value, offset - start > limit.value + 2 {
            throw limit.exceeded(by: offset - start, entry: cursor.source.entry, offset: start)
        }
        return line
    }

    /// Moves to a position at which a line begins.
    package mutating func seek(to position: Int) throws(InspectionError) { try cursor.seek(to: position) }
}
