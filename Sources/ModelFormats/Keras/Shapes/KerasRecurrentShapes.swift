import ModelContainers

/// Recurrent layers, and the wrappers around others.
///
/// Source: keras/src/layers/rnn/rnn.py, bidirectional.py, time_distributed.py and conv_lstm.py.
enum KerasRecurrentShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for (name, states) in [
            ("LSTM", 2), ("CuDNNLSTM", 2), ("GRU", 1), ("CuDNNGRU", 1), ("SimpleRNN", 1),
        ] {
            rules[name] = KerasRule(takes: { _ in sequence }) { recurrent($0, states: states) }
        }
        for spatial in 1...3 {
            rules["ConvLSTM\(spatial)D"] = KerasRule(takes: { convolved($0, spatial) }) { convolution($0, spatial) }
        }
        rules["Bidirectional"] = KerasRule(takes: { _ in sequence }) { bidirectional($0) }
        rules["TimeDistributed"] = KerasRule { distributed($0) }
        return rules
    }()

    private static let sequence = ["batch", "time", "feature"]

    private static func recurrent(_ call: KerasCall, states: Int) -> [[Int]]? {
        guard let shape = call.shape(), shape.count == 3, let units = call.size("units", "output_dim") else {
            return nil
        }
        let steps = call.flag("time_major") ? nil : shape[1]
        guard let steps else { return nil }
        let output = call.flag("return_sequences") ? [shape[0], steps, units] : [shape[0], units]
        let state = Array(repeating: [shape[0], units], count: states)
        return call.flag("return_state") ? [output] + state : [output]
    }

    private static func bidirectional(_ call: KerasCall) -> [[Int]]? {
        guard let inner = KerasObject(call.value("layer")), let rule = KerasRule.of(inner),
            let shapes = rule.shapes(KerasCall(inner, call.inputs, version: call.version)), shapes.count == 1,
            let width = shapes[0].last, width > 0
        else { return nil }
        switch call.layer.config["merge_mode"]?.string {
        case "concat": return [shapes[0].dropLast() + [2 * width]]
        case "sum", "mul", "ave": return shapes
        case nil where call.layer.config["merge_mode"]?.isNull == true: return [shapes[0], shapes[0]]
        default: return nil
        }
    }

    /// The inner layer sees a batch of every step by itself.
    private static func distributed(_ call: KerasCall) -> [[Int]]? {
        guard let shape = call.shape(rank: 3), let inner = KerasObject(call.value("layer")),
            let rule = KerasRule.of(inner)
        else { return nil }
        var step = call.inputs[0]
        step.shape = [shape[0]] + shape[2...]
        guard let shapes = rule.shapes(KerasCall(inner, [step], version: call.version)), shapes.count == 1 else {
            return nil
        }
        return [[shape[0], shape[1]] + shapes[0].dropFirst()]
    }

    private static func convolution(_ call: KerasCall, _ spatial: Int) -> [[Int]]? {
        guard let shape = call.shape(), shape.count == spatial + 3, let first = call.channelsFirst,
            let kernel = call.sizes("kernel_size", count: spatial),
            let strides = call.sizes("strides", count: spatial, default: 1),
            let dilation = call.sizes("dilation_rate", count: spatial, default: 1),
            let padding = call.value("padding")?.string, let filters = call.size("filters"),
            !call.flag("return_state")
        else { return nil }
        var sizes: [Int] = []
        for index in 0..<spatial {
            let size = shape[index + (first ? 3 : 2)]
            let length = KerasConvolutionShapes.length(size, kernel[index], strides[index], dilation[index], padding)
            guard let length else { return nil }
            sizes.append(length)
        }
        let image = first ? [filters] + sizes : sizes + [filters]
        return [call.flag("return_sequences") ? [shape[0], shape[1]] + image : [shape[0]] + image]
    }

    private static func convolved(_ call: KerasCall, _ spatial: Int) -> [String]? {
        let names = KerasDimensions.names(spatial: spatial, channelsFirst: call.channelsFirst)
        return names.map { [$0[0], "time"] + $0[1...] }
    }
}
