import ModelBytes
import ModelContainers

/// `.keras`: a zip (or, saved with `zipped=False`, a folder) of the configuration, the weights in HDF5, and metadata.
///
/// Source: keras/src/saving/saving_lib.py: `config.json`, `metadata.json`, `model.weights.h5` or `model.weights.npz`.
enum KerasArchive: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "keras-v3", "Keras model", artifactType: "tf.keras.Model.save", framework: "Keras",
            mediaType: "application/zip; framework=keras", extensions: ["keras"],
            reads:
                "inputs and outputs with their shapes, parameters, Keras version, loss, metrics, optimizer, Lambda layers and custom classes"
        )
    ]

    static let refines = ["zip"]

    static func sniff(_ subject: Subject) -> Evidence? {
        if let listing = subject.listing {
            let names = Set(listing.map(\.path))
            return names.isSuperset(of: [config, metadata, weights])
                ? Evidence(.structure, "a folder with \(config), \(metadata) and \(weights)") : nil
        }
        guard let layout = subject.layout else { return nil }
        let isWhole = layout.has(config) && layout.has(metadata)
        if layout.has(weights) || layout.has(numpy), layout.has(config) || layout.has(metadata) {
            return Evidence(
                .structure, isWhole ? "a zip of \(config), \(metadata) and weights" : "a zip of Keras weights")
        }
        // Without the weights only the metadata says what it is.
        guard isWhole, let text = try? layout.text(metadata), text.contains("\"keras_version\"") else { return nil }
        return Evidence(.structure, "a zip of \(config) and \(metadata) with keras_version")
    }

    private static let config = "config.json"
    private static let metadata = "metadata.json"
    private static let weights = "model.weights.h5"
    private static let numpy = "model.weights.npz"

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        let layout = try subject.zip?.get()
        defer { if let layout { ZipFindings.report(layout, into: &reading, loader: "keras") } }
        func open(_ name: String) throws(InspectionError) -> ByteSource? {
            guard let layout else { return try subject.artifact.companion(name) }
            return try layout.open(name)
        }
        if layout == nil {
            reading.facts.mediaType = "application/octet-stream; framework=keras"
            reading.note("media_type", .derived, "a folder, and no zip archive")
        }
        let version = try versions(try open(metadata), subject, &reading)
        reading.loading = Loading(.incomplete, requires: version?.loader.requires)
        guard let source = try open(config) else {
            throw InspectionError(.malformed, "\(config) is missing, so nothing says what the layers are")
        }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        guard let model = KerasModel(document, version: version) else {
            throw InspectionError(
                .malformed, "no class_name and config: it describes no Keras object", entry: source.entry)
        }
        try model.fill(&reading, at: config, limits: subject.limits)
        KerasTraining.fill(
            &reading, from: document["compile_config"], at: "\(config): compile_config", limits: subject.limits)
        var code = KerasCode()
        code.collect(document, isLayer: true)
        let call = KerasLoading(
            version: version, path: PythonText.quoted(subject.artifact.name), isArchive: true)
        reading.loading = call.loading(code, into: &reading, at: config)
        reading.confidence = .structure
        try addWeights(open(weights), open(numpy) != nil, subject, &reading)
    }

    private static func versions(
        _ source: ByteSource?, _ subject: Subject, _ reading: inout Reading
    ) throws(InspectionError) -> KerasVersion? {
        guard let source else {
            reading.find(
                .warning, "keras.metadata-missing", "\(metadata) is missing; it says which Keras wrote the model")
            return nil
        }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        let version = KerasVersion(document["keras_version"]?.string)
        if let version {
            reading.facts.frameworkVersion = version.text
            reading.note("framework_version", .read, "\(metadata): keras_version")
        }
        if let date = document["date_saved"]?.string, date.utf8.count <= 64 {
            reading.facts.metadata = ["date_saved": .string(date)]
            reading.note("metadata", .read, "\(metadata): date_saved")
        }
        return version
    }

    private static func addWeights(
        _ source: ByteSource?, _ hasNumpy: Bool, _ subject: Subject, _ reading: inout Reading
    ) throws(InspectionError) {
        guard let source else {
            let verdict = reading.loading?.verdict ?? .incomplete
            reading.loading?.verdict = max(verdict, .incomplete)
            if hasNumpy {
                reading.find(
                    .warning, "keras.numpy-weights",
                    "the weights are a numpy archive of pickled dictionaries, which is not counted", where: numpy)
            } else {
                reading.find(.warning, "keras.weights-missing", "the archive holds no weights", where: weights)
            }
            return
        }
        let outline = try subject.hdf5Outline(of: source)
        var counted = KerasWeights()
        counted.add(outline, layout: .numbered)
        KerasHDF5Findings.report(outline, at: weights, into: &reading)
        reading.facts.parameters = counted.parameters(.numbered)
        if reading.facts.parameters != nil {
            reading.note("parameters", .read, "\(weights): shapes and types of datasets")
        }
        if counted.hasOptimizerState {
            reading.facts.roles?.append("mlm:checkpoint")
            reading.note("roles", .derived, "\(weights): the state of the optimizer is stored")
        }
        reading.confidence = .parsed
    }
}
