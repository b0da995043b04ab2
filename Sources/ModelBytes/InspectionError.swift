/// The one error of everything that reads an artifact: what is wrong, in which entry, at which byte.
///
/// It is data: the text for people is composed where it is shown.
public struct InspectionError: Error, Codable, Hashable, Sendable {
    /// Why reading stopped.
    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// The data ends before the structure does.
        case truncated
        /// The bytes break a rule of their own format.
        case malformed
        /// A field of `Limits` was reached; the message names it.
        case limit
        /// Well-formed, but nothing here can read it.
        case unsupported
        /// The data is encrypted and was not read.
        case encrypted
        /// The operating system refused: no permission, a device, an I/O error.
        case unreadable
        /// No file exists at the path.
        case notFound = "not-found"
        /// The process that inspected the artifact ended before it answered.
        case workerDied = "worker-died"
    }

    /// Why reading stopped.
    public var reason: Reason
    /// What is wrong, in a sentence.
    public var message: String
    /// The archive member or file of a directory that was being read.
    public var entry: String?
    /// Byte position inside `entry`, or inside the file when there is no entry.
    public var offset: Int?

    /// Creates an error.
    public init(_ reason: Reason, _ message: String, entry: String? = nil, offset: Int? = nil) {
        self.reason = reason
        self.message = message
        self.entry = entry
        self.offset = offset
    }

    /// The place, such as `archive/data.pkl at byte 402`; nil if the error concerns the whole file.
    public var place: String? {
        switch (entry, offset) {
        case (let entry?, let offset?): "\(entry) at byte \(offset)"
        case (let entry?, nil): entry
        case (nil, let offset?): "byte \(offset)"
        case (nil, nil): nil
        }
    }
}
