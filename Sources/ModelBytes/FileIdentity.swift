/// Which file of the system some bytes are: it is the same under all names that the file has.
public struct FileIdentity: Hashable, Sendable {
    /// The device that the file lies on.
    public let device: UInt64
    /// Its number on that device.
    public let inode: UInt64
}
