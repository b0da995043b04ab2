public import ModelBytes

/// Bytes in memory that remember every read, so that a test can say which part of an artifact was looked at.
public final class RecordingBytes: ByteStorage {
    private let bytes: [UInt8]
    /// Every read, in order, as the positions it covered.
    public private(set) var reads: [Range<Int>] = []
    /// When set, a read that touches this position fails, as a disk would.
    public var badPosition: Int?

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var count: Int { bytes.count }

    public var bytesRead: Int { reads.reduce(0) { $0 + $1.count } }

    public func forget() { reads = [] }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let range = offset..<offset + min(buffer.count, bytes.count - offset)
        reads.append(range)
        if let badPosition, range.contains(badPosition) {
            throw InspectionError(.unreadable, "read failed: a bad position", offset: badPosition)
        }
        unsafe buffer.copyBytes(from: bytes[range])
        return range.count
    }

    /// Reads that break the promise about payload: those that start inside one of `payloads` of 1 KiB or more, or that
    /// reach more than 512 bytes into one.
    public func readsInside(payloads: [Range<Int>]) -> [Range<Int>] {
        let large = payloads.filter { $0.count >= 1 << 10 }
        return reads.filter { read in
            large.contains { payload in
                payload.contains(read.lowerBound) && !read.isEmpty
                    || read.overlaps(payload) && min(read.upperBound, payload.upperBound) - payload.lowerBound > 512
            }
        }
    }
}
