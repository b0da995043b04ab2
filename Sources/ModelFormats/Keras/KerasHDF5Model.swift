import ModelBytes
import ModelContainers
import ModelJSON

/// A whole model in HDF5: `model_config`, `training_config`, `keras_version` and `backend` on the root, the weights in the
/// group `model_weights`.
///
/// Source: keras/src/legacy/saving/legacy_h5_format.py, `save_model_to_hdf5`; keras/models.py of Keras 1 and 2.
struct KerasHDF5Model {
    let outline: HDF5Outline
    let root: HDF5Outline.Object
    let subject: InspectedArtifact

    func fill(_ result: inout ProbeResult) throws(InspectionError) {
        let version = KerasVersion(KerasHDF5Weights.text(root, "keras_version"))
        KerasHDF5Weights.origin(root, version, &result)
        result.loading = Loading(.incomplete, requires: version?.loader.needs.list)
        weights(&result)
        guard let document = try json("model_config") else {
            throw InspectionError(.malformed, "the attribute model_config holds no text")
        }
        // Keras makes the layers before it looks for their weights.
        let training = Result { () throws(InspectionError) in try json("training_config") }
        let code = KerasCode(
            document, training: (try? training.get()) ?? nil, generation: version?.major)
        let call = KerasLoading(
            version: version, path: PythonText.quoted(subject.artifact.name), form: .hdf5,
            loss: (try? training.get())?["loss"])
        result.loading = call.loading(code, into: &result, at: "model_config")
        let loading = result.loading
        result.loading?.verdict = max(.incomplete, code.verdict)
        let hasWeights = outline.object("/model_weights") != nil
        if !hasWeights {
            result.markNotAModel(because: "architecture-only")
            result.report(
                .warning, code: "keras.weights-missing", "the file holds no weights, so the model cannot be loaded",
                at: "/model_weights")
        }
        guard let model = KerasModel(document, version: version) else {
            throw InspectionError(.malformed, "model_config has no class_name and config: it describes no Keras model")
        }
        try model.fill(&result, at: "model_config", limits: subject.limits)
        KerasTraining.fill(
            &result, from: try training.get(), at: "training_config", activation: model.lastActivation,
            limits: subject.limits)
        if hasWeights { result.loading = loading }
    }

    private func json(_ name: String) throws(InspectionError) -> JSONValue? {
        guard let text = KerasHDF5Weights.text(root, name) else { return nil }
        do throws(InspectionError) {
            return try JSONValue.parse(text, limits: subject.limits, dialect: .python)
        } catch {
            throw InspectionError(error.reason, error.message, entry: name, offset: error.offset)
        }
    }

    private func weights(_ result: inout ProbeResult) {
        var counted = KerasWeights()
        counted.add(outline, layout: .whole, listing: result.listing)
        result.facts.parameters = counted.parameters(.whole)
        if result.facts.parameters != nil {
            result.note("parameters", .read, "/model_weights: shapes and types of datasets")
        }
        if counted.hasOptimizerState {
            result.facts.roles?.append("mlm:checkpoint")
            result.note("roles", .derived, "/optimizer_weights: the state of the optimizer is stored")
        }
    }
}

/// Weights alone.
enum KerasHDF5Weights {
    /// Keras 1 and 2: a group for each layer, with the names of its weights.
    static func fill(
        _ result: inout ProbeResult, _ outline: HDF5Outline, _ root: HDF5Outline.Object, layers: [String],
        _ subject: InspectedArtifact
    ) {
        let version = KerasVersion(text(root, "keras_version"))
        origin(root, version, &result)
        var counted = KerasWeights()
        // A name of a layer may have slashes; its group is the first part of the path.
        let groups = Set(layers.compactMap { $0.split(separator: "/").first.map(String.init) })
        counted.add(outline, layout: .named, layers: groups, listing: result.listing)
        result.facts.parameters = counted.parameters(.named)
        if result.facts.parameters != nil { result.note("parameters", .read, "/: shapes and types of datasets") }
        if layers.isEmpty { result.markNotAModel(because: "empty") }
        let call = "model.load_weights(\(PythonText.quoted(subject.artifact.name)))"
        let needs = (version?.loader ?? KerasVersion.unknown()).needs
        needs.note(into: &result)
        result.loading = Loading(.dataOnly, call: call, requires: needs.list)
    }

    /// Keras 3 and tf.keras from 2.12 on; `outlines` are the shards. Without one of them what is counted would look like the
    /// whole model.
    static func fill(
        _ result: inout ProbeResult, _ outlines: [(file: String?, outline: HDF5Outline)], isWhole: Bool = true,
        path: String
    ) {
        var counted = KerasWeights()
        for (file, outline) in outlines {
            counted.add(outline, layout: .numbered, listing: result.listing?.inside(file))
        }
        if isWhole { result.facts.parameters = counted.parameters(.numbered) }
        if result.facts.parameters != nil { result.note("parameters", .read, "vars: shapes and types of datasets") }
        if counted.hasOptimizerState {
            result.facts.roles?.append("mlm:checkpoint")
            result.note("roles", .derived, "optimizer/vars: the state of the optimizer is stored")
        }
        if isWhole, counted.tally.tensors == 0 { result.markNotAModel(because: "empty") }
        // Only Keras 3 writes the names of the layers beside their variables.
        let isNew = outlines.contains { _, outline in
            outline.objects.contains { $0.path.hasSuffix("/vars") && $0.attribute("name") != nil }
        }
        let call = "model.load_weights(\(PythonText.quoted(path)))"
        let (release, why) = isNew ? ("3", "names of the layers") : ("2.12", "variables by their numbers")
        let needs = KerasVersion.unknown(since: release, because: "vars: \(why), which older ones do not write").needs
        needs.note(into: &result)
        result.loading = Loading(isWhole ? .dataOnly : .incomplete, call: call, requires: needs.list)
    }

    /// Who wrote the file: attributes of the root, in old files of `model_weights`.
    static func origin(_ root: HDF5Outline.Object, _ version: KerasVersion?, _ result: inout ProbeResult) {
        if let version {
            result.facts.frameworkVersion = version.text
            result.note("framework_version", .read, "/: keras_version")
        }
        if let backend = text(root, "backend"), backend.utf8.count <= 64 {
            result.facts.metadata = ["backend": .string(backend)]
            result.note("metadata", .read, "/: backend")
        }
    }

    static func text(_ object: HDF5Outline.Object, _ name: String) -> String? { object.attribute(name)?.string }
}
