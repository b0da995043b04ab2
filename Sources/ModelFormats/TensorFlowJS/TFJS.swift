import ModelBytes
import ModelContainers
import ModelJSON

/// TensorFlow.js: model.json, with the layers of a Keras model or a graph in it, and the files of weights that it names.
///
/// Source: tfjs-core/src/io/types.ts, ModelJSON; written by tfjs-converter/python/tensorflowjs/write_weights.py and
/// converters, or by TensorFlow.js itself.
enum TFJS: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tfjs", "TensorFlow.js", artifactType: "tensorflowjs_converter", framework: "TensorFlow.js",
            mediaType: "application/json; framework=tensorflowjs", extensions: ["json"],
            reads:
                "inputs and outputs, parameters and their quantisation, who wrote it, whether its weights are there")
    ]

    static let fileName = "model.json"

    static let ownsFolder = false

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            guard listing.contains(where: { $0.path == fileName }),
                let weights = listing.first(where: { isWeights($0.path) })
            else { return nil }
            return SniffMatch(.structure, "a directory with \(fileName) and \(weights.path)")
        }
        let text = subject.leadingText
        guard text.first == "{" else { return nil }
        let first = text.dropFirst().drop { $0.isWhitespace }
        guard keys.contains(where: { first.hasPrefix("\"\($0)\"") }) else { return nil }
        if text.contains("\"graph-model\"") || text.contains("\"layers-model\"") {
            return SniffMatch(.structure, "JSON with a format of TensorFlow.js")
        }
        guard text.contains("\"modelTopology\"") || text.contains("\"weightsManifest\"") else { return nil }
        return SniffMatch(.structure, "JSON with modelTopology or weightsManifest")
    }

    /// One of these comes first, in whichever order a writer has them.
    private static let keys = [
        "format", "generatedBy", "convertedBy", "modelTopology", "weightsManifest", "signature", "userDefinedMetadata",
        "trainingConfig", "initializerSignature", "modelInitializer",
    ]

    /// `group1-shard1of2.bin` of the converters, `weights.bin` of TensorFlow.js.
    private static func isWeights(_ path: String) -> Bool {
        guard !path.contains("/"), path.hasSuffix(".bin") else { return false }
        return path.hasPrefix("group") && path.contains("-shard") || path.hasSuffix("weights.bin")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        var found = subject.source
        if found == nil { found = try subject.artifact.companion(fileName) }
        guard let source = found else {
            throw InspectionError(.notFound, "there is no \(fileName)")
        }
        let document = try TFJSDocument(source, limits: subject.limits)
        guard document.hasTopology || document.hasManifest else {
            throw InspectionError(.malformed, "has neither modelTopology nor weightsManifest", entry: source.entry)
        }
        let isGraph = document.isGraph
        result.variant = isGraph ? "graph model" : "layers model"
        identify(document, &result)
        if isGraph {
            result.facts.roles = ["mlm:model", "mlm:compiled"]
            result.note("roles", .derived, "a graph model, which needs no code of its own")
            TFJSPorts.fill(&result, from: document)
        } else {
            try TFJSLayers.fill(&result, from: document, limits: subject.limits)
        }
        try TeachableMachine.fill(&result, beside: subject)
        let weights = TFJSWeights(document.groups, leavesOutIntegers: isGraph)
        weights.list(for: result.listing)
        weights.fill(&result)
        let isWhole = try weights.files(beside: subject.artifact, limits: subject.limits, &result)
        let path = subject.source == nil ? "\(subject.artifact.name)/\(fileName)" : subject.artifact.name
        let call = isGraph ? "tf.loadGraphModel" : "tf.loadLayersModel"
        let needsCode = TFJSLayers.needsCode(document, limits: subject.limits, into: &result)
        result.loading = Loading(
            needsCode ? .needsCode : isWhole ? .dataOnly : .incomplete, call: "\(call)(\(PythonText.quoted(path)))",
            requires: ["@tensorflow/tfjs"])
        if !document.hasManifest || document.groups.isEmpty {
            result.markNotAModel(because: "architecture-only")
            result.report(.note, code: "tfjs.no-weights", "it names no weights", at: source.entry)
        }
        result.confidence = .parsed
    }

    /// `generatedBy` says what made the model, `convertedBy` which converter took it over; TensorFlow.js itself leaves the
    /// second one out.
    private static func identify(_ document: TFJSDocument, _ result: inout ProbeResult) {
        var metadata = JSONObject()
        if let text = document.generatedBy { metadata["generated_by"] = .string(text) }
        if let text = document.convertedBy { metadata["converted_by"] = .string(text) }
        if !metadata.isEmpty {
            result.facts.metadata = metadata
            result.note("metadata", .read, "generatedBy, convertedBy")
        }
        if let text = document.convertedBy, let version = version(text, behind: "TensorFlow.js Converter v") {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "convertedBy: \(text)")
            result.note("artifact_type", .derived, "convertedBy: \(text)")
        } else if let text = document.generatedBy, let version = version(text, behind: "TensorFlow.js tfjs-layers v") {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "generatedBy: \(text)")
            result.facts.artifactType = "tf.LayersModel.save"
            result.note("artifact_type", .derived, "generatedBy: \(text)")
        } else if document.convertedBy == nil {
            // Nobody says who wrote it.
            result.facts.artifactType = nil
        }
    }

    private static func version(_ text: String, behind words: String) -> String? {
        guard text.hasPrefix(words) else { return nil }
        let version = text.dropFirst(words.count).prefix { !$0.isWhitespace }
        return version.isEmpty ? nil : String(version)
    }
}
