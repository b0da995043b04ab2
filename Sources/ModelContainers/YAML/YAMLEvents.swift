internal import CYaml
import ModelBytes

/// One event of a YAML document, with what matters of it.
struct YAMLEvent {
    enum Kind {
        case scalar(text: String, tag: String?, isPlain: Bool)
        case sequenceStart(tag: String?)
        case mappingStart(tag: String?)
        case end
        case documentStart
        case alias(String)
        case anchor(String)
    }

    var kind: Kind
    /// From 1 on.
    var line: Int
}

/// A parser of libyaml, and freed with this. It reads UTF-8 and checks it.
@safe final class YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let entry: String?
    private var isFinished = false

    init(_ content: [UInt8], entry: String?) throws(InspectionError) {
        self.entry = entry
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // The parser keeps a pointer to its input.
        unsafe bytes = .allocate(capacity: max(1, content.count))
        _ = unsafe bytes.initialize(from: content)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            throw InspectionError(.unsupported, "no memory for a YAML parser", entry: entry)
        }
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, content.count)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe bytes.deallocate()
    }

    /// Nil at the end of the stream. Beginnings of the stream and ends of documents are passed over.
    func next() throws(InspectionError) -> YAMLEvent? {
        while !isFinished {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw refusal() }
            defer { unsafe yaml_event_delete(&event) }
            if unsafe event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT {
                isFinished = true
            } else if let kind = unsafe Self.kind(event) {
                return unsafe YAMLEvent(kind: kind, line: event.start_mark.line + 1)
            }
        }
        return nil
    }

    private static func kind(_ event: yaml_event_t) -> YAMLEvent.Kind? {
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_ALIAS_EVENT: return unsafe .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            if let anchor = unsafe text(scalar.anchor) { return .anchor(anchor) }
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return unsafe .scalar(
                text: String(decoding: bytes, as: UTF8.self), tag: text(scalar.tag),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            let sequence = unsafe event.data.sequence_start
            if let anchor = unsafe text(sequence.anchor) { return .anchor(anchor) }
            return unsafe .sequenceStart(tag: text(sequence.tag))
        case YAML_MAPPING_START_EVENT:
            let mapping = unsafe event.data.mapping_start
            if let anchor = unsafe text(mapping.anchor) { return .anchor(anchor) }
            return unsafe .mappingStart(tag: text(mapping.tag))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        default: return nil
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private func refusal() -> InspectionError {
        let words = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "no memory is left"
        if unsafe parser.pointee.error == YAML_READER_ERROR {
            return InspectionError(
                .malformed, "no YAML: \(words)", entry: entry, offset: unsafe parser.pointee.problem_offset)
        }
        return InspectionError(
            .malformed, "no YAML: \(words) in line \(unsafe parser.pointee.problem_mark.line + 1)", entry: entry)
    }
}
