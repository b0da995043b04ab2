import ModelContainers

/// Layers that change values and no shape.
///
/// Source: keras/src/layers/activations, regularization, normalization, core/{identity,masking}.py and
/// preprocessing/image_preprocessing: each has `compute_output_shape` that returns its input's.
enum KerasElementwiseShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for name in computed { rules[name] = KerasRule(.computed, keepsDimensions: true) { $0.shape(rank: 0) } }
        for name in moved { rules[name] = KerasRule(.moved, keepsDimensions: true) { $0.shape(rank: 0) } }
        return rules
    }()

    private static let computed = [
        "ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU", "Softmax", "Dropout", "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "BatchNormalization",
        "BatchNormalizationV1",
        "BatchNormalizationV2", "SyncBatchNormalization", "LayerNormalization", "GroupNormalization",
        "UnitNormalization",
        "RMSNormalization", "Rescaling", "Normalization", "Highway", "RandomContrast", "RandomBrightness",
        "RandomFlip",
        "RandomRotation", "RandomTranslation", "RandomZoom", "RandomHue", "RandomSaturation", "RandomGrayscale",
        "RandomSharpness", "RandomColorDegeneration", "RandomColorJitter", "RandomPosterization", "RandomInvert",
        "RandomErasing", "RandomGaussianBlur", "RandomPerspective", "RandomShear", "RandomElasticTransform",
        "AutoContrast", "Equalization", "Solarization", "RandAugment", "AugMix",
    ]
    private static let moved = ["Activation", "ActivityRegularization", "Masking", "Identity"]
}
