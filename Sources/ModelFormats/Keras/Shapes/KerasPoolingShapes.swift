import ModelContainers
import ModelJSON

/// Pooling over windows and over everything.
///
/// Source: keras/src/layers/pooling/base_pooling.py, base_adaptive_pooling.py and base_global_pooling.py; keras/src/ops/operation_utils.py,
/// `compute_pooling_output_shape`.
enum KerasPoolingShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for spatial in 1...3 {
            for kind in ["Max", "Average"] {
                rules["\(kind)Pooling\(spatial)D"] = KerasRule(
                    keepsDimensions: true, takes: names(spatial), gives: names(spatial)
                ) { pooled($0, spatial) }
                rules["Adaptive\(kind)Pooling\(spatial)D"] = KerasRule(
                    keepsDimensions: true, takes: names(spatial), gives: names(spatial)
                ) { adaptive($0, spatial) }
                rules["Global\(kind)Pooling\(spatial)D"] = KerasRule(takes: names(spatial)) { global($0, spatial) }
            }
        }
        return rules
    }()

    private static func names(_ spatial: Int) -> @Sendable (KerasCall) -> [String]? {
        { call in KerasDimensions.names(spatial: spatial, channelsFirst: order(call, spatial)) }
    }

    private static func order(_ call: KerasCall, _ spatial: Int) -> Bool? {
        spatial == 1 ? call.channelsFirstOrLast : call.channelsFirst
    }

    private static func pooled(_ call: KerasCall, _ spatial: Int) -> [Int]? {
        guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial),
            let window = call.sizes("pool_size", "pool_length", count: spatial),
            let padding = call.value("padding", "border_mode")?.string
        else { return nil }
        let given = call.value("strides", "stride") == nil ? window : call.sizes("strides", "stride", count: spatial)
        guard let strides = given else { return nil }
        var result = shape
        for index in 0..<spatial {
            let place = index + (first ? 2 : 1)
            let length = KerasConvolutionShapes.length(shape[place], window[index], strides[index], 1, padding)
            guard let length else { return nil }
            result[place] = length
        }
        return result
    }

    /// As many windows as are wanted, whatever goes in.
    private static func adaptive(_ call: KerasCall, _ spatial: Int) -> [Int]? {
        guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial),
            let sizes = call.sizes("output_size", count: spatial)
        else { return nil }
        return first ? [shape[0], shape[1]] + sizes : [shape[0]] + sizes + [shape[spatial + 1]]
    }

    private static func global(_ call: KerasCall, _ spatial: Int) -> [Int]? {
        guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial) else { return nil }
        let channels = first ? shape[1] : shape[spatial + 1]
        guard call.flag("keepdims") else { return [shape[0], channels] }
        let ones = Array(repeating: 1, count: spatial)
        return first ? [shape[0], channels] + ones : [shape[0]] + ones + [channels]
    }
}
