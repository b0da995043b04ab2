import ModelJSON

/// Whether Keras finds a class or a function without being given it, and what harm some of those do.
///
/// Source: `_retrieve_class_or_fn` of keras/src/saving/serialization_lib.py: a module of Keras is asked first, any other is
/// imported by its name up to Keras 3.8 and in all of Keras 2.
struct KerasNames {
    private let modules: [Set<String>]
    private static let kinds = [
        "activations", "constraints", "initializers", "losses", "metrics", "optimizers", "regularizers",
    ]

    /// `generation` is 1, 2 or 3; nil when nothing says, so that any of them may load it.
    init(generation: Int?) {
        modules =
            switch generation {
            case 3?: [KerasRegistry.keras3]
            case 1?, 2?: [KerasRegistry.keras2]
            default: [KerasRegistry.keras3, KerasRegistry.keras2]
            }
    }

    /// Whether Keras has it in this module, which the configuration names.
    func has(_ name: String, in module: String) -> Bool {
        if module == "builtins" {
            return Self.kinds.contains { has($0 + "." + name) } || KerasRegistry.others.contains(name)
        }
        guard let path = Self.path(module) else { return false }
        // What a model is made of is judged by itself, wherever Keras keeps these.
        if KerasModel.plainClasses.contains(name) { return true }
        return has(path.isEmpty ? name : path + "." + name)
    }

    private func has(_ name: String) -> Bool { modules.contains { $0.contains(name) } }

    /// Whether Keras 1 or 2 has a class of this name, which no module stands beside.
    static func hasPlain(_ name: String, isLayer: Bool) -> Bool {
        KerasRegistry.layers.contains(name) || KerasModel.plainClasses.contains(name) || older.contains(name)
            || !isLayer && (KerasRegistry.others.contains(name) || policies.contains(name))
    }

    /// Where in Keras a module is: `layers` of keras.layers, `engine.functional` of tf_keras.src.engine.functional; nil
    /// for a module of others.
    static func path(_ module: String) -> String? {
        for root in ["tensorflow.python.keras", "tensorflow.keras", "tf_keras", "keras"] {
            if module == root { return "" }
            guard module.hasPrefix(root + ".") else { continue }
            let rest = module.dropFirst(root.count + 1)
            if rest == "src" { return "" }
            return String(rest.hasPrefix("src.") ? rest.dropFirst(4) : rest)
        }
        return nil
    }

    /// Layers of releases between those that were read.
    private static let older = Set(
        words: """
            AddLoss AddMetric AtrousConvolution1D AtrousConvolution2D AugMix BatchNormalizationV1 BatchNormalizationV2 \
            ClassMethod ConvLSTM2DCell ConvRecurrent2D CuDNNGRU CuDNNLSTM DenseFeatures DeviceWrapper DropoutWrapper GRUV1 \
            GRUV2 InstanceMethod InstanceProperty LSTMV1 LSTMV2 LocallyConnected1D LocallyConnected2D PreprocessingLayer \
            RandomFourierFeatures ResidualWrapper SlicingOpLambda TFOpLambda TensorFlowOpLayer ThresholdedReLU
            """)
    /// Policies of data types (mixed_precision/policy.py and loss_scale_optimizer.py of tf.keras 2.1 to 2.15).
    private static let policies = Set(
        words: """
            Policy PolicyV1 DTypePolicy LossScaleOptimizer LossScaleOptimizerV1 LossScaleOptimizerV3 DynamicLossScale \
            FixedLossScale WarmUp
            """)

    // MARK: harm

    private static let imports = ImportPolicy(allowing: [])

    /// Functions of Keras that no configuration of a model names, by the last part of their names.
    private static let harm = [
        "get_file": "downloads a file, or copies one",
        "enable_unsafe_deserialization": "turns off what keeps a configuration from running code",
        "func_load": "makes a function of marshalled bytecode", "load_model": "loads another model",
        "load_weights": "loads another file", "deserialize_keras_object": "reads another configuration",
        "extract_archive": "unpacks an archive", "extract_open_archive": "unpacks an archive",
        "model_from_json": "reads another configuration", "model_from_yaml": "reads another configuration",
    ]

    /// Why it does harm to call this; nil when it is on no list.
    static func danger(_ name: String, in module: String) -> String? {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        if path(module) != nil { return harm[last] }
        if module == "tensorflow" || module.hasPrefix("tensorflow.") { return harm[last] ?? operationHarm(last) }
        return imports.danger(module: ImportPolicy.modern(module: module), name: name)
    }

    private static func operationHarm(_ last: String) -> String? {
        ["write_file", "read_file", "load_op_library", "load_library", "py_function", "numpy_function"].contains(last)
            ? "reaches files or Python" : nil
    }

    /// How a function of TensorFlow is judged that a TFOpLambda names: nil when it is one that computes.
    static func judge(operation name: String) -> (isDangerous: Bool, reason: String)? {
        var plain = name[...]
        if plain.hasPrefix("compat.v1.") { plain = plain.dropFirst(10) }
        if plain.hasPrefix("raw_ops.") { return judge(rawOperation: String(plain.dropFirst(8))) }
        let last = plain.split(separator: ".").last.map(String.init) ?? ""
        if let reason = harm[last] ?? operationHarm(last) ?? (last == "matching_files" ? "lists files" : nil) {
            return (true, reason)
        }
        return KerasRegistry.operations.contains(String(plain)) ? nil : (false, "it is not known to only compute")
    }

    /// The same for an operator, which a TensorFlowOpLayer names.
    static func judge(rawOperation name: String) -> (isDangerous: Bool, reason: String)? {
        let effects = [
            (TensorFlowEffects.reads, "reads files"), (TensorFlowEffects.writes, "writes files"),
            (TensorFlowEffects.network, "may reach other machines"), (TensorFlowEffects.pipelines, "reads files"),
        ]
        for (names, reason) in effects where names.contains(name) { return (true, reason) }
        if TensorFlowEffects.python.contains(name) { return (false, "runs Python") }
        return TensorFlowRegistry.operators.contains(name) ? nil : (false, "TensorFlow has no such operator")
    }
}
