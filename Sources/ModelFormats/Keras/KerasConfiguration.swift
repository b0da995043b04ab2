import ModelBytes
import ModelContainers
import ModelJSON

/// What `Model.to_json` writes: the layers without their weights. It is no model, but it says what one would be.
enum KerasConfiguration: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "keras-json-config", "Keras architecture without weights", framework: .keras, extensions: ["json"],
            reads: "inputs and outputs with their shapes, Keras version, Lambda layers and custom classes")
    ]

    static let limits = KerasLimits.all

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.leadingText.first == "{" else { return nil }
        let text = subject.leadingText.prefix(4_096)
        let rest = text.dropFirst().drop { $0.isWhitespace }
        let begins = rest.hasPrefix("\"class_name\"") || rest.hasPrefix("\"module\"") || rest.hasPrefix("\"config\"")
        guard begins || rest.hasPrefix("\"keras_version\"") || rest.hasPrefix("\"backend\"") else { return nil }
        let isModel =
            ["Sequential", "Functional", "Model"].contains { text.contains("\"\($0)\"") } || text.contains("\"layers\"")
        guard text.contains("\"class_name\""), text.contains("\"config\""), isModel else { return nil }
        return SniffMatch(.structure, "JSON with the class and the settings of a Keras model")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.markNotAModel(because: "architecture-only")
        guard let source = subject.source else { return }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        let version = KerasVersion(document["keras_version"]?.string)
        if let version {
            result.facts.frameworkVersion = version.text
            result.note("framework_version", .read, "keras_version")
        }
        if let backend = document["backend"]?.string, backend.utf8.count <= 64 {
            result.facts.metadata = ["backend": .string(backend)]
            result.note("metadata", .read, "backend")
        }
        // Only Keras 3 writes modules but no version.
        let isNew = version == nil && document["module"]?.string.map { $0.hasPrefix("keras") } ?? false
        guard let model = KerasModel(document, version: version, generation: isNew ? 3 : nil) else {
            throw InspectionError(.malformed, "class_name and config are of another kind than Keras writes")
        }
        let code = KerasCode(document, generation: version?.major ?? (isNew ? 3 : nil))
        let call = KerasLoading(version: version, path: PythonText.quoted(subject.artifact.name), form: .text)
        result.loading = call.loading(code, into: &result, at: "config")
        try model.fill(&result, at: "config", limits: subject.limits)
        result.report(
            .note, code: "keras.no-weights",
            "it holds layers but no weights")
        result.confidence = .parsed
    }
}
