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

    /// The module to call and what has to be installed.
    var loader: (module: String, requires: [String]) {
        switch (major, minor) {
        case (3..., _): ("keras", ["keras>=3"])
        // TensorFlow 2.16 brought Keras 3; Keras 2 went on as tf-keras.
        case (2, 16...): ("tf_keras", ["tf-keras"])
        case (2, _) where isTensorFlow: ("tf.keras", ["tensorflow<2.16"])
        case (2, _): ("keras", ["keras>=2,<2.4"])
        default: ("keras", ["keras<2"])
        }
    }
}
