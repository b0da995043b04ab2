import ModelContainers
import ModelJSON

/// Recurrent layers.
///
/// Source: keras/src/layers/rnn/rnn.py, stacked_rnn_cells.py, bidirectional.py and conv_lstm.py.
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
        rules["RNN"] = KerasRule(takes: { _ in sequence }) { cells($0) }
        return rules
    }()

    private static let sequence = ["batch", "time", "feature"]

    private static let states = ["LSTMCell": 2, "GRUCell": 1, "SimpleRNNCell": 1]

    private static func recurrent(_ call: KerasCall, states: Int) -> [[Int]]? {
        guard let units = call.size("units", "output_dim") else { return nil }
        return recurrent(call, units: units, states: states)
    }

    private static func recurrent(_ call: KerasCall, units: Int, states: Int?) -> [[Int]]? {
        guard let shape = call.shape(), shape.count == 3, !call.flag("time_major") else { return nil }
        let output = call.flag("return_sequences") ? [shape[0], shape[1], units] : [shape[0], units]
        guard call.flag("return_state") else { return [output] }
        return states.map { [output] + Array(repeating: [shape[0], units], count: $0) }
    }

    /// One cell, or several of which each feeds the next. Releases differ in what they say of the states of several.
    private static func cells(_ call: KerasCall) -> [[Int]]? {
        guard let cell = KerasObject(call.value("cell")), !KerasCode.isForeign(cell) else { return nil }
        guard cell.plainClass == "StackedRNNCells" else {
            guard let states = states[cell.plainClass], let units = KerasCall(cell, [], version: nil).size("units")
            else { return nil }
            return recurrent(call, units: units, states: states)
        }
        guard let last = KerasObject(cell.config["cells"]?.kerasElements?.last), !KerasCode.isForeign(last),
            states[last.plainClass] != nil, let units = KerasCall(last, [], version: nil).size("units")
        else { return nil }
        return recurrent(call, units: units, states: nil)
    }

    /// The outputs of both directions, one after the other or made one, and then the states of both.
    private static func bidirectional(_ call: KerasCall) -> [[Int]]? {
        guard let inner = KerasObject(call.value("layer")), let rule = KerasRule.of(inner),
            let shapes = rule.shapes(KerasCall(inner, call.inputs, version: call.version)),
            let width = shapes.first?.last, width > 0
        else { return nil }
        let states = shapes.dropFirst() + shapes.dropFirst()
        switch call.layer.config["merge_mode"]?.string {
        case "concat": return [shapes[0].dropLast() + [2 * width]] + states
        case "sum", "mul", "ave": return [shapes[0]] + states
        case nil where call.layer.config["merge_mode"]?.isNull == true: return [shapes[0], shapes[0]] + states
        default: return nil
        }
    }

    private static func convolution(_ call: KerasCall, _ spatial: Int) -> [[Int]]? {
        guard let shape = call.shape(), shape.count == spatial + 3, let first = call.channelsFirst,
            let kernel = call.sizes("kernel_size", count: spatial),
            let strides = call.sizes("strides", count: spatial, default: 1),
            let dilation = call.sizes("dilation_rate", count: spatial, default: 1),
            let padding = call.value("padding")?.string, let filters = call.size("filters")
        else { return nil }
        var sizes: [Int] = []
        for index in 0..<spatial {
            let size = shape[index + (first ? 3 : 2)]
            let length = KerasConvolutionShapes.length(size, kernel[index], strides[index], dilation[index], padding)
            guard let length else { return nil }
            sizes.append(length)
        }
        let image = first ? [filters] + sizes : sizes + [filters]
        let state = [shape[0]] + image
        let output = call.flag("return_sequences") ? [shape[0], shape[1]] + image : state
        return call.flag("return_state") ? [output, state, state] : [output]
    }

    private static func convolved(_ call: KerasCall, _ spatial: Int) -> [String]? {
        let names = KerasDimensions.names(spatial: spatial, channelsFirst: call.channelsFirst)
        return names.map { [$0[0], "time"] + $0[1...] }
    }
}
