package import ModelBytes
package import ModelJSON

/// Reads a YAML document as the JSON value it stands for.
///
/// The events of libyaml are taken one by one. What can make a document larger than its text or give it a meaning of its own
/// is refused: aliases, anchors, and tags but for those of the core schema and the two that Python writes for a set and a
/// tuple. So are a second document, a key that occurs twice, and a key that is no scalar.
package enum YAMLReader {
    /// Throws `malformed` with the line, `unsupported` for what is refused, and `limit`.
    package static func read(_ source: ByteSource, limits: Limits) throws(InspectionError) -> JSONValue {
        try readWithLines(source, limits: limits).value
    }

    /// As `read(_:limits:)`, with the line of each value.
    package static func readWithLines(
        _ source: ByteSource, limits: Limits
    ) throws(InspectionError) -> (value: JSONValue, lines: ValueLines) {
        try limits.yamlBytes.check(source.count, entry: source.entry)
        let bytes = try source.bytes(at: 0, upTo: source.count)
        let events = try YAMLEvents(bytes, entry: source.entry)
        var builder = YAMLBuilder(depth: limits.yamlDepth)
        while let event = try events.next() {
            do throws(YAMLRefusal) {
                try builder.add(event)
            } catch {
                throw InspectionError(error.reason, "\(error.message) in line \(event.line)", entry: source.entry)
            }
        }
        return (builder.document, builder.lines)
    }

    /// As `read(_:limits:)` of a source.
    package static func read(_ text: String, limits: Limits = Limits()) throws(InspectionError) -> JSONValue {
        try read(ByteSource(MemoryBytes(Array(text.utf8))), limits: limits)
    }
}

/// Why an event cannot be taken; the line is known to whom called.
struct YAMLRefusal: Error {
    let reason: InspectionError.Reason
    let message: String

    init(_ reason: InspectionError.Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }
}
