extension Framework {
    static let jax = Framework("JAX", origins: ["JAX", "Flax"])
    static let flax = Framework("Flax", origins: ["JAX", "Flax"])
}
