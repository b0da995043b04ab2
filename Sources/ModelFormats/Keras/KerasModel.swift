import ModelBytes
import ModelContainers
import ModelJSON

/// A model by its configuration: inputs and outputs with their shapes, its class and its name.
struct KerasModel {
    let object: KerasObject
    let version: KerasVersion?
    /// 1, 2 or 3; nil when nothing says.
    let generation: Int?

    /// Classes of models that say nothing of their architecture.
    static let plainClasses = KerasMetadata.plainClasses

    init?(_ value: JSONValue?, version: KerasVersion?, generation: Int? = nil) {
        guard let object = KerasObject(value) else { return nil }
        self.object = object
        self.version = version
        self.generation = version?.major ?? generation
    }

    /// Fills in what the configuration says; `place` is where it stands.
    func fill(_ result: inout ProbeResult, at place: String, limits: Limits) throws(InspectionError) {
        names(&result, place)
        KerasListing(result.listing)?.list(object)
        var inputs = inputs()
        var graph = KerasGraph(version: version, limits: limits)
        let tensors = inputs.enumerated().map { index, port in
            KerasTensor(shape: port.shape, dataType: port.dataType, source: index, isRaw: true)
        }
        guard !inputs.isEmpty else {
            builtShape(&result, place)
            return
        }
        var outputs = outputs(try graph.call(object, tensors))
        for index in inputs.indices {
            // Layers that contradict each other prove nothing.
            if let names = graph.taken[index], names.count == 1, let order = names.first,
                order.count == inputs[index].shape?.count
            {
                inputs[index].dimOrder = order
            } else {
                inputs[index].nameBatch()
            }
        }
        for index in outputs.indices { outputs[index].nameBatch() }
        scaling(graph, &inputs, &result, place)
        result.facts.inputs = inputs
        result.facts.outputs = outputs.isEmpty ? nil : outputs
        result.note("inputs", .read, "\(place): InputLayer, or the shape that the first layer was given")
        if inputs.contains(where: { $0.dimOrder != nil }) {
            result.note(
                "inputs.dim_order", .derived,
                "\(place): the first dimension is the batch of Keras; data_format of the layers that the inputs go into"
            )
        }
        guard !outputs.isEmpty else { return }
        result.note("outputs", .read, "\(place): names of the output layers")
        if outputs.contains(where: { $0.shape != nil }) {
            result.note("outputs.shape", .derived, "\(place): from the inputs through the definition of every layer")
        }
        if outputs.contains(where: { $0.dimOrder != nil }) {
            result.note(
                "outputs.dim_order", .derived,
                "\(place): the first dimension is the batch of Keras; data_format of the layers that make the outputs")
        }
    }

    /// What the model's own first layers do to the values of an input.
    private func scaling(
        _ graph: KerasGraph, _ inputs: inout [Port], _ result: inout ProbeResult, _ place: String
    ) {
        for index in inputs.indices {
            guard let scaling = graph.scaling[index], !scaling.isEmpty else { continue }
            inputs[index].valueScaling = scaling
            result.note("inputs.value_scaling", .derived, "\(place): Rescaling, Normalization")
            result.reportScaling(of: inputs[index].name, at: place)
        }
    }

    // MARK: names

    private func names(_ result: inout ProbeResult, _ place: String) {
        if let name = object.name, !Self.isAutomatic(name, object.className), !PrivateText.holdsPath(name) {
            result.facts.name = name
            result.note("name", .read, "\(place): config.name")
            if KerasArchitectures.isKnown(name) {
                result.facts.architecture = name
                result.note("architecture", .derived, "\(place): config.name")
            }
        }
        if !Self.plainClasses.contains(object.plainClass) {
            result.facts.architecture = object.plainClass
            result.note("architecture", .read, "\(place): class_name")
        }
    }

    /// Whether Keras makes up such a name: the class in snake case, with or without a number.
    ///
    /// Source: keras/src/utils/naming.py, `auto_name` and `to_snake_case`; Keras 1 and 2 name their graphs `model_1`.
    static func isAutomatic(_ name: String, _ className: String) -> Bool {
        var base = name[...]
        if let line = base.lastIndex(of: "_"), base[base.index(after: line)...].allSatisfy(\.isNumber) {
            base = base[..<line]
        }
        let plain = className.split(separator: ">").last ?? ""
        let folded = String(base).lowercased().filter { $0 != "_" }
        return ["model", "sequential", "functional", "network", "graph", plain.lowercased()].contains(folded)
    }

    // MARK: inputs

    private func inputs() -> [Port] {
        if object.isGraph {
            let layers = Dictionary(
                (object.layers ?? []).compactMap { value in
                    KerasObject(value).flatMap { layer in
                        (value["name"]?.string ?? layer.name).map { ($0, layer) }
                    }
                }, uniquingKeysWith: { first, _ in first })
            return KerasNode.references(object.config["input_layers"] ?? .null).map { reference in
                layers[reference.layer].map { Self.port(reference.layer, of: $0) } ?? Port(name: reference.layer)
            }
        }
        return object.isSequence ? sequenceInput(object).map { [$0] } ?? [] : []
    }

    /// The input of a sequence: its InputLayer, else the shape that its first layer was given.
    private func sequenceInput(_ sequence: KerasObject) -> Port? {
        guard let first = sequence.layers?.first.flatMap({ KerasObject($0) }) else { return nil }
        if first.plainClass == "InputLayer" { return Self.port(first.name ?? "", of: first) }
        if first.isSequence, var port = sequenceInput(first) {
            port.name = inputName(first)
            return port
        }
        let built = sequence.config["build_input_shape"] ?? sequence.members["build_config"]?["input_shape"]
        var port = Self.port(inputName(first), of: first)
        // What a layer computes in is not what an integer input of a sequence without an InputLayer has.
        if first.config["batch_input_shape"] == nil { port.dataType = nil }
        port.shape = port.shape ?? built?.kerasShape
        return port.shape == nil ? nil : port
    }

    /// Keras 2 names the input after the layer (`engine/sequential.py`, `add`); what Keras 1 and 3 call it, only a running
    /// process decides.
    private func inputName(_ first: KerasObject) -> String {
        generation == 2 ? (first.name ?? "").isEmpty ? "" : "\(first.name ?? "")_input" : ""
    }

    private static func port(_ name: String, of layer: KerasObject) -> Port {
        let config = layer.config
        let shape = config["batch_shape"] ?? config["batch_input_shape"]
        let type = config["dtype"] ?? config["input_dtype"]
        return Port(name: name, shape: shape?.kerasShape, dataType: KerasDataType.computed(type))
    }

    /// A model without inputs in its configuration may at least say what shape it was built with.
    private func builtShape(_ result: inout ProbeResult, _ place: String) {
        guard let shape = object.members["build_config"]?["input_shape"], !shape.isNull, shape.kerasShape != nil else {
            return
        }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["build_config.input_shape"] = shape
        result.facts.metadata = metadata
        result.note("metadata", .read, "\(place): build_config")
    }

    // MARK: outputs

    /// The activation of the layer that makes the only output: its own, or what an Activation layer is.
    var lastActivation: String? {
        let last: KerasObject?
        if object.isGraph {
            let names = KerasNode.references(object.config["output_layers"] ?? .null).map(\.layer)
            guard names.count == 1 else { return nil }
            last = (object.layers ?? []).lazy.compactMap { KerasObject($0) }.first { $0.name == names[0] }
        } else {
            last = object.layers?.last.flatMap { KerasObject($0) }
        }
        guard let last else { return nil }
        let activation = last.config["activation"]
        return activation?.string ?? activation?["config"]?.string
            ?? (["Sigmoid", "Softmax"].contains(last.plainClass) ? last.plainClass.lowercased() : nil)
    }

    private func outputs(_ tensors: [KerasTensor]?) -> [Port] {
        let names: [String]
        if object.isGraph {
            names = outputNames(KerasNode.references(object.config["output_layers"] ?? .null).map(\.layer))
        } else {
            names = object.layers?.last.flatMap { KerasObject($0)?.name }.map { [$0] } ?? []
        }
        guard let tensors, tensors.count == names.count else { return names.map { Port(name: $0) } }
        return zip(names, tensors).map { name, tensor in
            Port(name: name, shape: tensor.shape, dataType: tensor.dataType, dimOrder: tensor.order)
        }
    }

    /// tf.keras 2 makes names of layers with several outputs unique (engine/functional.py, `_set_output_names`); Keras 3
    /// does not (models/functional.py).
    private func outputNames(_ layers: [String]) -> [String] {
        guard generation != 3 else { return layers }
        var given: Set<String> = []
        var counts: [String: Int] = [:]
        return layers.map { layer in
            var name = layer
            while given.contains(name) {
                let count = counts[layer] ?? 1
                name = "\(layer)_\(count)"
                counts[layer] = count + 1
            }
            given.insert(name)
            return name
        }
    }
}

/// Names of models that are names of architectures.
enum KerasArchitectures {
    /// keras.applications spells them so, and people who name a model after what it is.
    static func isKnown(_ name: String) -> Bool {
        let folded = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return words.contains { folded.contains($0) }
    }

    private static let words = [
        "unet", "resnet", "resnext", "vgg16", "vgg19", "xception", "inception", "mobilenet", "densenet", "nasnet",
        "efficientnet", "convnext", "regnet", "segnet", "deeplab", "linknet", "pspnet", "fcn8", "fcn32", "squeezenet",
        "alexnet", "lenet", "shufflenet", "visiontransformer", "swintransformer", "segformer",
    ]
}
