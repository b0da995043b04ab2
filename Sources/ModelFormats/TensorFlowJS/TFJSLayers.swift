import ModelBytes
import ModelContainers

/// Inputs of a layers model, from the configuration of Keras.
enum TFJSLayers {
    static func fill(
        _ reading: inout Reading, from document: TFJSDocument, limits: Limits
    ) throws(InspectionError) {
        guard let model = document.layers else { return }
        var inputs: [Port] = []
        for layer in model["config"]?["layers"]?.array ?? model["config"]?.array ?? [] {
            let config = layer["config"]
            guard layer["class_name"]?.string == "InputLayer", let name = config?["name"]?.string else { continue }
            try limits.listedValues.check(inputs.count + 1)
            let shape = (config?["batch_input_shape"] ?? config?["batch_shape"])?.array?.map { $0.int ?? -1 }
            inputs.append(Port(name: name, shape: shape, dataType: config?["dtype"]?.string))
        }
        guard !inputs.isEmpty else { return }
        reading.facts.inputs = inputs
        reading.note("inputs", .read, "modelTopology: InputLayer")
    }
}
