import ModelContainers
import ModelJSON

/// What Keras writes for any object: its class, where the class is from, and its settings.
///
/// Source: keras/src/saving/serialization_lib.py, `serialize_keras_object`; Keras 1 and 2 write class_name and config alone.
struct KerasObject {
    let className: String
    /// `keras.layers`; nil in files of Keras 1 and 2 and in HDF5.
    let module: String?
    /// `package>Name` for a class that was registered.
    let registeredName: String?
    let config: JSONValue
    let members: JSONObject

    /// Nil for a value that is no such object.
    init?(_ value: JSONValue?) {
        guard let members = value?.object, let className = members["class_name"]?.string,
            let config = members["config"], config.object != nil || config.array != nil
        else { return nil }
        self.className = className
        self.config = config
        self.members = members
        module = members["module"]?.string
        registeredName = members["registered_name"]?.string
    }

    /// The layer's or model's own name.
    var name: String? { config["name"]?.string ?? members["name"]?.string }

    /// The class without the package it was registered under: `Custom>Adam` is `Adam`.
    var plainClass: String { className.split(separator: ">").last.map(String.init) ?? className }

    /// The layers, when this is a model that lists them. Keras 1, and Keras 2 up to 2.2.2, wrote a bare list for a sequence.
    var layers: [JSONValue]? { config["layers"]?.array ?? config.array }

    /// A model whose layers are called in their order.
    var isSequence: Bool { layers != nil && config["input_layers"] == nil }

    /// A graph of layers: Functional, Model of Keras 1 and 2, and subclasses that keep its settings.
    var isGraph: Bool { config["layers"]?.array != nil && config["input_layers"] != nil }
}

extension JSONValue {
    /// The elements of a list, or of a tuple in the spelling of tf.keras 2 (`{"class_name": "__tuple__", "items": […]}`).
    var kerasElements: [JSONValue]? {
        if let array { return array }
        guard self["class_name"]?.string == "__tuple__" else { return nil }
        return self["items"]?.array ?? self["config"]?["items"]?.array ?? self["config"]?.array
    }

    /// A shape: -1 for null; nil when it is not one, or when a size is beyond any tensor.
    var kerasShape: [Int]? {
        guard let elements = kerasElements, elements.count <= KerasTensor.highestRank else { return nil }
        var shape: [Int] = []
        for element in elements {
            if element.isNull {
                shape.append(-1)
            } else if let size = element.int, (-1...KerasTensor.largestSize).contains(size) {
                shape.append(size)
            } else {
                return nil
            }
        }
        return shape
    }
}
