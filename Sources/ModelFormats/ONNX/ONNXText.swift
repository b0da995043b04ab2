import ModelBytes
import ModelContainers
import ModelJSON

/// The three text forms of an ONNX model: protobuf's JSON, protobuf's text format, and ONNX's own syntax. Each is turned
/// into the bytes of the binary form, tensors without their values, and read as that.
///
/// Source: onnx/serialization.py, which calls the forms json, textproto and onnxtxt.
enum ONNXText: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "onnx-text", "ONNX as text", artifactType: "onnx.save_model", framework: "ONNX", roles: ["mlm:compiled"],
            mediaType: "text/plain; framework=onnx",
            extensions: ["onnxtxt", "onnxtext", "onnxjson", "json", "textproto", "prototxt", "pbtxt", "txt", "onnx"],
            versionName: "IR version",
            reads:
                "the same as of the binary form, from protobuf's JSON and text formats and from ONNX's textual syntax")
    ]

    /// Which form, spelt as onnx.load_model takes it.
    enum Form: String {
        case json, textproto, onnxtxt
    }

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        switch form(subject) {
        case .json: SniffMatch(.structure, "JSON with the keys of an ONNX ModelProto")
        case .textproto: SniffMatch(.structure, "protobuf text that begins with fields of an ONNX ModelProto")
        case .onnxtxt: SniffMatch(.structure, "ONNX's textual syntax: < ir_version: … >")
        case nil: nil
        }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source, let form = form(subject) else { return }
        let words = ProtobufWords(values: ["DEFAULT": 0, "EXTERNAL": 1], lists: ["ints": 8])
        let bytes: ByteSource
        switch form {
        case .json:
            result.variant = "protobuf JSON"
            bytes = try ProtobufMessage.bytes(ofJSON: source, as: .onnxModel, words: words, limits: subject.limits)
        case .textproto:
            result.variant = "protobuf text"
            bytes = try ProtobufMessage.bytes(ofText: source, as: .onnxModel, words: words, limits: subject.limits)
        case .onnxtxt:
            result.variant = "ONNX textual syntax"
            bytes = try ONNXSyntax.bytes(of: source, limits: subject.limits)
        }
        let name = PythonText.quoted(subject.artifact.name)
        try ONNXFacts(try ONNXModel(bytes, limits: subject.limits), of: subject.artifact)
            .fill(&result, call: "onnx.load_model(\(name), format=\"\(form.rawValue)\")", package: "onnx")
        result.confidence = .parsed
    }

    private static func form(_ subject: InspectedArtifact) -> Form? {
        guard subject.source != nil, let first = subject.leadingText.first else { return nil }
        switch first {
        case "{": return isJSON(subject.head, subject.limits) ? .json : nil
        case "<": return isSyntax(subject.head, subject.limits) ? .onnxtxt : nil
        case "#", "a"..."z": return isText(subject.head, subject.limits) ? .textproto : nil
        default: return nil
        }
    }

    private static let modelFields: Set<String> = [
        "ir_version", "producer_name", "producer_version", "domain", "model_version", "doc_string", "graph",
        "opset_import",
        "metadata_props", "training_info", "functions", "configuration",
    ]
    /// Fields that other messages and documents do not have.
    private static let ownFields: Set<String> = ["ir_version", "irVersion", "opset_import", "opsetImport"]

    /// Whether the keys that the head shows are a model's: its version or its operators, or a graph of nodes with
    /// operators.
    private static func isJSON(_ head: [UInt8], _ limits: Limits) -> Bool {
        var scanner = JSONScanner(ByteSource(MemoryBytes(head)), limits: limits, dialect: .python)
        var keys: Set<String> = []
        var inGraph: Set<String> = []
        var inNode: Set<String> = []
        // The head ends within the document; what came before counts.
        try? scanner.object { key, scanner in
            keys.insert(key.text)
            guard key == "graph", try scanner.kind() == .object else { return }
            try scanner.object { key, scanner in
                inGraph.insert(key.text)
                guard key == "node", try scanner.kind() == .array else { return }
                try scanner.array { scanner in try scanner.object { key, _ in inNode.insert(key.text) } }
            }
        }
        if !keys.isDisjoint(with: ownFields), keys.count > 1 || !inGraph.isEmpty { return true }
        return inGraph.contains("node") && !inNode.isDisjoint(with: ["op_type", "opType"])
    }

    /// Whether it begins with fields of a model, one of which is its own.
    private static func isText(_ head: [UInt8], _ limits: Limits) -> Bool {
        var tokens = TextTokens(ByteSource(MemoryBytes(head)), escapes: .c, limits: limits)
        do throws(InspectionError) {
            for _ in 0..<16 {
                guard let name = try tokens.word(), modelFields.contains(name) else { return false }
                let isField = try tokens.take(":")
                if try tokens.peek() == UInt8(ascii: "{") {
                    if ownFields.contains(name) { return true }
                    guard name == "graph", try tokens.take("{"), let inner = try tokens.word() else { return false }
                    return inner == "node" && String(decoding: head, as: UTF8.self).contains("op_type:")
                }
                guard isField, try tokens.skipScalar() else { return false }
                if ownFields.contains(name) { return true }
            }
        } catch {
            // The head ends within a value.
        }
        return false
    }

    /// Whether it begins with the header of a model in angle brackets.
    private static func isSyntax(_ head: [UInt8], _ limits: Limits) -> Bool {
        var tokens = TextTokens(ByteSource(MemoryBytes(head)), escapes: .plain, limits: limits)
        do throws(InspectionError) {
            guard try tokens.take("<"), let name = try tokens.word(), modelFields.contains(name) else { return false }
            return try tokens.take(":")
        } catch {
            return false
        }
    }
}
