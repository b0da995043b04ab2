import ModelBytes
import ModelContainers
import ModelJSON

/// Esri's model definition, `.emd`, alone, in a folder, or in the zip of a deep learning package, `.dlpk`.
///
/// Source: Esri's documentation of the model definition file and of arcgis.learn.
enum ESRIModel: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "esri-emd", "Esri model definition", artifactType: "arcgis.learn.save", roles: ["mlm:weights"],
            extensions: ["emd", "dlpk"],
            reads: "framework, task, size of images, bands, classes, normalisation, the model's file, code that runs")
    ]

    static let ownsFolder = false

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            guard let name = listing.map(\.path).first(where: { $0.hasSuffix(".emd") && !$0.contains("/") }) else {
                return nil
            }
            return SniffMatch(.structure, "a directory with \(name)")
        }
        if let layout = subject.layout {
            guard let entry = layout.archive.entries.first(where: { isDefinition($0.name) }) else { return nil }
            return SniffMatch(.structure, "zip with \(entry.name)")
        }
        let text = subject.leadingText
        guard text.first == "{", text.contains("\"ModelFile\"") || text.contains("\"InferenceFunction\""),
            text.contains("\"Framework\"") || text.contains("\"ModelType\"")
        else { return nil }
        return SniffMatch(.structure, "JSON with the keys of a model definition")
    }

    private static func isDefinition(_ name: String) -> Bool {
        name.hasSuffix(".emd") && name.split(separator: "/").count <= 2
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("esri-emd"))
        guard let (source, names) = try definition(subject, &result) else { return }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        guard document.object != nil else { throw InspectionError(.malformed, "is no object", entry: source.entry) }
        ESRIFacts(document, source.entry ?? "the definition").fill(&result)
        let code = names.filter { $0.hasSuffix(".py") }.sorted()
        let function = document["InferenceFunction"]?.string
        result.loading = Loading(.needsCode, requires: ["arcgis"])
        if let first = code.first ?? function {
            result.report(
                .warning, code: "esri.code", "using it runs Python code that it brings along or names", at: first)
        }
        result.confidence = .parsed
    }

    /// The definition's bytes, and the names of the files around it.
    private static func definition(
        _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> (ByteSource, [String])? {
        if let source = subject.source, subject.zip == nil { return (source, []) }
        if let layout = try subject.zip?.get() {
            result.variant = "package"
            ZipFindings.report(layout, into: &result, loader: "ArcGIS")
            guard let entry = layout.archive.entries.first(where: { isDefinition($0.name) }) else { return nil }
            for member in layout.archive.entries.prefix(subject.limits.listedValues.value) where member != entry {
                guard let role = role(member.name) else { continue }
                result.files.append(FileMember(path: member.name, role: role, present: true, size: member.size))
            }
            return (try layout.archive.open(entry), layout.archive.entries.map(\.name))
        }
        let listing = subject.listing ?? []
        guard let name = listing.map(\.path).first(where: { $0.hasSuffix(".emd") && !$0.contains("/") }),
            let source = try subject.artifact.companion(name)
        else { return nil }
        for entry in listing {
            guard let role = entry.path == name ? "mlm:model" : role(entry.path) else { continue }
            result.files.append(FileMember(path: entry.path, role: role, present: true, size: entry.size))
        }
        return (source, listing.map(\.path))
    }

    private static func role(_ name: String) -> String? {
        if name.hasSuffix(".py") { return "code" }
        let endings = [".pth", ".pt", ".h5", ".pb", ".onnx", ".keras", ".safetensors", ".hdf5"]
        return endings.contains { name.hasSuffix($0) } ? "mlm:weights" : nil
    }
}

/// From the keys of a model definition to facts.
struct ESRIFacts {
    private let document: JSONValue
    private let place: String

    init(_ document: JSONValue, _ place: String) {
        self.document = document
        self.place = place
    }

    func fill(_ result: inout ProbeResult) {
        if let name = document["ModelName"]?.string, !name.isEmpty {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place): ModelName")
        } else if let name = document["ModelConfiguration"]?.string {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place): ModelConfiguration")
        }
        framework(&result)
        if let tasks = Self.tasks(document["ModelType"]?.string) {
            result.facts.tasks = tasks
            result.note("tasks", .read, "\(place): ModelType")
        }
        let bands = document["ExtractBands"]?.array?.compactMap(\.int)
        let names = document["Bands"]?.array?.compactMap(\.string) ?? []
        let (height, width) = (document["ImageHeight"]?.int, document["ImageWidth"]?.int)
        if let bands, !bands.isEmpty, bands.count <= 4_096 {
            var port = Port(
                name: "image", shape: [-1, bands.count, height ?? -1, width ?? -1],
                dimOrder: ["batch", "channel", "height", "width"])
            port.valueScaling = scaling(bands.count)
            result.facts.inputs = [port]
            result.note("inputs", .derived, "\(place): ExtractBands, ImageHeight, ImageWidth")
        }
        classes(&result)
        metadata(names, &result)
    }

    private func framework(_ result: inout ProbeResult) {
        let spelt = document["Framework"]?.string?.lowercased()
        let framework: String? =
            switch spelt {
            case "pytorch", "arcgis.learn.models._inferencing", "fastai": "PyTorch"
            case "tensorflow": "TensorFlow"
            case "keras": "Keras"
            case "cntk": "CNTK"
            default: nil
            }
        guard let framework else { return }
        result.facts.framework = framework
        result.note("framework", .read, "\(place): Framework")
    }

    private static func tasks(_ type: String?) -> [String]? {
        switch type {
        case "ImageClassification", "PixelClassification": ["semantic-segmentation"]
        case "ObjectClassification": ["classification"]
        case "ObjectDetection": ["object-detection"]
        case "InstanceDetection", "InstanceSegmentation": ["instance-segmentation"]
        case "PanopticSegmentation": ["panoptic-segmentation"]
        case "ImageCaptioning": ["image-captioning"]
        case "SuperResolution": ["super-resolution"]
        default: nil
        }
    }

    private func scaling(_ bands: Int) -> [JSONObject]? {
        let statistics = document["NormalizationStats"]
        let mean =
            statistics?["scaled_mean_values"] == nil
            ? statistics?["band_mean_values"]?.array?.compactMap(\.double) ?? [] : []
        let deviation = statistics?["band_std_values"]?.array?.compactMap(\.double) ?? []
        let scaling = ValueScaling.zScore(mean, deviation, factor: nil)
        return scaling.count == bands ? scaling : nil
    }

    private func classes(_ result: inout ProbeResult) {
        let labels = (document["Classes"]?.array ?? []).prefix(10_000).compactMap { $0["Name"]?.string }
        guard !labels.isEmpty else { return }
        let values = (document["Classes"]?.array ?? []).compactMap { $0["Value"]?.int }
        let isCounted = values == Array(0..<labels.count)
        result.facts.outputs = [Port(name: "classes", labels: isCounted ? labels : nil)]
        result.facts.metadata = [
            "classes": .array(zip(values, labels).map { ["value": JSONValue($0), "name": .string($1)] })
        ]
        result.note("outputs", .read, "\(place): Classes")
    }

    private func metadata(_ bands: [String], _ result: inout ProbeResult) {
        var found = result.facts.metadata ?? JSONObject()
        for key in [
            "ExtractBands", "DataRange", "SensorName", "IsMultispectral", "CellSize", "MinCellSize", "MaxCellSize",
        ] {
            if let value = document[key], value.string.map(PrivateText.holdsPath) != true { found[key] = value }
        }
        if !bands.isEmpty { found["Bands"] = .array(bands.prefix(4_096).map(JSONValue.string)) }
        if let parameters = document["ModelParameters"]?.object { result.facts.hyperparameters = parameters }
        guard !found.isEmpty else { return }
        result.facts.metadata = found
        result.note("metadata", .read, place)
    }
}
