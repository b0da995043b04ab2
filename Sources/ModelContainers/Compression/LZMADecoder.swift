internal import CLzma
import ModelBytes

/// liblzma's decoder of `.xz` and of the older `.lzma`, which it tells apart itself.
@safe final class LZMADecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<lzma_stream>
    private let memory: Limits.Limit

    init(limits: Limits) throws(InspectionError) {
        memory = limits.decoderMemory
        unsafe stream = .allocate(capacity: 1)
        // All fields zero is what LZMA_STREAM_INIT stands for.
        unsafe stream.initialize(to: lzma_stream())
        let code = unsafe lzma_auto_decoder(stream, UInt64(max(0, memory.value)), 0)
        guard code == LZMA_OK else {
            unsafe stream.deallocate()
            throw InspectionError(.unsupported, "liblzma cannot be set up (\(code.rawValue))")
        }
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(InspectionError) -> DecodingStep {
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let code = unsafe lzma_code(stream, LZMA_RUN)
        switch code {
        case LZMA_OK, LZMA_STREAM_END, LZMA_BUF_ERROR: break
        case LZMA_MEMLIMIT_ERROR: throw memory.exceeded(by: unsafe Int(clamping: lzma_memusage(stream)))
        default: throw InspectionError(.malformed, "the xz data is broken (\(code.rawValue))")
        }
        return unsafe DecodingStep(
            consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
            isEnd: code == LZMA_STREAM_END)
    }
}
