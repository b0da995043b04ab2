/// A key of a JSON object, compared byte by byte.
///
/// A `String` would take canonically equivalent keys for the same, which JSON does not (RFC 8259 section 8.3), and an
/// artifact could make all their hashes collide. A key of up to 15 bytes is not allocated.
public struct JSONKey: Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func == (key: JSONKey, other: JSONKey) -> Bool {
        key.text.utf8.count == other.text.utf8.count && key.text.utf8.elementsEqual(other.text.utf8)
    }

    public static func == (key: JSONKey, literal: StaticString) -> Bool {
        guard literal.hasPointerRepresentation, key.text.utf8.count == literal.utf8CodeUnitCount else { return false }
        let bytes = key.text.utf8.span
        for position in bytes.indices where unsafe bytes[position] != literal.utf8Start[position] { return false }
        return true
    }

    /// Lets `switch key { case "dtype": … }` compare without building a string.
    public static func ~= (literal: StaticString, key: JSONKey) -> Bool { key == literal }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
