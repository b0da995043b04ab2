internal import CBzip2
import ModelBytes

/// libbz2's `BZ2_bzDecompress`.
@safe final class Bzip2Decoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<bz_stream>

    init() throws(InspectionError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: bz_stream())
        let code = unsafe BZ2_bzDecompressInit(stream, 0, 0)
        guard code == BZ_OK else {
            unsafe stream.deallocate()
            throw InspectionError(.unsupported, "libbz2 cannot be set up (\(code))")
        }
    }

    deinit {
        unsafe BZ2_bzDecompressEnd(stream)
        unsafe stream.deallocate()
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        // libbz2 does not write to its input.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: CChar.self))
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.avail_out = UInt32(output.count)
        let code = unsafe BZ2_bzDecompress(stream)
        let isSound = code == BZ_OK || code == BZ_STREAM_END
        return unsafe DecodingStep(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out),
            isEnd: code == BZ_STREAM_END,
            failure: isSound ? nil : InspectionError(.malformed, "the bzip2 data is broken (\(code))"))
    }

    func restart() -> Bool { false }
}
