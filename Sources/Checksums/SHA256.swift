import CCrypto
public import ModelBytes

/// SHA-256 (FIPS 180-4) by libcrypto, which uses the processor's own instructions for it.
@safe public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Nothing was added yet.
    public static func begin() throws(InspectionError) -> SHA256 {
        // Without its configuration file libcrypto loads no module that somebody named there.
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        guard let context = unsafe EVP_MD_CTX_new() else { throw failure }
        guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw failure
        }
        return unsafe SHA256(context)
    }

    private init(_ context: OpaquePointer) { unsafe self.context = unsafe context }

    deinit { unsafe EVP_MD_CTX_free(context) }

    public mutating func add(_ bytes: UnsafeRawBufferPointer) throws(InspectionError) {
        guard unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure }
    }

    /// The 32 bytes.
    public consuming func digest() throws(InspectionError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw Self.failure }
        return digest
    }

    private static var failure: InspectionError {
        InspectionError(.unsupported, "libcrypto cannot compute SHA-256 here")
    }
}
