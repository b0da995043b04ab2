import CCrypto
package import ModelBytes

/// SHA-256 (FIPS 180-4) by libcrypto, which uses the processor's own instructions for it.
///
/// By the functions of this one digest: those for any digest bring all that libcrypto can compute.
@safe package struct SHA256: ~Copyable {
    private var context: SHA256_CTX

    /// The version of OpenSSL that this was built with. The function that asks the library itself would bring another
    /// 2.7 MB of it into a static program.
    package static var libraryVersion: String { OPENSSL_VERSION_STR }

    /// Nothing was added yet.
    package static func begin() throws(InspectionError) -> SHA256 {
        var context = SHA256_CTX()
        guard unsafe SHA256_Init(&context) == 1 else { throw failure }
        return SHA256(context)
    }

    private init(_ context: SHA256_CTX) { self.context = context }

    package mutating func add(_ bytes: UnsafeRawBufferPointer) throws(InspectionError) {
        guard unsafe SHA256_Update(&context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure }
    }

    /// The 32 bytes.
    package consuming func digest() throws(InspectionError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe SHA256_Final(&digest, &context) == 1 else { throw Self.failure }
        return digest
    }

    /// The first 16 bytes of the digest of what begins at `start`, as one number, the most significant byte first. Nil when it
    /// cannot be computed.
    package static func number(of bytes: [UInt8], from start: Int) -> UInt128? {
        var context = SHA256_CTX()
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isDone = unsafe bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeMutableBytes(of: &digest) { digest in
                unsafe SHA256_Init(&context) == 1
                    && SHA256_Update(&context, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start) == 1
                    && SHA256_Final(digest.baseAddress?.assumingMemoryBound(to: UInt8.self), &context) == 1
            }
        }
        return isDone ? UInt128(UInt64(bigEndian: digest.0)) << 64 | UInt128(UInt64(bigEndian: digest.1)) : nil
    }

    private static var failure: InspectionError {
        InspectionError(.unsupported, "libcrypto cannot compute SHA-256 here")
    }
}
