import ModelBytes
import ModelContainers
import ModelJSON

/// What is kept of model.json: of a graph its nodes are looked at one after the other, and few of them kept.
struct TFJSDocument {
    private(set) var format: String?
    private(set) var generatedBy: String?
    private(set) var convertedBy: String?
    private(set) var hasTopology = false
    private(set) var hasManifest = false
    /// The model of Keras, whichever way it stands there.
    private(set) var layers: JSONValue?
    private(set) var kerasVersion: String?
    private(set) var training: JSONValue?
    private(set) var graph: TFJSGraph?
    private(set) var signature: JSONValue?
    private(set) var groups: [TFJSWeights.Group] = []

    /// Whether it is a graph: by its format, else by what its topology is.
    var isGraph: Bool { graph != nil || layers == nil && format == "graph-model" }

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        var document = TFJSDocument()
        try limits.jsonBytes.check(source.count, entry: source.entry)
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        try scanner.object { key, scanner in
            switch key {
            case "format": document.format = try scanner.text()
            case "generatedBy": document.generatedBy = try scanner.text()
            case "convertedBy": document.convertedBy = try scanner.text()
            case "modelTopology" where try scanner.kind() == .object:
                document.hasTopology = true
                try document.topology(&scanner, limits)
            case "trainingConfig": document.training = try scanner.value()
            case "signature": document.signature = try scanner.value()
            case "userDefinedMetadata" where try scanner.kind() == .object:
                // Where converters before 2.0 put the signature.
                try scanner.object { key, scanner in
                    if key == "signature" { document.older = try scanner.value() }
                }
            case "weightsManifest" where try scanner.kind() == .array:
                document.hasManifest = true
                try scanner.array { scanner in document.groups.append(try TFJSWeights.Group(try scanner.value())) }
            default: break
            }
        }
        try scanner.end()
        if document.signature?.object?.isEmpty ?? true { document.signature = document.older }
        self = document
    }

    private init() {}
    private var older: JSONValue?

    /// `{"node": […]}` of a graph; else a Keras model, either below `model_config` or with its own class and config.
    private mutating func topology(_ scanner: inout JSONScanner, _ limits: Limits) throws {
        var members = JSONObject()
        var graph: TFJSGraph?
        try scanner.object { key, scanner in
            switch key {
            case "node" where try scanner.kind() == .array:
                var found = TFJSGraph(limits)
                try scanner.array { scanner in try found.add(&scanner) }
                graph = found
            case "model_config", "config", "class_name", "keras_version", "training_config":
                members[key.text] = try scanner.value()
            default: break
            }
        }
        self.graph = graph
        kerasVersion = members["keras_version"]?.string
        training = members["training_config"] ?? training
        if let model = members["model_config"] {
            layers = model
        } else if members["class_name"] != nil {
            layers = .object(members)
        }
    }
}

extension JSONScanner {
    /// A short text that holds no path; nil for null and anything else.
    fileprivate mutating func text() throws(InspectionError) -> String? {
        guard try kind() == .string else {
            try skip()
            return nil
        }
        let text = try string()
        return text.utf8.count <= 256 && !PrivateText.holdsPath(text) ? text : nil
    }
}
