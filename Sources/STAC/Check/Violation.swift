/// Something about a document, where it is, and what to do.
public struct Violation: Codable, Hashable, Sendable {
    /// JSON pointer into the document; empty for the whole of it.
    public var pointer: String
    public var message: String

    public init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }
}
