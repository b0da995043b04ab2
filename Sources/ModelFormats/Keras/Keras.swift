extension Framework {
    /// It runs on all three.
    static let keras = Framework(
        "Keras", aliases: ["tf.keras", "tf-keras"], origins: ["Keras", "TensorFlow", "PyTorch", "JAX", "Flax"])
}
