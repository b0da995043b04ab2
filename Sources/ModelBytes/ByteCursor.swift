/// Reads a `ByteSource` forwards through a window whose size fits the way it is used. Every length is checked first.
public struct ByteCursor: ~Copyable {
    /// How much is fetched at a time.
    public enum Window: Sendable {
        /// 64 KiB at a time: text and pickles, which are read through.
        case sequential
        /// 256 bytes after a seek, doubling to 64 KiB while reads stay sequential: structure between payloads.
        case sparse
        /// 256 bytes after a seek, 512 while reads stay sequential: payload may begin at any byte, unannounced.
        case wary

        /// What is fetched after a seek, and what that grows to.
        var sizes: ClosedRange<Int> {
            switch self {
            case .sequential: ByteCursor.largestWindow...ByteCursor.largestWindow
            case .sparse: 256...ByteCursor.largestWindow
            case .wary: 256...512
            }
        }
    }

    public static let largestWindow = 64 << 10

    public let source: ByteSource
    @usableFromInline var buffer: [UInt8] = []
    @usableFromInline var next = 0
    @usableFromInline var bufferOffset: Int
    private let window: Window
    private var fetch: Int

    public init(_ source: ByteSource, at offset: Int = 0, window: Window = .sequential) {
        self.source = source
        self.bufferOffset = offset
        self.window = window
        self.fetch = window.sizes.lowerBound
    }

    /// Position in `source` of the byte that comes next.
    @inlinable
    public var offset: Int { bufferOffset + next }
    /// Bytes from here to the end of the source.
    public var remaining: Int { max(0, source.count - offset) }
    public var isAtEnd: Bool { next >= buffer.count && remaining == 0 }

    public func truncated(_ needed: Int) -> InspectionError {
        let left = source.storage.isCountKnown ? "but only \(remaining) are left" : "but the data ends"
        return InspectionError(
            .truncated, "needs \(needed) bytes, \(left)", entry: source.entry, offset: offset)
    }

    /// Whether nothing is left. Reads on if the source does not know its length.
    public mutating func reachesEnd() throws(InspectionError) -> Bool {
        if next < buffer.count { return false }
        if remaining == 0 { return true }
        if source.storage.isCountKnown { return false }
        return try source.bytes(at: offset, upTo: 1).isEmpty
    }

    public func malformed(_ message: String) -> InspectionError {
        InspectionError(.malformed, message, entry: source.entry, offset: offset)
    }

    /// Fetches the next window, which is larger if `expected` bytes are known to belong together. The current window must
    /// be used up.
    @usableFromInline
    mutating func refill(_ expected: Int = 0) throws(InspectionError) {
        let position = offset
        buffer = try source.bytes(at: position, upTo: max(fetch, min(expected, Self.largestWindow)))
        bufferOffset = position
        next = 0
        fetch = min(fetch * 2, window.sizes.upperBound)
        if buffer.isEmpty { throw truncated(1) }
    }

    /// The next byte.
    @inlinable
    public mutating func byte() throws(InspectionError) -> UInt8 {
        if next >= buffer.count { try refill() }
        let value = buffer[next]
        next += 1
        return value
    }

    /// The next byte without moving; nil at the end of the source.
    @inlinable
    public mutating func peek() throws(InspectionError) -> UInt8? {
        if next >= buffer.count {
            if remaining == 0 { return nil }
            try refill()
        }
        return buffer[next]
    }

    /// Moves to `position`; a move beyond the window makes the next fetch small again when reads are sparse.
    public mutating func seek(to position: Int) throws(InspectionError) {
        guard position >= 0, position <= source.count else {
            throw InspectionError(
                .truncated, "position \(position) lies beyond the end, \(source.count)", entry: source.entry,
                offset: offset)
        }
        if position >= bufferOffset, position <= bufferOffset + buffer.count {
            next = position - bufferOffset
        } else {
            bufferOffset = position
            buffer.removeAll(keepingCapacity: true)
            next = 0
            fetch = window.sizes.lowerBound
        }
    }

    public mutating func skip(_ length: Int) throws(InspectionError) {
        guard length >= 0, length <= remaining else { throw truncated(length) }
        try seek(to: offset + length)
    }

    /// The next `length` bytes. The caller has checked `length` against a limit; here it is checked against the data.
    public mutating func bytes(_ length: Int) throws(InspectionError) -> [UInt8] {
        guard length >= 0, length <= remaining else { throw truncated(length) }
        var result: [UInt8] = []
        result.reserveCapacity(length)
        try append(length, to: &result)
        return result
    }

    /// Appends the next `length` bytes to `bytes`. The caller has checked the length against a limit.
    public mutating func append(_ length: Int, to bytes: inout [UInt8]) throws(InspectionError) {
        guard length >= 0, length <= remaining else { throw truncated(length) }
        var missing = length
        while missing > 0 {
            if next >= buffer.count { try refill(missing) }
            let take = min(missing, buffer.count - next)
            bytes.append(contentsOf: buffer[next..<next + take])
            next += take
            missing -= take
        }
    }

    /// Copies the next bytes into `target` and returns how many: as many as the window still holds, 0 at the end.
    public mutating func read(into target: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        if isAtEnd { return 0 }
        if next >= buffer.count { try refill() }
        let length = min(target.count, buffer.count - next)
        unsafe target.copyBytes(from: buffer[next..<next + length])
        next += length
        return length
    }

    /// Passes the bytes of the window before `delimiter` to the closure and moves past both; false if the window has none.
    public mutating func take(upTo delimiter: UInt8, _ body: (ArraySlice<UInt8>) -> Void) throws(InspectionError)
        -> Bool
    {
        if next >= buffer.count { try refill() }
        let end = buffer.firstIndex(of: delimiter, from: next)
        body(buffer[next..<end])
        next = min(end + 1, buffer.count)
        return end < buffer.count
    }

    /// An unsigned little-endian integer of 1 to 8 bytes.
    @inlinable
    public mutating func littleEndian(_ width: Int) throws(InspectionError) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(try byte()) << UInt64(8 * index) }
        return value
    }

    /// An unsigned little-endian integer that has to fit an `Int`, as lengths and offsets do.
    public mutating func length(_ width: Int) throws(InspectionError) -> Int {
        let value = try littleEndian(width)
        guard let length = Int(exactly: value) else { throw malformed("length \(value) is too large for any file") }
        return length
    }
}

extension [UInt8] {
    /// The first position from `start` on that holds `byte`; the end when none does. Eight bytes at a time.
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int {
        let bytes = unsafe span.bytes
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var index = start
        while index <= count - 8 {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let difference = UInt64(littleEndian: word) ^ pattern
            // Sets the high bit of the first byte that is zero; above it the carry may set more.
            let found = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, self[index] != byte { index += 1 }
        return index
    }
}
