import ModelContainers
import ModelJSON

/// Convolutions, in the spellings of Keras 1 (`nb_filter`, `border_mode`, `subsample`) and later.
///
/// Source: keras/src/ops/operation_utils.py, `compute_conv_output_shape`, and keras/src/backend/common/backend_utils.py,
/// `compute_conv_transpose_output_shape`.
enum KerasConvolutionShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for (names, spatial) in plain {
            for name in names { rules[name] = rule(spatial) { call, _ in call.size("filters", "nb_filter") } }
        }
        for (name, spatial) in [("DepthwiseConv1D", 1), ("DepthwiseConv2D", 2)] {
            rules[name] = rule(spatial) { call, channels in
                guard channels > 0, let multiplier = call.size("depth_multiplier") else { return nil }
                return KerasTensor.product([channels, multiplier])
            }
        }
        for (name, spatial) in [("Conv1DTranspose", 1), ("Conv2DTranspose", 2), ("Conv3DTranspose", 3)] {
            rules[name] = KerasRule(takes: names(spatial), gives: names(spatial)) { transposed($0, spatial) }
        }
        rules["Convolution2DTranspose"] = rules["Conv2DTranspose"]
        rules["Convolution3DTranspose"] = rules["Conv3DTranspose"]
        return rules
    }()

    private static let plain: [([String], Int)] = [
        (["Conv1D", "Convolution1D", "SeparableConv1D", "SeparableConvolution1D", "LocallyConnected1D"], 1),
        (
            [
                "Conv2D", "Convolution2D", "SeparableConv2D", "SeparableConvolution2D", "AtrousConvolution2D",
                "LocallyConnected2D",
            ], 2
        ),
        (["Conv3D", "Convolution3D"], 3),
    ]

    private static func rule(
        _ spatial: Int, channels: @escaping @Sendable (KerasCall, Int) -> Int?
    ) -> KerasRule {
        KerasRule(takes: names(spatial), gives: names(spatial)) { call in
            guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial),
                let kernel = kernel(call, spatial),
                let strides = call.sizes("strides", "subsample", "subsample_length", count: spatial, default: 1),
                let dilation = call.sizes("dilation_rate", "atrous_rate", count: spatial, default: 1),
                let padding = call.value("padding", "border_mode")?.string,
                let filters = channels(call, first ? shape[1] : shape[spatial + 1])
            else { return nil }
            let sizes = first ? shape[2...] : shape[1...spatial]
            var result: [Int] = []
            for (size, (window, (stride, rate))) in zip(sizes, zip(kernel, zip(strides, dilation))) {
                guard let size = length(size, window, stride, rate, padding) else { return nil }
                result.append(size)
            }
            return first ? [shape[0], filters] + result : [shape[0]] + result + [filters]
        }
    }

    private static func names(_ spatial: Int) -> @Sendable (KerasCall) -> [String]? {
        { call in KerasDimensions.names(spatial: spatial, channelsFirst: order(call, spatial)) }
    }

    /// Convolutions of sequences have no choice before Keras 2.2.
    private static func order(_ call: KerasCall, _ spatial: Int) -> Bool? {
        spatial == 1 ? call.channelsFirstOrLast : call.channelsFirst
    }

    private static func kernel(_ call: KerasCall, _ spatial: Int) -> [Int]? {
        if let kernel = call.sizes("kernel_size", count: spatial) { return kernel }
        let old =
            spatial == 1
            ? ["filter_length"] : spatial == 2 ? ["nb_row", "nb_col"] : ["kernel_dim1", "kernel_dim2", "kernel_dim3"]
        let sizes = old.compactMap { call.size($0) }
        return sizes.count == spatial ? sizes : nil
    }

    /// The length of one dimension behind a window that moves over it; nil when none fits.
    static func length(_ size: Int, _ window: Int, _ stride: Int, _ dilation: Int, _ padding: String) -> Int? {
        guard size >= 0 else { return -1 }
        let reach = (window - 1) * dilation + 1
        switch padding {
        case "same", "causal": return (size + stride - 1) / stride
        case "valid": return size >= reach ? (size - reach) / stride + 1 : nil
        default: return nil
        }
    }

    private static func transposed(_ call: KerasCall, _ spatial: Int) -> [Int]? {
        guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial),
            let kernel = call.sizes("kernel_size", count: spatial),
            let strides = call.sizes("strides", count: spatial, default: 1),
            let dilation = call.sizes("dilation_rate", count: spatial, default: 1),
            let padding = call.value("padding")?.string, ["valid", "same"].contains(padding),
            let filters = call.size("filters")
        else { return nil }
        let isPadded = call.value("output_padding") != nil
        let extra = call.sizes("output_padding", count: spatial, default: 0, from: 0)
        guard let extra else { return nil }
        var result: [Int] = []
        for (index, size) in (first ? shape[2...] : shape[1...spatial]).enumerated() {
            guard size >= 0 else {
                result.append(-1)
                continue
            }
            let reach = (kernel[index] - 1) * dilation[index] + 1
            let stride = strides[index]
            let length: Int
            switch (padding, isPadded) {
            case ("same", false): length = size * stride
            case ("same", true): length = (size - 1) * stride + reach - 2 * (reach / 2) + extra[index]
            case (_, false): length = size * stride + max(reach - stride, 0)
            default: length = (size - 1) * stride + reach + extra[index]
            }
            guard (0...KerasTensor.largestSize).contains(length) else { return nil }
            result.append(length)
        }
        return first ? [shape[0], filters] + result : [shape[0]] + result + [filters]
    }
}
