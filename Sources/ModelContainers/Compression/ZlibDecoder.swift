internal import CZlib
import ModelBytes

/// zlib's `inflate`, for RFC 1950 and RFC 1952.
@safe final class ZlibDecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<z_stream>

    init(isGzip: Bool) throws(InspectionError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 32 KiB of window; 16 more says that a gzip header comes first.
        let code = unsafe inflateInit2_(
            stream, 15 + (isGzip ? 16 : 0), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else {
            unsafe stream.deallocate()
            throw InspectionError(.unsupported, "zlib cannot be set up (\(code))")
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        // zlib does not write to its input; the field is not const for historical reasons.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(output.count)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        let isSound = code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR
        return unsafe DecodingStep(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out),
            isEnd: code == Z_STREAM_END,
            failure: isSound ? nil : InspectionError(.malformed, "the zlib data is broken (\(code))"))
    }

    func restart() -> Bool { unsafe inflateReset(stream) == Z_OK }
}
