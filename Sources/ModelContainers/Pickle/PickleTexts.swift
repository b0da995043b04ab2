import ModelBytes

/// The strings and long integers of a pickle, in chunks that are never copied; a piece never spans two of them.
struct PickleTexts {
    /// Where one text lies.
    struct Piece: BitwiseCopyable {
        var chunk: UInt32
        var start: UInt32
        var count: UInt32
    }

    private static let chunkSize = 64 << 10

    private var chunks: [[UInt8]] = []

    subscript(piece: Piece) -> ArraySlice<UInt8> {
        let start = Int(piece.start)
        return chunks[Int(piece.chunk)][start..<start + Int(piece.count)]
    }

    /// `bytes` has been checked against the limits, which are below 4 GiB.
    mutating func append(_ bytes: some Collection<UInt8>) -> Piece {
        let piece = reserve(bytes.count)
        chunks[chunks.count - 1].append(contentsOf: bytes)
        return piece
    }

    /// The next `count` bytes of `cursor`; `count` has been checked against the limits, which are below 4 GiB.
    mutating func append(_ count: Int, from cursor: inout ByteCursor) throws(InspectionError) -> Piece {
        let piece = reserve(count)
        try cursor.append(count, to: &chunks[chunks.count - 1])
        return piece
    }

    /// Makes the last chunk one that has room for `count` bytes.
    private mutating func reserve(_ count: Int) -> Piece {
        if chunks.isEmpty || count > Self.chunkSize - chunks[chunks.count - 1].count {
            var chunk: [UInt8] = []
            // The first chunk grows by itself: most artifacts are small.
            if !chunks.isEmpty || count > Self.chunkSize { chunk.reserveCapacity(max(count, Self.chunkSize)) }
            chunks.append(chunk)
        }
        return Piece(
            chunk: UInt32(chunks.count - 1), start: UInt32(chunks[chunks.count - 1].count), count: UInt32(count))
    }
}
