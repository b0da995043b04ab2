internal import CExpat
package import ModelBytes

/// Receives a document's parts in their order.
package protocol XMLHandler: AnyObject {
    /// The document has a type that is described elsewhere, at an address or in a file.
    func documentTypeElsewhere()
    /// False when the rest of the document is not wanted.
    func start(_ element: XMLElement) throws(InspectionError) -> Bool
    /// The element that was started last and has not ended yet; `depth` is that of its start.
    func end(depth: Int)
    /// A piece of the text inside the innermost element; called only while `wantsText`.
    func text(_ piece: String)
    var wantsText: Bool { get }
}

extension XMLHandler {
    /// What nothing is to be said of.
    package func documentTypeElsewhere() {}
}

/// Reads XML forwards, in pieces of 64 KiB, with libexpat: no document is ever held as a whole.
///
/// A document type is passed over: what it names is not fetched, and a document that declares an entity is refused, so
/// that none can grow (billion laughs) or reach a file. Encodings: UTF-8, UTF-16, ISO-8859-1, US-ASCII, and of those that
/// libexpat leaves to its caller windows-1252.
package enum XMLReader {
    /// Throws what `handler` throws, `malformed` with the line and byte, `limit`, and `unsupported`.
    package static func read(
        _ source: ByteSource, limits: Limits, _ handler: any XMLHandler
    ) throws(InspectionError) {
        try XMLParser(source, limits, handler).run()
    }
}

/// A parser of libexpat, and freed with this.
@safe private final class XMLParser {
    private static let pieceBytes = 64 << 10

    private let parser: XML_Parser
    private let source: ByteSource
    private let limits: Limits
    private let handler: any XMLHandler
    private var depth = 0
    private var failure: InspectionError?
    private var isFinished = false

    init(_ source: ByteSource, _ limits: Limits, _ handler: any XMLHandler) throws(InspectionError) {
        guard let parser = unsafe XML_ParserCreate(nil) else {
            throw InspectionError(.unsupported, "no memory for an XML parser", entry: source.entry)
        }
        unsafe self.parser = parser
        self.source = source
        self.limits = limits
        self.handler = handler
    }

    deinit { unsafe XML_ParserFree(parser) }

    func run() throws(InspectionError) {
        let state = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe XML_SetUserData(parser, state)
        unsafe XML_SetElementHandler(
            parser,
            { unsafe XMLParser.of($0)?.start($1, $2) },
            { state, _ in unsafe XMLParser.of(state)?.end() })
        unsafe XML_SetCharacterDataHandler(parser) { unsafe XMLParser.of($0)?.text($1, $2) }
        unsafe XML_SetStartDoctypeDeclHandler(parser) { state, _, address, _, _ in
            if unsafe address != nil { unsafe XMLParser.of(state)?.handler.documentTypeElsewhere() }
        }
        unsafe XML_SetEntityDeclHandler(parser) { state, _, _, _, _, _, _, _, _ in
            unsafe XMLParser.of(state)?.refuseEntity()
        }
        unsafe XML_SetUnknownEncodingHandler(parser, { _, name, map in unsafe SingleByteEncoding.fill(map, name) }, nil)
        try feed()
    }

    private func feed() throws(InspectionError) {
        var offset = 0
        while !isFinished {
            let piece = try source.bytes(at: offset, upTo: Self.pieceBytes)
            offset += piece.count
            let isLast = offset >= source.count || piece.isEmpty
            let status = unsafe piece.withUnsafeBytes { bytes in
                // The call copies what it has to keep; an empty piece is allowed when it is the last.
                unsafe XML_Parse(
                    parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
            }
            if let failure { throw failure }
            if isFinished { return }
            guard status == XML_STATUS_OK else { throw refusal() }
            if isLast { return }
            // What the parser has not taken yet is one token: a tag, a comment, an attribute without an end.
            let taken = Int(unsafe XML_GetCurrentByteIndex(parser))
            try limits.xmlTokenBytes.check(offset - max(0, taken), entry: source.entry, offset: max(0, taken))
        }
    }

    private func refusal() -> InspectionError {
        let code = unsafe XML_GetErrorCode(parser)
        let words = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "unknown"
        let isCut = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN || code == XML_ERROR_PARTIAL_CHAR
        let place = Int(unsafe XML_GetCurrentByteIndex(parser))
        let atEnd = isCut || place >= source.count
        if code == XML_ERROR_UNKNOWN_ENCODING {
            return InspectionError(
                .unsupported, "its encoding is not read; convert it to UTF-8", entry: source.entry, offset: 0)
        }
        return InspectionError(
            atEnd ? .truncated : .malformed,
            atEnd
                ? "the XML ends too early"
                : "no well-formed XML: \(words) in line \(unsafe XML_GetCurrentLineNumber(parser))",
            entry: source.entry, offset: max(0, place))
    }

    // MARK: what the parser calls

    private static func of(_ state: UnsafeMutableRawPointer?) -> XMLParser? {
        unsafe state.map { unsafe Unmanaged<XMLParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(
        _ name: UnsafePointer<XML_Char>?, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        guard failure == nil, !isFinished, let name = unsafe name else { return }
        let element = unsafe XMLElement(name: name, attributes: UnsafePointer(attributes), depth: depth)
        depth += 1
        do throws(InspectionError) {
            try limits.xmlDepth.check(depth, entry: source.entry, offset: Int(unsafe XML_GetCurrentByteIndex(parser)))
            if try !handler.start(element) {
                isFinished = true
                _ = unsafe XML_StopParser(parser, 0)
            }
        } catch {
            stop(error)
        }
    }

    private func end() {
        guard failure == nil, !isFinished else { return }
        depth -= 1
        handler.end(depth: depth)
    }

    private func text(_ bytes: UnsafePointer<XML_Char>?, _ count: Int32) {
        guard failure == nil, !isFinished, handler.wantsText, let bytes = unsafe bytes else { return }
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
        handler.text(unsafe String(decoding: buffer, as: UTF8.self))
    }

    private func refuseEntity() {
        stop(
            InspectionError(
                .unsupported, "it declares an entity, which models have no need of; nothing is expanded here",
                entry: source.entry, offset: Int(unsafe XML_GetCurrentByteIndex(parser))))
    }

    private func stop(_ error: InspectionError) {
        failure = error
        _ = unsafe XML_StopParser(parser, 0)
    }
}
