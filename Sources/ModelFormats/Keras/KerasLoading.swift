import ModelContainers
import ModelJSON

/// The call that loads a model, what it needs, and what of it is code.
struct KerasLoading {
    enum Form {
        case archive, hdf5
        /// The configuration alone, in JSON.
        case text
    }

    let version: KerasVersion?
    /// The path as a Python literal.
    let path: String
    let form: Form
    /// What `training_config` of HDF5 names as the loss.
    var loss: JSONValue?

    func loading(_ code: KerasCode, into result: inout ProbeResult, at place: String) -> Loading {
        var loader = version?.loader(ofText: form == .text) ?? KerasVersion.unknown()
        if form == .archive, version?.major == 2, version?.minor == 12 {
            // tf.keras.models.load_model of 2.15.1 finds no keras.engine, and of a Sequential no weights.
            loader.needs.need(
                "tensorflow", .below("2.13"), .derived,
                because: "modules of keras.engine, which are keras.src.engine since 2.13")
        }
        if code.hasBidirectional, form != .text, (version?.major ?? 0) >= 3 {
            loader.needs.need(
                "keras", .atLeast("3.3.3"), .derived,
                because: "Bidirectional, of which 3.0 to 3.3.2 do not even load their own weights")
        }
        var arguments = form == .text ? "open(\(path)).read()" : path
        if let named = KerasOwner.argument(code.owners) { arguments += ", \(named)" }
        // Keras 3 and the archives of Keras 2.12 and later ask before they run a Lambda; older HDF5 loading does not.
        if !code.lambdas.isEmpty, form == .archive || form == .hdf5 && (version?.major ?? 3) >= 3 {
            arguments += ", safe_mode=False"
        }
        if code.hasTorchOptimizer, form != .text {
            arguments += ", compile=False"
            result.report(
                .note, code: "keras.torch-optimizer",
                "compiled with an optimizer of Keras on PyTorch, which no other backend has, so that it loads uncompiled",
                at: place)
        } else if (version?.major ?? 3) >= 3, Self.isUnknownAlias(loss, depth: 0) {
            arguments += ", compile=False"
            result.report(
                .note, code: "keras.loss-alias",
                "Keras 3 finds no loss by the short name that the file has for it, so that it loads uncompiled",
                at: place)
        }
        let call = form == .text ? "model_from_json" : "load_model"
        report(code, into: &result, at: place)
        let classes = code.classes.sorted()
        loader.needs.note(into: &result)
        var needs = loader.needs
        // The names of TensorFlow's own classes begin with tf, which is no package.
        let imported = PythonPackages.needed(by: classes.filter { !$0.hasPrefix("tf.") }, into: &result)
        for package in code.packages.union(imported).sorted() { needs.need(package) }
        var loading = Loading(
            code.verdict,
            call: code.owners.count > KerasOwner.most ? nil : "\(loader.module).models.\(call)(\(arguments))",
            requires: needs.list,
            classes: classes.isEmpty ? nil : classes)
        loading.first = KerasOwner.modules(code.owners)
        loading.define = KerasOwner.undefined(code.owners)
        if code.hasUnreadableReLU, version?.major == 2 {
            // Tried: 2.12.0, 2.12.1, 2.13.0, 2.15.0 and 2.15.1.
            result.report(
                .warning, code: "keras.numpy-values",
                "cannot be loaded: the numbers of a ReLU are values of numpy, which Keras 2 writes into a .keras file and "
                    + "does not read back; its weights can be loaded into a model that is built anew", at: place)
            loading.leaveIncomplete()
            loading.call = nil
        }
        return loading
    }

    /// Short names that `keras.losses.get` knows and the reader of HDF5 does not (tried: 3.3.3, 3.12.4, 3.15.1).
    private static func isUnknownAlias(_ loss: JSONValue?, depth: Int) -> Bool {
        guard let loss, depth < 4 else { return false }
        if let name = loss.string { return aliases.contains(name) }
        if let members = loss.object { return members.contains { isUnknownAlias($0.value, depth: depth + 1) } }
        return loss.array?.contains { isUnknownAlias($0, depth: depth + 1) } ?? false
    }

    private static let aliases: Set<String> = [
        "mse", "mae", "mape", "msle", "kld", "bce", "MSE", "MAE", "MAPE", "MSLE", "KLD", "BCE",
    ]

    private func report(_ code: KerasCode, into result: inout ProbeResult, at place: String) {
        for name in code.lambdas.prefix(32) {
            let how =
                form != .hdf5 || (version?.major ?? 3) >= 3
                ? "loading it needs safe_mode=False" : "loading the model runs it without asking"
            result.report(
                .warning, code: "keras.lambda",
                "the Lambda layer \"\(name)\" holds marshalled Python bytecode, which another release of Python may not "
                    + "read; \(how)", at: place)
        }
        for (name, reason) in code.dangers.sorted(by: { $0.key < $1.key }).prefix(32) {
            result.report(
                .danger, code: "keras.dangerous-function", "the configuration names \(name): \(reason)", at: place)
        }
        reaches(code, into: &result, at: place)
        for name in code.loaders.sorted() {
            result.report(
                .warning, code: "keras.foreign-layer",
                "a layer of class \(name) itself loads code or a model of another framework", at: place)
        }
        guard !code.classes.isEmpty else { return }
        let list = code.classes.sorted()
        let more = code.isCut ? "more than \(list.count - 8)" : "\(list.count - 8) more"
        let names = list.prefix(8).joined(separator: ", ") + (list.count > 8 ? ", … \(more)" : "")
        result.report(
            .note, code: "keras.custom-objects", "needs classes or functions that are not part of Keras: \(names)",
            at: place)
    }
}

extension KerasLoading {
    /// What is read or written outside the file while the configuration is read. Paths are not copied out.
    private func reaches(_ code: KerasCode, into result: inout ProbeResult, at place: String) {
        for (layer, isAddress) in code.vocabularies.sorted(by: { $0.key < $1.key }).prefix(32) {
            result.report(
                .warning, code: "keras.reads-file",
                "the layer \"\(layer)\" reads its vocabulary from \(isAddress ? "an address" : "a file outside the model") when "
                    + "it is loaded", at: place)
        }
        for name in code.climbing.sorted().prefix(32) {
            result.report(
                .warning, code: "keras.unsafe-name",
                "a layer's name would lead out of the folder where its state is kept", at: "\(place): \(name)")
        }
    }
}
