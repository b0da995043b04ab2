import ModelContainers
import ModelJSON

/// One call of a layer in a graph: the tensors that go in, as the configuration names them.
struct KerasNode {
    var inputs: [Reference] = []

    /// The tensor `index` that the call `node` of the layer `layer` gives.
    struct Reference: Hashable {
        let layer: String
        let node: Int
        let index: Int
    }

    /// What Keras 3 wrote beside a reference: the tensor's own shape and type.
    var known: [Reference: KerasTensor] = [:]
    /// Written by Keras 3, which counts the calls of nested models otherwise.
    var isNew = false

    /// Keras 1 and 2 write a list of `[layer, node, index, arguments]`, or one alone for an operation of TensorFlow;
    /// Keras 3 (models/functional.py, `serialize_node`) `{"args", "kwargs"}` with the tensors inside.
    init(_ value: JSONValue) {
        if let members = value.object {
            isNew = true
            collect(members["args"])
            collect(members["kwargs"])
        } else {
            inputs = Self.references(value)
        }
    }

    /// Walks no deeper than the document is, which its reader has limited.
    private mutating func collect(_ value: JSONValue?) {
        guard let value else { return }
        if let elements = value.array {
            for element in elements { collect(element) }
        } else if let members = value.object {
            guard members["class_name"]?.string == "__keras_tensor__" else {
                for member in members { collect(member.value) }
                return
            }
            let config = members["config"]
            guard let reference = config?["keras_history"].flatMap(Self.reference) else { return }
            inputs.append(reference)
            known[reference] = KerasTensor(
                shape: config?["shape"]?.kerasShape, dataType: KerasDataType.computed(config?["dtype"]))
        }
    }

    /// `["conv", 0, 0]`, with or without arguments behind.
    static func reference(_ value: JSONValue) -> Reference? {
        guard let elements = value.kerasElements, elements.count >= 3, let layer = elements[0].string,
            let node = elements[1].int, let index = elements[2].int, (0...KerasTensor.largestSize).contains(node),
            (0...KerasTensor.largestSize).contains(index)
        else { return nil }
        return Reference(layer: layer, node: node, index: index)
    }

    /// All references in `value`: one alone, a list, or a dictionary, which Keras flattens in the order of its keys.
    static func references(_ value: JSONValue) -> [Reference] {
        var found: [Reference] = []
        collect(value, into: &found)
        return found
    }

    private static func collect(_ value: JSONValue, into found: inout [Reference]) {
        if let one = reference(value) {
            found.append(one)
        } else if let elements = value.kerasElements {
            for element in elements { collect(element, into: &found) }
        } else {
            for member in (value.object ?? [:]).sorted(by: { $0.key < $1.key }) { collect(member.value, into: &found) }
        }
    }
}
