import ModelBytes

/// Undoes a compression forwards, 64 KiB at a time, and counts what comes out: a bomb is an error that names its limit.
struct Inflater: ~Copyable {
    /// The largest piece.
    static let pieceBytes = 64 << 10
    /// No ratio is asked for below this: small things compress by any factor.
    private static let ratioFloor = 64 << 20
    /// What bgzip and its like put into a member is more.
    private static let smallStreamBytes = 4 << 10

    let compression: Compression
    private let limits: Limits
    private var input: ByteCursor
    private var waiting: [UInt8] = []
    private var taken = 0
    private var decoder: any StreamDecoder
    private var isBetweenStreams = false
    /// What came out before it is given first.
    private var failure: InspectionError?
    /// Bytes that came out so far.
    private(set) var produced = 0
    /// Compressed bytes that went in so far.
    private(set) var consumed: Int
    private(set) var isAtEnd = false
    /// Streams of little or nothing so far: each costs a decoder its setting up.
    private(set) var smallStreams: Int
    /// Where the output of the stream at hand begins.
    private var streamStart = 0

    /// `smallStreams` are those of earlier passes.
    init(
        _ source: ByteSource, _ compression: Compression, limits: Limits, smallStreams: Int = 0
    ) throws(InspectionError) {
        let header = compression.headerCount(try source.bytes(at: 0, upTo: 32))
        let decoder = try compression.decoder(limits: limits)
        self.compression = compression
        self.limits = limits
        self.decoder = decoder
        self.smallStreams = smallStreams
        input = ByteCursor(source, at: min(header, source.count))
        consumed = header
    }

    /// The next piece; empty at the end of the stream.
    mutating func next() throws(InspectionError) -> [UInt8] {
        while !isAtEnd {
            let piece = try step()
            guard !piece.isEmpty else { continue }
            produced += piece.count
            try limits.streamBytes.check(produced)
            if produced > Self.ratioFloor {
                try limits.streamRatio.check(produced / max(1, consumed))
            }
            return piece
        }
        return []
    }

    /// One call of the decoder.
    private mutating func step() throws(InspectionError) -> [UInt8] {
        if let failure { throw failure }
        if taken == waiting.count { try refill() }
        if isBetweenStreams, !(try beginsAnotherStream()) {
            isAtEnd = true
            return []
        }
        let isOutOfInput = taken == waiting.count
        var step = DecodingStep(consumed: 0, produced: 0, isEnd: false)
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { buffer, filled in
            unsafe waiting[taken...].withUnsafeBytes { input in
                step = unsafe decoder.decode(input, into: UnsafeMutableRawBufferPointer(buffer))
            }
            filled = step.produced
        }
        taken += step.consumed
        consumed += step.consumed
        if let failure = step.failure {
            self.failure = failure
            return piece
        }
        if step.isEnd {
            isBetweenStreams = true
        } else if isOutOfInput, step.produced == 0 {
            throw InspectionError(
                .truncated, "the \(compression.rawValue) data ends before its stream does", offset: input.offset)
        } else if step.produced == 0, step.consumed == 0 {
            throw InspectionError(.malformed, "the \(compression.rawValue) data leads nowhere", offset: input.offset)
        }
        return piece
    }

    private mutating func refill() throws(InspectionError) {
        taken = 0
        waiting = try input.bytes(min(Self.pieceBytes, input.remaining))
    }

    /// Whether what follows a finished stream is another one, as `cat a.gz b.gz` makes; anything else is left alone, as
    /// the tools themselves do with padding.
    private mutating func beginsAnotherStream() throws(InspectionError) -> Bool {
        if waiting.count - taken < 32 {
            let rest = Array(waiting[taken...])
            waiting = rest + (try input.bytes(min(Self.pieceBytes, input.remaining)))
            taken = 0
        }
        guard compression.isConcatenated, Compression(head: Array(waiting[taken...].prefix(32))) == compression else {
            return false
        }
        if produced - streamStart < Self.smallStreamBytes {
            smallStreams += 1
            try limits.smallStreams.check(smallStreams, offset: input.offset)
        }
        streamStart = produced
        if !decoder.restart() { decoder = try compression.decoder(limits: limits) }
        isBetweenStreams = false
        return true
    }
}
