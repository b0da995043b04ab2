import ModelBytes

/// The part of a JSON document that is in memory, and the place in it; fetches the next part when this one is used up.
///
/// Offsets are positions in the source. Hot loops run over `bytes` from `next` on and store `next` when they stop.
struct JSONWindow: ~Copyable {
    static let size = 64 << 10

    let source: ByteSource
    private(set) var bytes: [UInt8] = []
    var next = 0
    private let start: Int
    private var end: Int
    private let size: Int
    private var bytesOffset: Int
    private let textLimit: Limits.Limit
    /// Where in `bytes` the token begins whose text is wanted.
    private var tokenStart: Int?
    /// What earlier windows had of that token.
    private var carried: [UInt8] = []

    init(_ source: ByteSource, in range: Range<Int>, limits: Limits, size: Int) {
        self.source = source
        self.start = range.lowerBound
        self.end = range.upperBound
        self.size = size
        self.bytesOffset = range.lowerBound
        self.textLimit = limits.jsonTextBytes
    }

    /// Position in the source of the byte that comes next.
    var offset: Int { bytesOffset + next }

    /// The next byte without moving; nil at the end.
    @inline(__always)
    mutating func peek() throws(InspectionError) -> UInt8? {
        if next == bytes.count {
            guard try refill() else { return nil }
        }
        return bytes[next]
    }

    /// The next byte.
    mutating func take() throws(InspectionError) -> UInt8 {
        guard let byte = try peek() else { throw truncated() }
        next += 1
        return byte
    }

    /// The next byte that is no white space, without moving past it; nil at the end.
    @inline(__always)
    mutating func first() throws(InspectionError) -> UInt8? {
        if next < bytes.count, bytes[next] > 0x20 { return bytes[next] }
        return try passBlanks()
    }

    @inline(never)
    private mutating func passBlanks() throws(InspectionError) -> UInt8? {
        repeat {
            var index = next
            while index < bytes.count {
                switch bytes[index] {
                case 0x20, 0x09, 0x0A, 0x0D: index += 1
                case let byte:
                    next = index
                    return byte
                }
            }
            next = index
        } while try refill()
        return nil
    }

    /// Fetches the next part, when the current one is used up; false at the end of the document.
    @inline(never)
    mutating func refill() throws(InspectionError) -> Bool {
        let position = offset
        // A byte order mark has to be in the first window whole.
        let fetch = min(position == start ? max(size, 4) : size, end - position)
        guard fetch > 0 else { return false }
        if let tokenStart {
            try textLimit.check(carried.count + next - tokenStart, entry: source.entry, offset: position)
            carried.append(contentsOf: bytes[tokenStart...])
            self.tokenStart = 0
        }
        // The array is filled anew rather than made anew: freeing so large a block costs more than reading it.
        if bytes.count != fetch { bytes = [UInt8](repeating: 0, count: fetch) }
        let filled = try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(InspectionError) in
            try unsafe source.read(at: position, into: UnsafeMutableRawBufferPointer(buffer))
        }
        if filled < fetch {
            bytes.removeSubrange(filled...)
            end = position + filled
        }
        bytesOffset = position
        next = 0
        if position == start { try passByteOrderMark() }
        return next < bytes.count
    }

    /// RFC 8259 section 8.1: a parser may ignore the mark. UTF-16 begins with a mark of its own.
    private mutating func passByteOrderMark() throws(InspectionError) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            throw InspectionError(
                .unsupported, "the JSON is in UTF-16; only UTF-8 is read", entry: source.entry, offset: start)
        }
    }

    /// Keeps what is passed from here on, until `endToken()`.
    mutating func beginToken() {
        tokenStart = next
    }

    /// Gives `body` the bytes since `beginToken()`, checked against the limit of one text.
    @inline(__always)
    mutating func endToken<Value>(_ body: (Span<UInt8>) -> Value) throws(InspectionError) -> Value {
        let start = tokenStart ?? next
        tokenStart = nil
        let length = carried.count + next - start
        if length > textLimit.value { throw textLimit.exceeded(by: length, entry: source.entry, offset: offset) }
        if carried.isEmpty { return body(bytes.span.extracting(start..<next)) }
        var whole = carried
        carried = []
        whole.append(contentsOf: bytes[start..<next])
        return body(whole.span)
    }

    /// At the place in the source that is given, or here.
    func malformed(_ message: String, at place: Int? = nil) -> InspectionError {
        InspectionError(.malformed, message, entry: source.entry, offset: place ?? offset)
    }

    func truncated() -> InspectionError {
        InspectionError(.truncated, "the JSON ends too early", entry: source.entry, offset: offset)
    }

    /// The error for a next byte that is not what the grammar wants.
    mutating func unexpected(_ wanted: String) throws(InspectionError) -> InspectionError {
        guard let byte = try peek() else { return truncated() }
        let found = 0x21..<0x7F ~= byte ? "'\(Unicode.Scalar(byte))'" : "byte 0x" + String(byte, radix: 16)
        return malformed("expected \(wanted), found \(found)")
    }
}
