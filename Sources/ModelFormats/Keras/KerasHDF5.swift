import ModelBytes
import ModelContainers

/// Everything in an HDF5 file: whole Keras models, Keras weights in three layouts, and what is no model.
///
/// The signature alone says that it is HDF5; which of them it is only the outline says, so one type owns all ids.
enum KerasHDF5: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "hdf5-other", "HDF5 file, no model", extensions: hdf5Extensions,
            reads: "NetCDF-4, PyTables, AnnData, MATLAB 7.3, HDF-EOS, hickle and other HDF5 named as what they are"),
        FormatIdentity(
            "keras-h5-model", "Keras model in HDF5", artifactType: "tf.keras.Model.save", framework: .keras,
            mediaType: mediaType, extensions: ["h5", "hdf5", "hdf", "keras", "model"], countsExactly: true,
            reads:
                "inputs and outputs with their shapes, parameters, Keras version and backend, loss, metrics, optimizer, Lambda layers and custom classes"
        ),
        FormatIdentity(
            "keras-h5-weights", "Keras weights in HDF5", artifactType: "tf.keras.Model.save_weights",
            framework: .keras,
            roles: ["mlm:weights"], mediaType: mediaType, extensions: ["h5", "hdf5", "hdf", "weights"],
            reads: "parameters, names of the layers, Keras version and backend"),
        FormatIdentity(
            "keras-v3-weights", "Keras weights", artifactType: "tf.keras.Model.save_weights", framework: .keras,
            roles: ["mlm:weights"], mediaType: mediaType, extensions: ["h5", "hdf5", "json"],
            ownReader: OwnReader(seesMembers: true),
            reads: "parameters, whether the state of the optimizer is with them; shards with their index"),
    ]

    static let limits = KerasLimits.all

    private static let mediaType = "application/x-hdf5; framework=keras"
    private static let hdf5Extensions = [
        "h5", "hdf5", "hdf", "he5", "nc", "nc4", "cdf", "h5ad", "loom", "mat", "hkl", "pytables", "h5py",
    ]

    static let ownsFolder = false

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if KerasShards.isRecognised(subject) {
            return SniffMatch(.structure, "an index with weight_map, and shards of Keras weights")
        }
        guard subject.source != nil, HDF5Signature.offset(in: subject.head) != nil, !isJulia(subject.head) else {
            return nil
        }
        return SniffMatch(.signature, "signature of HDF5")
    }

    /// JLD and JLD2 are HDF5 behind a line of text (JLD2.jl, src/headers.jl); they have formats of their own.
    private static func isJulia(_ head: [UInt8]) -> Bool {
        ["HDF5-based Julia Data Format", "Julia data file (HDF5)"].contains { head.starts(with: $0.utf8) }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        if KerasShards.isRecognised(subject) {
            result.setIdentity(identity("keras-v3-weights"))
            try KerasShards.probe(subject, into: &result)
            return
        }
        guard let outline = try subject.hdf5?.get(), let root = outline.root else { return }
        if outline.userBlock > 0 { result.variant = "user block of \(outline.userBlock) bytes" }
        switch KerasHDF5Kind(outline) {
        case .model:
            result.setIdentity(identity("keras-h5-model"))
            try KerasHDF5Model(outline: outline, root: root, subject: subject).fill(&result)
        case .named(let layers):
            result.setIdentity(identity("keras-h5-weights"))
            KerasHDF5Weights.fill(&result, outline, root, layers: layers, subject)
        case .numbered(let isEarly):
            result.setIdentity(identity("keras-v3-weights"))
            if isEarly { result.variant = "layout of 2.12" }
            KerasHDF5Weights.fill(&result, [(nil, outline)], path: subject.artifact.name)
        case .other:
            result.setIdentity(identity("hdf5-other"))
            let kind = HDF5Kind(outline, head: subject.head)
            result.markNotAModel(because: kind.cause)
            kind.report(into: &result)
        }
        OutsideHDF5.report(outline, at: nil, into: &result)
        result.confidence = .parsed
    }
}

/// Which of Keras' layouts an HDF5 file has.
enum KerasHDF5Kind {
    /// `model_config` on the root.
    case model
    /// `layer_names` on the root, or in pieces `layer_names0` …, and groups with `weight_names`.
    case named(layers: [String])
    /// Groups that end in `vars`; the first release of the layout calls `layers` `_layer_checkpoint_dependencies`.
    case numbered(isEarly: Bool)
    case other

    init(_ outline: HDF5Outline) {
        guard let root = outline.root else {
            self = .other
            return
        }
        let configuration = root.attribute("model_config")
        let isModel = configuration?.string?.utf8.firstRange(of: "\"class_name\"".utf8) != nil
        if configuration != nil, isModel || outline.object("/model_weights") != nil {
            self = .model
            return
        }
        if let layers = Self.layerNames(root) {
            self = .named(layers: layers)
            return
        }
        // Every dataset of a Keras file of this layout is the member of a group `vars`, by a number.
        let datasets = outline.objects.filter { $0.kind == .dataset }
        let isNumbered = datasets.allSatisfy { object in
            let parts = object.path.split(separator: "/")
            return parts.count >= 2 && parts[parts.count - 2] == "vars" && Int(parts[parts.count - 1]) != nil
        }
        let hasVariables = outline.objects.contains { $0.kind == .group && $0.path.hasSuffix("/vars") }
        let isEarly = outline.object("/_layer_checkpoint_dependencies") != nil
        self = hasVariables && isNumbered && root.attributes.isEmpty ? .numbered(isEarly: isEarly) : .other
    }

    /// The names of the layers; h5py refuses attributes beyond 64 KiB, so Keras splits long lists
    /// (keras/src/legacy/saving/legacy_h5_format.py, `save_attributes_to_hdf5_group`).
    static func layerNames(_ root: HDF5Outline.Object) -> [String]? {
        if let attribute = root.attribute("layer_names") { return attribute.strings ?? [] }
        var names: [String] = []
        var index = 0
        while let part = root.attribute("layer_names\(index)")?.strings {
            names += part
            index += 1
        }
        return index == 0 ? nil : names
    }
}
