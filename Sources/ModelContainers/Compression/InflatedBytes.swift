package import ModelBytes

/// What a compressed file becomes, as bytes that can be read by position, without being held.
///
/// The first 4 MiB stay in memory; beyond them only the latest pieces do, more than a cursor reads ahead, so that reads
/// go forwards. A read further back begins the stream again, a few times at most.
///
/// Nobody knows how long it is before it was read through: `count` is what it may be at most, and a read at its end
/// answers fewer bytes.
package final class InflatedBytes: ByteStorage {
    package let compression: Compression
    package let count: Int
    package let isCountKnown = false
    private let source: ByteSource
    private let limits: Limits
    private let keptBytes: Int

    private var inflater: Inflater
    private var passes = 1
    /// The beginning, up to `keptBytes`.
    private var kept: [UInt8] = []
    /// The latest pieces beyond it in their order, and where each begins.
    private var latest: [(start: Int, bytes: [UInt8])] = []
    /// A decoder fills pieces of 64 KiB but for the last one before its input has to be refilled.
    private static let latestBytes = 4 * ByteCursor.largestWindow
    /// Where the stream ends, once that was reached.
    package private(set) var end: Int?

    package init(
        _ source: ByteSource, _ compression: Compression, limits: Limits, keeping keptBytes: Int = 4 << 20
    ) throws(InspectionError) {
        self.source = source
        self.compression = compression
        self.limits = limits
        self.keptBytes = keptBytes
        count = min(max(0, limits.streamBytes.value), Int.max - 1) + 1
        inflater = try Inflater(source, compression, limits: limits)
    }

    /// All of it, when that is no more than `limit` bytes; nil when it is more.
    package func whole(upTo limit: Int) throws(InspectionError) -> [UInt8]? {
        guard limit <= keptBytes else { return nil }
        while end == nil, kept.count <= limit { try advance() }
        return end != nil && kept.count <= limit ? kept : nil
    }

    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            do throws(InspectionError) {
                let got = try unsafe copy(from: offset + filled, into: rest)
                if got == 0 { break }
                filled += got
            } catch {
                // What came out before the stream breaks is worth reading; the next read meets the error again.
                if filled == 0 { throw error }
                break
            }
        }
        return filled
    }

    /// As much as stands in one place.
    private func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        while true {
            if offset < kept.count { return unsafe copy(kept, at: offset, into: buffer) }
            if let end, offset >= end { return 0 }
            if let piece = latest.last(where: { $0.start <= offset }) {
                if offset < piece.start + piece.bytes.count {
                    return unsafe copy(piece.bytes, at: offset - piece.start, into: buffer)
                }
            } else if !latest.isEmpty {
                try restart()
            }
            try advance()
        }
    }

    private func copy(_ bytes: [UInt8], at start: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let length = min(buffer.count, bytes.count - start)
        unsafe buffer.copyBytes(from: bytes[start..<start + length])
        return length
    }

    private func restart() throws(InspectionError) {
        passes += 1
        try limits.streamPasses.check(passes)
        inflater = try Inflater(source, compression, limits: limits, smallStreams: inflater.smallStreams)
        latest = []
    }

    private func advance() throws(InspectionError) {
        let start = inflater.produced
        let next = try inflater.next()
        if next.isEmpty {
            end = start
        } else if start == kept.count, start + next.count <= keptBytes {
            kept += next
        } else if start + next.count > kept.count {
            latest.append((start, next))
            var surplus = latest.reduce(-Self.latestBytes) { $0 + $1.bytes.count }
            while let first = latest.first, surplus >= first.bytes.count, latest.count > 1 {
                surplus -= first.bytes.count
                latest.removeFirst()
            }
        }
    }
}
