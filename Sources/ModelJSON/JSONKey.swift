/// A key of a JSON object, compared byte by byte.
///
/// A `String` would take canonically equivalent keys for the same, which JSON does not (RFC 8259 section 8.3), and an
/// artifact could make all their hashes collide. A key of up to 15 bytes is not allocated.
public struct JSONKey: Hashable, Sendable, ExpressibleByStringLiteral {
    public let text: String
    /// Known to be nothing but ASCII.
    private let isASCII: Bool

    public init(_ text: String) { self.init(text, isASCII: text.utf8Span.isKnownASCII) }
    /// Not looked at more closely than comparing it needs, so that `switch key { case "dtype": … }` is quick.
    public init(stringLiteral text: String) { self.init(text, isASCII: false) }

    init(_ text: String, isASCII: Bool) {
        self.text = text
        self.isASCII = isASCII
    }

    public static func == (key: JSONKey, other: JSONKey) -> Bool {
        guard key.text.utf8.count == other.text.utf8.count, key.text == other.text else { return false }
        // Equivalents of ASCII are longer, so that the bytes can only differ beyond it.
        return key.isASCII || other.isASCII || key.text.utf8.elementsEqual(other.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
