/// Where an HDF5 file begins: its superblock stands at 0, or behind a user block of 512, 1024, 2048 … bytes.
///
/// Source: HDF5 File Format Specification Version 3.0, II.A.
package enum HDF5Signature {
    package static let bytes: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The place of the signature in the first bytes of a file; nil when there is none.
    ///
    /// A user block of 4 KiB or more is not looked behind: in any other file that would be a look at tensors.
    package static func offset(in head: [UInt8]) -> Int? {
        var offset = 0
        while offset + bytes.count <= head.count {
            if head[offset...].starts(with: bytes) { return offset }
            offset = offset == 0 ? 512 : offset * 2
        }
        return nil
    }
}
