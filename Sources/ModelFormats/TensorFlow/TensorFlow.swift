extension Framework {
    /// JAX writes SavedModels, and Keras does.
    static let tensorFlow = Framework("TensorFlow", aliases: ["tf"], origins: ["Keras", "TensorFlow", "JAX", "Flax"])
}
