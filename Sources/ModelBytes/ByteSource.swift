/// Where bytes come from: a file, memory, or a recorder in tests. Reads are positioned. Nothing is mapped, because a mapped
/// file that shrinks kills the process.
public protocol ByteStorage: AnyObject {
    /// Bytes in it; at most that many when `isCountKnown` is false.
    var count: Int { get }
    /// Whether `count` is exact. A compressed stream that was not read to its end can have fewer bytes.
    var isCountKnown: Bool { get }
    /// Fills `buffer` from `offset` on and returns how many bytes it got: fewer only at the end of the data.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int
    /// Called before all bytes are read in order.
    func prepareToReadThrough()
    /// The file that they are all bytes of; nil when they are not a file's.
    var identity: FileIdentity? { get }
}

extension ByteStorage {
    /// True.
    public var isCountKnown: Bool { true }
    /// Does nothing.
    public func prepareToReadThrough() {}
    /// Nil.
    public var identity: FileIdentity? { nil }
}

/// A window on a `ByteStorage`: the whole of a file, or a stored archive member inside it.
///
/// Slices share the storage, so a zip inside a zip is read in place and its bytes are counted once.
public struct ByteSource {
    /// Where the bytes come from.
    public let storage: any ByteStorage
    /// The window, in positions of the storage.
    public let range: Range<Int>
    /// The archive member this is, for error messages; nil for a whole file.
    public let entry: String?

    /// The whole of `storage`.
    public init(_ storage: any ByteStorage, entry: String? = nil) {
        self.storage = storage
        self.range = 0..<storage.count
        self.entry = entry
    }

    private init(storage: any ByteStorage, range: Range<Int>, entry: String?) {
        self.storage = storage
        self.range = range
        self.entry = entry
    }

    /// Bytes in the window.
    public var count: Int { range.count }

    /// The file that this is the whole of; nil for a part of one, and for what is no file.
    public var identity: FileIdentity? { range == 0..<storage.count ? storage.identity : nil }

    /// The part of this source from `offset` on, `length` bytes long.
    public func slice(at offset: Int, count length: Int, entry: String? = nil) throws(InspectionError) -> ByteSource {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
            throw InspectionError(
                .truncated, "needs \(length) bytes at \(offset), but there are \(count)", entry: entry ?? self.entry)
        }
        let start = range.lowerBound + offset
        return ByteSource(storage: storage, range: start..<start + length, entry: entry ?? self.entry)
    }

    /// Fills as much of `buffer` as there is from `offset` on; returns the number of bytes.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < count, buffer.count > 0 else { return 0 }
        let available = min(buffer.count, count - offset)
        do {
            return try unsafe storage.read(
                at: range.lowerBound + offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<available]))
        } catch {
            throw InspectionError(error.reason, error.message, entry: entry ?? error.entry, offset: error.offset)
        }
    }

    /// Up to `length` bytes from `offset` on; fewer at the end of the data.
    public func bytes(at offset: Int, upTo length: Int) throws(InspectionError) -> [UInt8] {
        guard offset >= 0, offset < count, length > 0 else { return [] }
        var failure: InspectionError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: min(length, count - offset)) { buffer, filled in
            do throws(InspectionError) {
                filled = try unsafe read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Exactly `length` bytes from `offset` on, or an error that says the data is truncated.
    public func bytes(at offset: Int, count length: Int) throws(InspectionError) -> [UInt8] {
        let bytes = try bytes(at: offset, upTo: length)
        guard bytes.count == length else {
            throw InspectionError(
                .truncated, "needs \(length) bytes, but only \(bytes.count) are left", entry: entry, offset: offset)
        }
        return bytes
    }
}

/// Bytes that are already in memory: an inflated member, a pipe's content.
public final class MemoryBytes: ByteStorage {
    private let bytes: [UInt8]

    /// These bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Bytes there are.
    public var count: Int { bytes.count }

    /// Fills `buffer` from `offset` on and returns how many bytes it got.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let length = min(buffer.count, bytes.count - offset)
        unsafe buffer.copyBytes(from: bytes[offset..<offset + length])
        return length
    }
}
