import ModelBytes

/// One of the Debian libraries that undo a compression, a piece at a time.
protocol StreamDecoder: AnyObject {
    /// Takes bytes from `input` and fills `output`; the caller comes again with what was not taken.
    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep

    /// Makes it ready for another stream, which costs less than a new one; false when only a new one will do.
    func restart() -> Bool
}

/// What one call of a decoder did.
struct DecodingStep {
    var consumed: Int
    var produced: Int
    /// The stream ends here. A further one may follow it.
    var isEnd: Bool
    /// What is wrong behind the bytes that came out.
    var failure: InspectionError?
}

extension Compression {
    func decoder(limits: Limits) throws(InspectionError) -> any StreamDecoder {
        switch self {
        case .gzip, .zlib, .zfile: try ZlibDecoder(isGzip: self == .gzip)
        case .bzip2: try Bzip2Decoder()
        case .xz, .lzma: try LZMADecoder(limits: limits)
        case .lz4: try LZ4Decoder()
        case .zstd: try ZstdDecoder(limits: limits)
        }
    }

    /// Whether another stream may follow the first, and belongs to it: `gzip`, `bzip2`, `xz`, `lz4` and `zstd` allow it.
    var isConcatenated: Bool {
        switch self {
        case .gzip, .bzip2, .xz, .lz4, .zstd: true
        case .zlib, .zfile, .lzma: false
        }
    }
}
