import ModelBytes
import ModelContainers
import ModelJSON

/// `CoreML.Specification.Model`, read field by field: of the weights nothing is looked at.
struct CoreMLMessage {
    private let source: ByteSource
    private let limits: Limits
    private let outline: ProtobufOutline

    /// Field numbers of the one-of `Type`, and what they are.
    private static let kinds: [Int: String] = [
        200: "pipeline classifier", 201: "pipeline regressor", 202: "pipeline", 300: "generalized linear regressor",
        301: "support vector regressor", 302: "tree ensemble regressor", 303: "neural network regressor",
        304: "Bayesian probit regressor", 400: "generalized linear classifier", 401: "support vector classifier",
        402: "tree ensemble classifier", 403: "neural network classifier", 404: "k nearest neighbours classifier",
        500: "neural network", 501: "item similarity recommender", 502: "ML program", 555: "custom model",
        556: "linked model", 560: "class confidence thresholding", 600: "one-hot encoder", 601: "imputer",
        602: "feature vectorizer", 603: "dictionary vectorizer", 604: "scaler", 606: "categorical mapping",
        607: "normalizer", 609: "array feature extractor", 610: "non-maximum suppression", 900: "identity",
        2000: "text classifier", 2001: "word tagger", 2002: "vision feature print",
        2003: "sound analysis preprocessing",
        2004: "gazetteer", 2005: "word embedding", 2006: "audio feature print", 3000: "serialized model",
    ]
    private static let mostFeatures = 65_536

    /// The head alone says no to most other messages that begin with a number: what follows it is a description, whose
    /// first field is a feature with a name.
    static func mayBeModel(_ head: [UInt8]) -> Bool {
        var rest = head[...]
        func take(_ tags: UInt8...) -> Bool { rest.popFirst().map(tags.contains) ?? false }
        func skipNumber() {
            rest = rest.prefix(10).drop { $0 >= 0x80 }.isEmpty ? [] : rest.drop { $0 >= 0x80 }.dropFirst()
        }
        guard take(0x08) else { return false }
        skipNumber()
        guard take(0x12) else { return false }
        skipNumber()
        // `input`, `output`, or `functions`, whose tag has two bytes.
        guard let tag = rest.popFirst(), tag != 0xA2 || take(0x01), [0x0A, 0x52, 0xA2].contains(tag) else {
            return false
        }
        skipNumber()
        return take(0x0A)
    }

    static func isModel(_ source: ByteSource) -> Bool {
        let outline = ProtobufOutline(source, fieldLimit: 64)
        guard outline.first(1)?.wireType == .varint, let description = outline.first(2), description.wireType == .len,
            outline.fields.allSatisfy({ [1, 2, 10].contains($0.number) || kinds[$0.number] != nil }),
            outline.fields.contains(where: { kinds[$0.number] != nil && $0.wireType == .len })
                || outline.fields.count == 2 && !outline.isComplete
        else { return false }
        let inner = ProtobufOutline(source, in: description.payload, fieldLimit: 64)
        let known: Set = [1, 10, 11, 12, 13, 20, 21, 50, 100]
        guard !inner.fields.isEmpty, inner.fields.allSatisfy({ known.contains($0.number) && $0.wireType == .len })
        else {
            return false
        }
        var port = inner.first(1) ?? inner.first(10)
        if port == nil, let function = inner.first(20) {
            let parts = ProtobufOutline(source, in: function.payload, fieldLimit: 64)
            port = parts.first(2) ?? parts.first(3)
        }
        guard let port, port.wireType == .len else { return false }
        let feature = ProtobufOutline(source, in: port.payload, fieldLimit: 8)
        return feature.isComplete && feature.first(1)?.wireType == .len && feature.first(3)?.wireType == .len
    }

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.source = source
        self.limits = limits
        outline = ProtobufOutline(source, fieldLimit: 64)
    }

    func fill(_ result: inout ProbeResult) throws(InspectionError) {
        result.version = outline.int(1).map(String.init)
        let kind = outline.fields.first { Self.kinds[$0.number] != nil && $0.wireType == .len }
        var described: (predicted: String?, function: String?)
        if let description = outline.first(2), description.wireType == .len {
            described = try describe(description.payload, &result)
        }
        if case .broken(let error) = outline.end { throw error }
        guard let kind, let words = Self.kinds[kind.number] else {
            throw InspectionError(.malformed, "has no model", entry: source.entry)
        }
        result.variant = [result.variant, words].compactMap(\.self).joined(separator: ", ")
        if words.hasSuffix("classifier") { result.facts.tasks = ["classification"] }
        if words.hasSuffix("regressor") { result.facts.tasks = ["regression"] }
        if result.facts.tasks != nil { result.note("tasks", .derived, "kind of model: \(words)") }
        try labels(kind, of: described, &result)
        try customCode(&result)
    }

    /// Inputs and outputs, of several functions those of the default one; the name of the output with the label, and of the
    /// function when there are several.
    private func describe(
        _ range: Range<Int>, _ result: inout ProbeResult
    ) throws(InspectionError) -> (predicted: String?, function: String?) {
        let outline = ProtobufOutline(source, in: range, fieldLimit: Self.mostFeatures)
        if case .broken(let error) = outline.end { throw error }
        for field in outline.fields where field.number == 100 && field.wireType == .len {
            try metadata(field.payload, &result)
        }
        let functions = try functions(outline)
        guard !functions.isEmpty else {
            fill(try ports(outline, 1), try ports(outline, 10), "description", &result)
            return (try outline.text(11, in: source), nil)
        }
        let name = try outline.text(21, in: source)
        let main = functions.firstIndex { $0.signature.name == name } ?? 0
        let chosen = functions[main].signature
        fill(chosen.inputs ?? [], chosen.outputs ?? [], "description.functions: \(chosen.name)", &result)
        let others = functions.indices.filter { $0 != main }.map { functions[$0].signature }
        if !others.isEmpty {
            result.facts.signatures = others
            result.note("signatures", .read, "description.functions")
        }
        return (functions[main].predicted, chosen.name)
    }

    private func fill(_ inputs: [Port], _ outputs: [Port], _ place: String, _ result: inout ProbeResult) {
        if !inputs.isEmpty {
            result.facts.inputs = inputs
            result.note("inputs", .read, "\(place).input")
        }
        if !outputs.isEmpty {
            result.facts.outputs = outputs
            result.note("outputs", .read, "\(place).output")
        }
    }

    private func ports(_ outline: ProtobufOutline, _ number: Int) throws(InspectionError) -> [Port] {
        var ports: [Port] = []
        for field in outline.fields where field.number == number && field.wireType == .len {
            ports.append(try feature(field.payload))
        }
        return ports
    }

    /// The functions of an ML program that has several: `FunctionDescription`.
    private func functions(
        _ outline: ProtobufOutline
    ) throws(InspectionError) -> [(signature: Signature, predicted: String?)] {
        var found: [(signature: Signature, predicted: String?)] = []
        for field in outline.fields where field.number == 20 && field.wireType == .len {
            try limits.listedValues.check(found.count + 1)
            let inner = ProtobufOutline(source, in: field.payload, fieldLimit: Self.mostFeatures)
            if case .broken(let error) = inner.end { throw error }
            let signature = Signature(
                name: try inner.text(1, in: source) ?? "", inputs: try ports(inner, 2), outputs: try ports(inner, 3))
            found.append((signature, try inner.text(4, in: source)))
        }
        return found
    }

    private func feature(_ range: Range<Int>) throws(InspectionError) -> Port {
        let outline = ProtobufOutline(source, in: range)
        var port = Port(name: try outline.text(1, in: source) ?? "")
        guard let type = outline.first(3), type.wireType == .len else { return port }
        let inner = ProtobufOutline(source, in: type.payload)
        guard let kind = inner.fields.first(where: { (1...8).contains($0.number) && $0.wireType == .len }) else {
            return port
        }
        let body = ProtobufOutline(source, in: kind.payload)
        switch kind.number {
        case 1: (port.dataType, port.shape) = ("int64", [])
        case 2: (port.dataType, port.shape) = ("float64", [])
        case 3: (port.dataType, port.shape) = ("string", [])
        case 4:
            let color = body.int(3)
            let channels = color == 10 || color == 40 ? 1 : 3
            if let width = body.int(1), let height = body.int(2), width > 0, height > 0 {
                port.shape = [height, width, channels]
            }
            vary(&port, try CoreMLSizes(ofImage: body, channels: channels, in: source), body)
            if port.shape != nil { port.dimOrder = ["height", "width", "channel"] }
            port.dataType = color == 40 ? "float16" : "uint8"
        case 5:
            port.shape = try shape(body)
            vary(&port, try CoreMLSizes(ofArray: body, in: source), body)
            port.dataType = Self.arrayType(body.int(2))
        case 6: port.type = "map"
        case 7: port.type = "sequence"
        default: port.type = "state"
        }
        return port
    }

    /// Sizes that can vary take the place of the one that is used where nothing is said.
    private func vary(_ port: inout Port, _ sizes: CoreMLSizes?, _ body: ProtobufOutline) {
        if let sizes {
            port.shape = sizes.shape
            port.dynamic = sizes.dynamic.isEmpty ? nil : sizes.dynamic
        } else if body.first(21) != nil || body.first(31) != nil {
            // Shapes of more than one rank, or a list that cannot be read.
            port.shape = nil
        }
    }

    /// A packed list of sizes; empty where they are not said.
    private func shape(_ body: ProtobufOutline) throws(InspectionError) -> [Int]? {
        let sizes = try CoreMLSizes.varints(1, body, source)
        guard !sizes.isEmpty, sizes.count <= 64 else { return nil }
        return sizes.map { $0 > 0 ? $0 : -1 }
    }

    private static func arrayType(_ code: Int?) -> String? {
        switch code {
        case 65_568: "float32"
        case 65_600: "float64"
        case 65_552: "float16"
        case 131_104: "int32"
        case 131_080: "int8"
        default: nil
        }
    }

    private func metadata(_ range: Range<Int>, _ result: inout ProbeResult) throws(InspectionError) {
        let outline = ProtobufOutline(source, in: range)
        var found = JSONObject()
        for (number, key) in [(1, "description"), (2, "version"), (3, "author")] {
            guard let text = try outline.text(number, in: source), !text.isEmpty, !PrivateText.holdsPath(text) else {
                continue
            }
            found[key] = .string(text)
        }
        if let license = try outline.text(4, in: source), !license.isEmpty {
            result.facts.license = license
            result.note("license", .read, "description.metadata.license")
        }
        for field in outline.fields where field.number == 100 && field.wireType == .len {
            guard found.count < limits.listedValues.value else { break }
            let pair = ProtobufOutline(source, in: field.payload)
            guard let key = try pair.text(1, in: source), let value = try pair.text(2, in: source),
                !PrivateText.holdsPath(value)
            else { continue }
            found[key] = .string(value)
        }
        producer(found, &result)
        guard !found.isEmpty else { return }
        result.facts.metadata = found
        result.note("metadata", .read, "description.metadata")
    }

    /// coremltools writes its own version, and that of the framework the model came from.
    private func producer(_ metadata: JSONObject, _ result: inout ProbeResult) {
        if let version = metadata["com.github.apple.coremltools.version"]?.string {
            result.facts.producer = Producer(name: "coremltools", version: version)
            result.note("producer", .read, "description.metadata: com.github.apple.coremltools.version")
        }
    }

    /// The output with the label has the classes; without a name for it the first that is a text.
    private func labels(
        _ kind: ProtobufField, of described: (predicted: String?, function: String?), _ result: inout ProbeResult
    ) throws(InspectionError) {
        var reader = CoreMLLabels(source, limits: limits)
        guard let labels = try reader.read(kind, of: described.function), var outputs = result.facts.outputs,
            let index = outputs.firstIndex(where: { $0.name == described.predicted })
                ?? outputs.firstIndex(where: { $0.dataType == "string" })
        else { return }
        outputs[index].labels = labels
        result.facts.outputs = outputs
        guard kind.number == 502 else { return result.note("outputs.labels", .read, "class labels of the classifier") }
        result.note("outputs.labels", .read, "operation classify: classes")
        result.facts.tasks = ["classification"]
        result.note("tasks", .derived, "operation classify of the ML program")
    }

    private func customCode(_ result: inout ProbeResult) throws(InspectionError) {
        let code = try CoreMLCustomCode(in: source)
        if code.isCutShort { result.loading?.leaveIncomplete() }
        guard !code.classes.isEmpty else { return }
        let names = code.classes.sorted()
        result.loading?.verdict = .needsCode
        result.loading?.classes = names
        result.report(
            .warning, code: "coreml.custom-code",
            "its custom layers need classes of the loading program: \(names.joined(separator: ", "))")
    }
}
