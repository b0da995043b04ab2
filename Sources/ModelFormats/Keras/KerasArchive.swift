import ModelBytes
import ModelContainers
import ModelJSON

/// `.keras`: a zip (or, saved with `zipped=False`, a folder) of the configuration, the weights in HDF5, and metadata.
///
/// Source: keras/src/saving/saving_lib.py: `config.json`, `metadata.json`, `model.weights.h5` or `model.weights.npz`.
enum KerasArchive: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "keras-v3", "Keras model", artifactType: "tf.keras.Model.save", framework: .keras,
            mediaType: "application/zip; framework=keras", extensions: ["keras"], countsExactly: true,
            ownReader: OwnReader(
                members: ["config.json", "metadata.json"], payload: ["model.weights", "model_"],
                extensionOfPrefixed: "keras"),
            reads:
                "inputs and outputs with their shapes, parameters, Keras version, loss, metrics, optimizer, Lambda layers and custom classes"
        )
    ]

    static let limits = KerasLimits.all

    static let refines = ["zip"]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            let names = Set(listing.map(\.path))
            return names.isSuperset(of: [config, metadata, weights])
                ? SniffMatch(.structure, "a folder with \(config), \(metadata) and \(weights)") : nil
        }
        guard let layout = subject.layout else { return nil }
        let isWhole = layout.has(config) && layout.has(metadata)
        if layout.has(weights) || layout.has(numpy), layout.has(config) || layout.has(metadata) {
            return SniffMatch(
                .structure, isWhole ? "a zip of \(config), \(metadata) and weights" : "a zip of Keras weights")
        }
        // Without the weights only the metadata says what it is.
        guard isWhole, let text = try? layout.text(metadata), text.contains("\"keras_version\"") else { return nil }
        return SniffMatch(.structure, "a zip of \(config) and \(metadata) with keras_version")
    }

    private static let config = "config.json"
    private static let metadata = "metadata.json"
    private static let weights = "model.weights.h5"
    private static let numpy = "model.weights.npz"

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        let layout = try subject.zip?.get()
        defer { if let layout { ZipFindings.report(layout, into: &result, loader: "keras", findsEnd: true) } }
        func open(_ name: String) throws(InspectionError) -> ByteSource? {
            guard let layout else { return try subject.artifact.companion(name) }
            return try layout.open(name)
        }
        if layout == nil {
            result.facts.mediaType = "application/octet-stream; framework=keras"
            result.note("media_type", .derived, "a folder, and no zip archive")
        }
        // Keras reads the configuration whatever the metadata holds.
        var version: KerasVersion?
        var failure: InspectionError?
        do throws(InspectionError) {
            version = try versions(try open(metadata), subject, &result)
        } catch {
            failure = error
        }
        result.loading = Loading(.incomplete, requires: version?.loader.needs.list)
        guard let source = try open(config) else {
            throw InspectionError(.malformed, "\(config) is missing, so nothing says what the layers are")
        }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        let call = KerasLoading(
            version: version, path: PythonText.quoted(subject.artifact.name), form: .archive)
        result.loading = call.loading(KerasCode(document, generation: version?.major), into: &result, at: config)
        // Of a file that fails further on more may be unknown.
        let loading = result.loading
        result.loading?.verdict = max(.incomplete, loading?.verdict ?? .incomplete)
        if let failure { throw failure }
        guard let model = KerasModel(document, version: version) else {
            throw InspectionError(
                .malformed, "no class_name and config: it describes no Keras object", entry: source.entry)
        }
        try model.fill(&result, at: config, limits: subject.limits)
        KerasTraining.fill(
            &result, from: document["compile_config"], at: "\(config): compile_config",
            activation: model.lastActivation,
            limits: subject.limits)
        result.loading = loading
        result.confidence = .structure
        try addWeights(open(weights), open(numpy) != nil, subject, &result)
    }

    private static func versions(
        _ source: ByteSource?, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> KerasVersion? {
        guard let source else {
            result.report(
                .warning, code: "keras.metadata-missing", "\(metadata) is missing; it says which Keras wrote the model")
            return nil
        }
        let document = try JSONValue.parse(source, limits: subject.limits, dialect: .python)
        let version = KerasVersion(document["keras_version"]?.string)
        if let version {
            result.facts.frameworkVersion = version.text
            result.note("framework_version", .read, "\(metadata): keras_version")
        }
        if let date = document["date_saved"]?.string, date.utf8.count <= 64 {
            result.facts.metadata = ["date_saved": .string(date)]
            result.note("metadata", .read, "\(metadata): date_saved")
        }
        return version
    }

    private static func addWeights(
        _ source: ByteSource?, _ hasNumpy: Bool, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let source else {
            result.loading?.leaveIncomplete()
            if hasNumpy {
                result.report(
                    .warning, code: "keras.numpy-weights",
                    "the weights are a numpy archive of pickled dictionaries, which is not counted", at: numpy)
            } else {
                result.report(.warning, code: "keras.weights-missing", "the archive holds no weights", at: weights)
            }
            return
        }
        let outline = try subject.hdf5Outline(of: source)
        var counted = KerasWeights()
        counted.add(outline, layout: .numbered, entry: weights, listing: result.listing)
        OutsideHDF5.report(outline, at: weights, into: &result)
        result.facts.parameters = counted.parameters(.numbered)
        if result.facts.parameters != nil {
            result.note("parameters", .read, "\(weights): shapes and types of datasets")
        }
        if counted.hasOptimizerState {
            result.facts.roles?.append("mlm:checkpoint")
            result.note("roles", .derived, "\(weights): the state of the optimizer is stored")
        }
        result.confidence = .parsed
    }
}
