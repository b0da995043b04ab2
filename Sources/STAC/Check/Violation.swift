/// Something about a document, where it is, and what to do.
package struct Violation: Codable, Hashable, Sendable {
    /// JSON pointer into the document; empty for the whole of it.
    package var pointer: String
    package var message: String

    package init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }
}
