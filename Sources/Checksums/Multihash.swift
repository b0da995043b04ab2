package import ModelBytes

/// Checksums as `file:checksum` of STAC's file extension has them: hexadecimal multihashes, here of SHA-256.
package enum Multihash {
    /// Code 0x12, sha2-256, and 0x20 bytes (the table of multicodec).
    private static let prefix: [UInt8] = [0x12, 0x20]
    private static let piece = 1 << 20

    /// Of all of `source`, which is read through; `progress` gets the number of bytes read since its last call.
    package static func sha256(
        of source: ByteSource, progress: (Int) -> Void = { _ in }
    ) throws(InspectionError) -> String {
        var hash = try SHA256.begin()
        source.storage.prepareToReadThrough()
        var buffer = [UInt8](repeating: 0, count: max(1, min(piece, source.count)))
        var offset = 0
        while offset < source.count {
            let count = try read(source, at: offset, into: &buffer)
            guard count > 0 else {
                throw InspectionError(.truncated, "ends while it is read", entry: source.entry, offset: offset)
            }
            try add(buffer, count, to: &hash)
            offset += count
            progress(count)
        }
        return hexadecimal(prefix + (try hash.digest()))
    }

    /// The first eight hexadecimal digits of the SHA-256 of a text.
    package static func shortHash(of text: String) -> String {
        let whole = try? sha256(of: ByteSource(MemoryBytes(Array(text.utf8))))
        return whole.map(shortened) ?? "00000000"
    }

    /// The first eight digits of the hash itself.
    package static func shortened(_ multihash: String) -> String { String(multihash.dropFirst(4).prefix(8)) }

    private static func read(
        _ source: ByteSource, at offset: Int, into buffer: inout [UInt8]
    ) throws(InspectionError) -> Int {
        var failure: InspectionError?
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            do throws(InspectionError) {
                return try unsafe source.read(at: offset, into: bytes)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return count
    }

    private static func add(_ buffer: [UInt8], _ count: Int, to hash: inout SHA256) throws(InspectionError) {
        var failure: InspectionError?
        unsafe buffer.withUnsafeBytes { bytes in
            do throws(InspectionError) {
                try unsafe hash.add(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
