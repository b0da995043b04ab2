/// An array that grows in chunks and never copies what it holds, so that its peak is its size and not twice that.
struct ChunkedArray<Element: BitwiseCopyable> {
    private static var chunkBits: Int { 14 }
    private static var chunkSize: Int { 1 << chunkBits }

    private var chunks: [[Element]] = []
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count & (Self.chunkSize - 1) == 0 { addChunk() }
        chunks[count >> Self.chunkBits].append(element)
        count += 1
    }

    mutating func append(_ elements: ArraySlice<Element>) {
        var left = elements
        while !left.isEmpty {
            if count & (Self.chunkSize - 1) == 0 { addChunk() }
            let part = left.prefix(Self.chunkSize - count & (Self.chunkSize - 1))
            chunks[count >> Self.chunkBits].append(contentsOf: part)
            count += part.count
            left = left[part.endIndex...]
        }
    }

    private mutating func addChunk() {
        var chunk: [Element] = []
        // The first chunk grows by itself: most artifacts are small.
        if count > 0 { chunk.reserveCapacity(Self.chunkSize) }
        chunks.append(chunk)
    }

    subscript(index: Int) -> Element {
        get { chunks[index >> Self.chunkBits][index & (Self.chunkSize - 1)] }
        set { chunks[index >> Self.chunkBits][index & (Self.chunkSize - 1)] = newValue }
    }
}
