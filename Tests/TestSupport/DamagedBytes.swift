public import ModelBytes

/// Bytes of which only a beginning is there.
///
/// `count` may promise more, as a file does that shrinks while it is read.
public final class CutBytes: ByteStorage {
    private let bytes: [UInt8]
    private let end: Int
    public let count: Int

    public init(_ bytes: [UInt8], at end: Int, promising count: Int? = nil) {
        self.bytes = bytes
        self.end = end
        self.count = count ?? end
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < end else { return 0 }
        let length = min(buffer.count, end - offset)
        unsafe buffer.copyBytes(from: bytes[offset..<offset + length])
        return length
    }
}

/// Bytes of which one is another one.
public final class FlippedBytes: ByteStorage {
    private let bytes: [UInt8]
    private let position: Int
    private let mask: UInt8

    public init(_ bytes: [UInt8], at position: Int, mask: UInt8) {
        self.bytes = bytes
        self.position = position
        self.mask = mask
    }

    public var count: Int { bytes.count }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let length = min(buffer.count, bytes.count - offset)
        unsafe buffer.copyBytes(from: bytes[offset..<offset + length])
        if position >= offset, position < offset + length { unsafe buffer[position - offset] ^= mask }
        return length
    }
}
