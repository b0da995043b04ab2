import CCrypto
public import ModelBytes

/// SHA-256 (FIPS 180-4) by libcrypto, which uses the processor's own instructions for it.
///
/// By the functions of this one digest: those for any digest bring all that libcrypto can compute.
@safe public struct SHA256: ~Copyable {
    private var context: SHA256_CTX

    /// The version of OpenSSL whose libcrypto this is, as it says itself.
    public static var libraryVersion: String {
        guard let version = unsafe OpenSSL_version(OPENSSL_VERSION_STRING) else { return "unknown" }
        return unsafe String(cString: version)
    }

    /// Nothing was added yet.
    public static func begin() throws(InspectionError) -> SHA256 {
        var context = SHA256_CTX()
        guard unsafe SHA256_Init(&context) == 1 else { throw failure }
        return SHA256(context)
    }

    private init(_ context: SHA256_CTX) { self.context = context }

    public mutating func add(_ bytes: UnsafeRawBufferPointer) throws(InspectionError) {
        guard unsafe SHA256_Update(&context, bytes.baseAddress, bytes.count) == 1 else { throw Self.failure }
    }

    /// The 32 bytes.
    public consuming func digest() throws(InspectionError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe SHA256_Final(&digest, &context) == 1 else { throw Self.failure }
        return digest
    }

    private static var failure: InspectionError {
        InspectionError(.unsupported, "libcrypto cannot compute SHA-256 here")
    }
}
