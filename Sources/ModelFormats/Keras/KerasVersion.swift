import ModelContainers

/// Which Keras wrote a file, and so which one loads it.
struct KerasVersion {
    /// As the file spells it: `3.15.1`, `2.2.4-tf`.
    let text: String
    let major: Int
    let minor: Int

    init?(_ text: String?) {
        guard let text, text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix { $0.isNumber }) else {
            return nil
        }
        self.text = text
        self.major = major
        self.minor = minor
    }

    /// tf.keras carried `2.2.4-tf` in TensorFlow 1.13 to 2.1, then its own numbers from 2.3.0-tf on; the Keras of its own
    /// ended with 2.3.1 (its 2.4.3 was tf.keras under another name).
    var isTensorFlow: Bool { major == 2 && (text.hasSuffix("-tf") || minor >= 4) }

    /// The module to call, and what has to be installed with the reasons. Keras promises nothing to releases before the
    /// one that wrote a file; those between 2.5 and 2.15 came with the TensorFlow of their number.
    var loader: (module: String, needs: Requirements) { loader(ofText: false) }

    /// The same, of what is JSON alone with `ofText`.
    func loader(ofText: Bool) -> (module: String, needs: Requirements) {
        var needs = Requirements()
        let place = "keras_version: \(text)"
        switch (major, minor) {
        case (3..., _):
            needs.need("keras", .atLeast("\(major).\(minor)"), .read, because: place)
            needs.need(Self.backend)
            return ("keras", needs)
        // TensorFlow 2.16 brought Keras 3; Keras 2 went on as tf-keras.
        case (2, 16...):
            needs.need("tf-keras", .atLeast("2.\(minor)"), .read, because: place)
            return ("tf_keras", needs)
        case (2, _) where isTensorFlow:
            if minor >= 5 { needs.need("tensorflow", .atLeast("2.\(minor)"), .read, because: place) }
            needs.need("tensorflow", .below("2.16"), .derived, because: "later ones bring Keras 3 as tf.keras")
            return ("tf.keras", needs)
        case (2, _):
            needs.need("keras", .atLeast("2.\(minor)"), .read, because: place)
            needs.need("keras", .below("2.4"), .derived, because: "later ones are those of TensorFlow")
            needs.need(Self.backend, .atLeast("1.13"), .derived, because: "0.12 does not go with it; 1.13 was tried")
            needs.need(Self.backend, .below("2"), .derived, because: "2.3 was made for TensorFlow 1; 1.15 was tried")
            needs.need("protobuf", .below("3.21"), .derived, because: "TensorFlow 1 is not imported with later ones")
            if !ofText {
                needs.need("h5py", .below("3"), .derived, because: "Keras 2.3 decodes what later ones give as text")
            }
            return ("keras", needs)
        default:
            needs.need("keras", .below("2"), .derived, because: place)
            return ("keras", needs)
        }
    }

    /// Of a file that does not say its version, as far as that is known.
    static func unknown(since release: String? = nil, because why: String = "") -> (module: String, needs: Requirements)
    {
        var needs = Requirements(["keras"])
        if let release { needs.need("keras", .atLeast(release), .derived, because: why) }
        needs.need(backend)
        return ("keras", needs)
    }

    /// What Keras 3 computes with when nobody chooses; jax and torch do as well.
    static let backend = "tensorflow"
}
