internal import CLz4
import ModelBytes

/// liblz4's decoder of frames.
@safe final class LZ4Decoder: StreamDecoder {
    private let context: OpaquePointer

    init() throws(InspectionError) {
        var context: OpaquePointer?
        let code = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        guard LZ4F_isError(code) == 0, let context = unsafe context else {
            throw InspectionError(.unsupported, "liblz4 cannot be set up")
        }
        unsafe self.context = context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    func decode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        var consumed = input.count
        var produced = output.count
        let hint = unsafe LZ4F_decompress(context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
        // After an error neither count means anything.
        guard LZ4F_isError(hint) == 0 else {
            return DecodingStep(
                consumed: 0, produced: 0, isEnd: false, failure: InspectionError(.malformed, "the lz4 data is broken"))
        }
        return DecodingStep(consumed: consumed, produced: produced, isEnd: hint == 0)
    }

    /// It is after every frame that came to its end (lz4frame.h, LZ4F_decompress).
    func restart() -> Bool { true }
}
