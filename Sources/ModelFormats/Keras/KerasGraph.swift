import ModelBytes
import ModelContainers
import ModelJSON

/// Follows tensors through a model: what is known of each output, from what is known of the inputs.
///
/// A layer without a rule makes everything behind it unknown, unless Keras 3 wrote the tensor itself into the graph.
struct KerasGraph {
    private let limit: Limits.Limit
    private let version: KerasVersion?
    /// Calls of layers looked at so far: a shared model inside a shared model doubles them with every level.
    private var calls = 0
    /// Where each input of the whole model goes: the names that a layer's definition gives to its dimensions.
    private(set) var taken: [Int: Set<[String]>] = [:]
    /// What is done to the values of each input before anything else, in MLM's words.
    private(set) var scaling: [Int: [JSONObject]] = [:]

    init(version: KerasVersion?, limits: Limits) {
        self.version = version
        limit = limits[KerasLimits.calls]
    }

    /// The outputs of one call of `layer`; nil when they are unknown.
    mutating func call(_ layer: KerasObject, _ inputs: [KerasTensor]) throws(InspectionError) -> [KerasTensor]? {
        calls += 1
        try limit.check(calls)
        if layer.isGraph { return try graph(layer, inputs) }
        if layer.isSequence { return try sequence(layer, inputs) }
        if let operation = KerasOperation.outputs(of: layer, inputs) { return operation }
        if KerasCode.isForeign(layer) { return nil }
        switch layer.plainClass {
        case "TimeDistributed": return try distributed(layer, inputs)
        // It changes the weights of the layer within.
        case "SpectralNormalization":
            guard let inner = KerasObject(layer.config["layer"]) else { return nil }
            return try call(inner, inputs)
        default: break
        }
        guard let rule = KerasRule.of(layer) else { return nil }
        let call = KerasCall(layer, inputs, version: version)
        if let names = rule.takes?(call) {
            for case let input in inputs.prefix(1) {
                guard let source = input.source, input.shape.map({ $0.count == names.count }) ?? true else { continue }
                taken[source, default: []].insert(names)
            }
        }
        // Once in the model, and of an input that nothing was done to.
        if inputs.count == 1, inputs[0].isRaw, let source = inputs[0].source, let steps = KerasScaling.steps(of: layer)
        {
            scaling[source] = scaling[source] == nil ? steps : []
        }
        guard let shapes = rule.shapes(call) else { return nil }
        let type = KerasDataType.output(rule.output, call)
        let keeps = rule.keepsDimensions && inputs.allSatisfy { $0.order == inputs[0].order }
        return shapes.map { shape in
            let order = rule.gives?(call) ?? (keeps ? inputs.first?.order : nil)
            return KerasTensor(
                shape: shape, dataType: type,
                source: rule.keepsDimensions && inputs.count == 1 ? inputs[0].source : nil,
                isRaw: inputs.count == 1 && inputs[0].isRaw && KerasScaling.keepsValues(layer),
                order: order.flatMap { $0.count == shape.count ? $0 : nil })
        }
    }

    /// The layer or model within sees a batch of every step by itself.
    ///
    /// Source: keras/src/layers/rnn/time_distributed.py.
    private mutating func distributed(_ layer: KerasObject, _ inputs: [KerasTensor]) throws(InspectionError)
        -> [KerasTensor]?
    {
        guard let inner = KerasObject(layer.config["layer"]), inputs.count == 1, let shape = inputs[0].shape,
            shape.count >= 3
        else { return nil }
        let step = KerasTensor(shape: [shape[0]] + shape[2...], dataType: inputs[0].dataType)
        guard let outputs = try call(inner, [step]), outputs.count == 1, let made = outputs[0].shape, !made.isEmpty
        else { return nil }
        return [KerasTensor(shape: [shape[0], shape[1]] + made[1...], dataType: outputs[0].dataType)]
    }

    private mutating func sequence(_ model: KerasObject, _ inputs: [KerasTensor]) throws(InspectionError)
        -> [KerasTensor]?
    {
        var tensors = inputs
        // Each call of a model looks at all of its layers.
        calls += model.layers?.count ?? 0
        try limit.check(calls)
        for value in model.layers ?? [] {
            guard let layer = KerasObject(value) else { return nil }
            if layer.plainClass == "InputLayer" { continue }
            guard let next = try call(layer, tensors) else { return nil }
            tensors = next
        }
        return tensors
    }

    private mutating func graph(_ model: KerasObject, _ inputs: [KerasTensor]) throws(InspectionError) -> [KerasTensor]?
    {
        guard let layers = model.layers else { return nil }
        calls += layers.count
        try limit.check(calls)
        var level = Level(layers)
        let places = KerasNode.references(model.config["input_layers"] ?? .null)
        for (position, place) in places.enumerated() where position < inputs.count {
            level.tensors[place.layer, default: [:]][0] = [inputs[position]]
        }
        var isMoving = true
        var waiting = Array(level.layers.indices)
        while isMoving {
            isMoving = false
            waiting.removeAll { level.next(of: $0) == nil }
            for index in waiting {
                while let node = level.next(of: index) {
                    guard let tensors = level.inputs(of: node) else {
                        calls += 1 + node.inputs.count / 64
                        try limit.check(calls)
                        break
                    }
                    level.finish(index, try call(level.layers[index].object, tensors))
                    isMoving = true
                }
            }
        }
        return KerasNode.references(model.config["output_layers"] ?? .null).map { level.output($0) ?? .unknown }
    }

    /// The layers of one graph, and the tensors between them.
    private struct Level {
        struct Layer {
            let object: KerasObject
            let name: String
            let nodes: [KerasNode]
            var done = 0
            /// How many calls of its own a nested model has before those of this graph.
            let shift: Int
        }

        var layers: [Layer] = []
        /// By layer and call.
        var tensors: [String: [Int: [KerasTensor]]] = [:]
        private var positions: [String: Int] = [:]
        private var known: [KerasNode.Reference: KerasTensor] = [:]
        private var isNew = false

        init(_ values: [JSONValue]) {
            for value in values {
                guard let object = KerasObject(value), let name = value["name"]?.string ?? object.name else { continue }
                let nodes = (value["inbound_nodes"]?.array ?? []).map(KerasNode.init)
                for node in nodes {
                    known.merge(node.known) { first, _ in first }
                    isNew = isNew || node.isNew
                }
                positions[name] = layers.count
                layers.append(Layer(object: object, name: name, nodes: nodes, shift: object.layers == nil ? 0 : 1))
            }
        }

        func next(of index: Int) -> KerasNode? {
            let layer = layers[index]
            return layer.done < layer.nodes.count ? layer.nodes[layer.done] : nil
        }

        mutating func finish(_ index: Int, _ outputs: [KerasTensor]?) {
            tensors[layers[index].name, default: [:]][layers[index].done] = outputs ?? []
            layers[index].done += 1
        }

        /// Nil while one of them has not been made.
        func inputs(of node: KerasNode) -> [KerasTensor]? {
            var result: [KerasTensor] = []
            for reference in node.inputs {
                // Keras 1 and 2 count a nested model's call of its own inputs first (engine/functional.py,
                // `_build_map` and `get_network_config`), Keras 3 does so only in output_layers.
                let shift = isNew ? 0 : positions[reference.layer].map { layers[$0].shift } ?? 0
                guard let tensor = tensor(reference, shift) else { return nil }
                result.append(tensor)
            }
            return result
        }

        func output(_ reference: KerasNode.Reference) -> KerasTensor? {
            guard let layer = positions[reference.layer].map({ layers[$0] }) else { return nil }
            return tensor(reference, isNew && !layer.object.isGraph ? 0 : layer.shift)
        }

        private func tensor(_ reference: KerasNode.Reference, _ shift: Int) -> KerasTensor? {
            guard let outputs = tensors[reference.layer]?[max(0, reference.node - shift)] else { return nil }
            var tensor = outputs.indices.contains(reference.index) ? outputs[reference.index] : .unknown
            // What Keras wrote itself is surer than what was derived.
            let place = KerasNode.Reference(
                layer: reference.layer, node: max(0, reference.node - shift), index: reference.index)
            if let known = known[place] {
                tensor.shape = known.shape ?? tensor.shape
                tensor.dataType = known.dataType ?? tensor.dataType
            }
            return tensor
        }
    }
}

extension KerasDataType {
    /// The type of what a layer gives.
    static func output(_ output: KerasRule.Output, _ call: KerasCall) -> String? {
        guard let input = call.inputs.first else { return nil }
        let policy = computed(call.layer.config["dtype"])
        switch output {
        // Keras before 2.3 has no type for most layers; they compute in that of their input.
        case .computed: return policy ?? (input.isFloat ? input.dataType : nil)
        case .moved: return input.isFloat ? policy ?? input.dataType : input.dataType
        }
    }
}

/// Arithmetic between layers, which Keras writes as layers of their own.
enum KerasOperation {
    /// Of an operation with one tensor and numbers, whose result has the tensor's shape and, being a float, its type.
    ///
    /// Source: tf.keras' `TFOpLambda` (engine/base_layer.py or layers/core/tf_op_layer.py).
    static func outputs(of layer: KerasObject, _ inputs: [KerasTensor]) -> [KerasTensor]? {
        guard layer.className == "TFOpLambda", let function = layer.config["function"]?.string,
            elementwise.contains(function), inputs.count == 1, inputs[0].isFloat
        else { return nil }
        return inputs
    }

    private static let elementwise: Set<String> = [
        "math.multiply", "math.add", "math.subtract", "math.truediv", "math.divide", "__operators__.add",
        "math.negative", "nn.relu", "nn.relu6", "nn.softmax", "math.sigmoid", "math.tanh", "math.abs", "math.sqrt",
        "math.exp", "nn.silu", "nn.gelu", "nn.leaky_relu", "nn.elu", "nn.softplus", "identity", "clip_by_value",
    ]
}
