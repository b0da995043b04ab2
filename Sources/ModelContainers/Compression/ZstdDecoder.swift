internal import CZstd
import ModelBytes

/// libzstd's streaming decoder.
@safe final class ZstdDecoder: StreamDecoder {
    private let context: OpaquePointer
    private let memory: Limits.Limit

    init(limits: Limits) throws(InspectionError) {
        guard let context = unsafe ZSTD_createDStream() else {
            throw InspectionError(.unsupported, "libzstd cannot be set up")
        }
        unsafe self.context = context
        memory = limits.decoderMemory
        // The largest window whose size is within the limit; libzstd has no smaller one than 1 KiB.
        let windowLog = max(10, Int32(Int.bitWidth - 1 - max(1, limits.decoderMemory.value).leadingZeroBitCount))
        _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, min(windowLog, 31))
    }

    deinit { _ = unsafe ZSTD_freeDStream(context) }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let hint = unsafe ZSTD_decompressStream(context, &target, &source)
        let failure: InspectionError? =
            switch ZSTD_getErrorCode(hint) {
            case ZSTD_error_no_error: nil
            case ZSTD_error_frameParameter_windowTooLarge: memory.reached()
            default:
                InspectionError(
                    .malformed, "the zstd data is broken: \(unsafe String(cString: ZSTD_getErrorName(hint)))")
            }
        return unsafe DecodingStep(consumed: source.pos, produced: target.pos, isEnd: hint == 0, failure: failure)
    }

    /// It is after every frame that came to its end (zstd.h, ZSTD_decompressStream).
    func restart() -> Bool { true }
}
