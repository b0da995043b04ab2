internal import CZlib
package import ModelBytes

/// zlib's `compress2`, for what a report holds.
package enum Deflated {
    /// The bytes as a zlib stream (RFC 1950).
    package static func zlib(_ bytes: [UInt8]) throws(InspectionError) -> [UInt8] {
        let bound = Int(compressBound(UInt(bytes.count)))
        var code = Z_OK
        let output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, filled in
            var length = UInt(bound)
            code = unsafe compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), Z_DEFAULT_COMPRESSION)
            filled = code == Z_OK ? Int(length) : 0
        }
        guard code == Z_OK else { throw InspectionError(.unsupported, "zlib cannot compress (\(code))") }
        return output
    }
}
