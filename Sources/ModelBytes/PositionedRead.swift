import SystemPackage

/// Reads from an open file that this program, or an earlier run of it, wrote.
public enum PositionedRead {
    /// `count` bytes from `offset` on; nil when there are not as many, or when they cannot be read.
    public static func bytes(of descriptor: CInt, at offset: Int, count: Int) -> [UInt8]? {
        let file = FileDescriptor(rawValue: descriptor)
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            // The caller only needs to know that the read failed.
            let got = try? unsafe bytes.withUnsafeMutableBytes {
                try unsafe file.read(
                    fromAbsoluteOffset: Int64(offset + filled),
                    into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
            }
            guard let got, got > 0 else { return nil }
            filled += got
        }
        return bytes
    }
}
