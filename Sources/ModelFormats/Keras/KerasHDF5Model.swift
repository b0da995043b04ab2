import ModelBytes
import ModelContainers

/// A whole model in HDF5: `model_config`, `training_config`, `keras_version` and `backend` on the root, the weights in the
/// group `model_weights`.
///
/// Source: keras/src/legacy/saving/legacy_h5_format.py, `save_model_to_hdf5`; keras/models.py of Keras 1 and 2.
struct KerasHDF5Model {
    let outline: HDF5Outline
    let root: HDF5Outline.Object
    let subject: Subject

    func fill(_ reading: inout Reading) throws(InspectionError) {
        let version = KerasVersion(KerasHDF5Weights.text(root, "keras_version"))
        KerasHDF5Weights.origin(root, version, &reading)
        reading.loading = Loading(.incomplete, requires: version?.loader.requires)
        weights(&reading)
        guard let document = try json("model_config") else {
            throw InspectionError(.malformed, "the attribute model_config holds no text")
        }
        guard let model = KerasModel(document, version: version) else {
            throw InspectionError(.malformed, "model_config has no class_name and config: it describes no Keras model")
        }
        try model.fill(&reading, at: "model_config", limits: subject.limits)
        let training = try json("training_config")
        KerasTraining.fill(&reading, from: training, at: "training_config", limits: subject.limits)
        var code = KerasCode()
        code.collect(document, isLayer: true)
        if let training { code.collect(training) }
        let call = KerasLoading(version: version, path: PythonText.quoted(subject.artifact.name), isArchive: false)
        reading.loading = call.loading(code, into: &reading, at: "model_config")
    }

    private func json(_ name: String) throws(InspectionError) -> JSONValue? {
        guard let text = KerasHDF5Weights.text(root, name) else { return nil }
        do throws(InspectionError) {
            return try JSONValue.parse(text, limits: subject.limits, dialect: .python)
        } catch {
            throw InspectionError(error.reason, error.message, entry: name, offset: error.offset)
        }
    }

    private func weights(_ reading: inout Reading) {
        var counted = KerasWeights()
        counted.add(outline, layout: .whole)
        reading.facts.parameters = counted.parameters(.whole)
        if reading.facts.parameters != nil {
            reading.note("parameters", .read, "/model_weights: shapes and types of datasets")
        }
        if counted.hasOptimizerState {
            reading.facts.roles?.append("mlm:checkpoint")
            reading.note("roles", .derived, "/optimizer_weights: the state of the optimizer is stored")
        }
    }
}

/// Weights alone.
enum KerasHDF5Weights {
    /// Keras 1 and 2: a group for each layer, with the names of its weights.
    static func fill(
        _ reading: inout Reading, _ outline: HDF5Outline, _ root: HDF5Outline.Object, layers: [String],
        _ subject: Subject
    ) {
        let version = KerasVersion(text(root, "keras_version"))
        origin(root, version, &reading)
        var counted = KerasWeights()
        // A name of a layer may have slashes; its group is the first part of the path.
        let groups = Set(layers.compactMap { $0.split(separator: "/").first.map(String.init) })
        counted.add(outline, layout: .named, layers: groups)
        reading.facts.parameters = counted.parameters(.named)
        if reading.facts.parameters != nil { reading.note("parameters", .read, "/: shapes and types of datasets") }
        if layers.isEmpty { reading.isNoModel("empty") }
        let call = "model.load_weights(\(PythonText.quoted(subject.artifact.name)))"
        reading.loading = Loading(.dataOnly, call: call, requires: version?.loader.requires ?? ["keras"])
    }

    /// Keras 3 and tf.keras from 2.12 on; `outlines` are the shards. Without one of them what is counted would look like the
    /// whole model.
    static func fill(_ reading: inout Reading, _ outlines: [HDF5Outline], isWhole: Bool = true, path: String) {
        var counted = KerasWeights()
        for outline in outlines { counted.add(outline, layout: .numbered) }
        if isWhole { reading.facts.parameters = counted.parameters(.numbered) }
        if reading.facts.parameters != nil { reading.note("parameters", .read, "vars: shapes and types of datasets") }
        if counted.hasOptimizerState {
            reading.facts.roles?.append("mlm:checkpoint")
            reading.note("roles", .derived, "optimizer/vars: the state of the optimizer is stored")
        }
        if isWhole, counted.tensors == 0, counted.isCountable { reading.isNoModel("empty") }
        // Only Keras 3 writes the names of the layers beside their variables.
        let isNew = outlines.contains { outline in
            outline.objects.contains { $0.path.hasSuffix("/vars") && $0.attribute("name") != nil }
        }
        let call = "model.load_weights(\(PythonText.quoted(path)))"
        reading.loading = Loading(
            isWhole ? .dataOnly : .incomplete, call: call, requires: isNew ? ["keras>=3"] : ["keras>=2.12"])
    }

    /// Who wrote the file: attributes of the root, in old files of `model_weights`.
    static func origin(_ root: HDF5Outline.Object, _ version: KerasVersion?, _ reading: inout Reading) {
        if let version {
            reading.facts.frameworkVersion = version.text
            reading.note("framework_version", .read, "/: keras_version")
        }
        if let backend = text(root, "backend"), backend.utf8.count <= 64 {
            reading.facts.metadata = ["backend": .string(backend)]
            reading.note("metadata", .read, "/: backend")
        }
    }

    static func text(_ object: HDF5Outline.Object, _ name: String) -> String? { object.attribute(name)?.string }
}
