/// Which frameworks cannot both be that of one artifact.
///
/// MLM's `mlm:framework` is what the model was trained with, so a conversion (ONNX, TFLite, PMML) excludes nothing.
enum FrameworkFamily {
    /// Only names that are known to be of different frameworks exclude each other.
    static func exclude(declared: String, read: String) -> Bool {
        guard let one = name(declared), let other = name(read), one != other else { return false }
        return families[other]?.contains(one) == false
    }

    /// Whether both are names of one framework.
    static func isSame(_ one: String, _ other: String) -> Bool {
        one == other || name(one).map { $0 == name(other) } ?? false
    }

    /// By what an artifact of a framework may have been trained with.
    private static let families: [String: Set<String>] = [
        "PyTorch": ["PyTorch"],
        // Keras runs on all three, and JAX writes SavedModels.
        "Keras": ["Keras", "TensorFlow", "PyTorch", "JAX"],
        "TensorFlow": ["Keras", "TensorFlow", "JAX"],
        // Their scikit-learn interfaces stand in pipelines of scikit-learn.
        "scikit-learn": estimators, "XGBoost": estimators, "LightGBM": estimators, "CatBoost": estimators,
    ]

    private static let estimators: Set = ["scikit-learn", "XGBoost", "LightGBM", "CatBoost"]

    /// `torch` and `pytorch` are MLM's `PyTorch`; nil for a name that is not among those known.
    static func spelling(_ text: String) -> String? { text.lowercased() == "flax" ? "Flax" : name(text) }

    /// As MLM spells it; nil for a name that is not among those known.
    private static func name(_ text: String) -> String? {
        switch text.lowercased() {
        case "pytorch", "torch": "PyTorch"
        case "tensorflow", "tf": "TensorFlow"
        case "keras", "tf.keras", "tf-keras": "Keras"
        case "jax", "flax": "JAX"
        case "scikit-learn", "sklearn": "scikit-learn"
        case "xgboost": "XGBoost"
        case "lightgbm": "LightGBM"
        case "catboost": "CatBoost"
        default: nil
        }
    }
}

/// Which calls cannot both have written one artifact.
enum ArtifactTypeFamily {
    /// Only calls that are known to write different files exclude each other.
    static func exclude(_ declared: String, _ read: String) -> Bool {
        guard declared != read, let one = family(declared), let other = family(read) else { return false }
        return one != other
    }

    private static func family(_ call: String) -> String? {
        switch call {
        // A package compiled ahead of time is an archive of torch.export, too.
        case "torch.export.save", "torch._inductor.aoti_compile_and_package": "torch.export"
        // All three write a SavedModel.
        case "tf.keras.Model.save", "tf.keras.Model.export", "tf.saved_model.save": "tf.saved_model"
        // Keras writes its weights as a checkpoint, too.
        case "tf.keras.Model.save_weights", "tf.train.Checkpoint.save": "tf.train"
        // joblib writes what has no arrays as a plain pickle.
        case "pickle.dump", "joblib.dump", "dill.dump", "cloudpickle.dump": "pickle"
        case _ where call.hasPrefix("safetensors."): "safetensors"
        case "torch.save", "torch.jit.save", "onnx.save_model", "skops.io.dump", "xgboost.Booster.save_model",
            "lightgbm.Booster.save_model", "catboost.CatBoost.save_model":
            call
        default: nil
        }
    }
}
