internal import CLzma
import ModelBytes

/// liblzma's decoder of `.xz` and of the older `.lzma`, which it tells apart itself.
///
/// It allocates as large a dictionary as the stream's header asks for, and fills it with what comes out. So a large one
/// costs nothing until much came out; the limit is asked then.
@safe final class LZMADecoder: StreamDecoder {
    private let stream: UnsafeMutablePointer<lzma_stream>
    private let memory: Limits.Limit
    private var produced = 0
    /// What the largest of xz's presets needs.
    private static let largestPreset = 80 << 20

    init(limits: Limits) throws(InspectionError) {
        memory = limits.decoderMemory
        unsafe stream = .allocate(capacity: 1)
        // All fields zero is what LZMA_STREAM_INIT stands for.
        unsafe stream.initialize(to: lzma_stream())
        let code = unsafe lzma_auto_decoder(stream, UInt64(max(Self.largestPreset, memory.value)), 0)
        guard code == LZMA_OK else {
            unsafe stream.deallocate()
            throw InspectionError(.unsupported, "liblzma cannot be set up (\(code.rawValue))")
        }
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let code = unsafe lzma_code(stream, LZMA_RUN)
        let step = unsafe output.count - stream.pointee.avail_out
        produced += step
        let needed = unsafe Int(clamping: lzma_memusage(stream))
        let failure: InspectionError? =
            switch code {
            case LZMA_OK where min(produced, needed) > memory.value: memory.exceeded(by: needed)
            case LZMA_OK, LZMA_STREAM_END, LZMA_BUF_ERROR: nil
            case LZMA_MEMLIMIT_ERROR: memory.exceeded(by: needed)
            default: InspectionError(.malformed, "the xz data is broken (\(code.rawValue))")
            }
        return unsafe DecodingStep(
            consumed: input.count - stream.pointee.avail_in, produced: step,
            isEnd: code == LZMA_STREAM_END, failure: failure)
    }

    func restart() -> Bool { false }
}
