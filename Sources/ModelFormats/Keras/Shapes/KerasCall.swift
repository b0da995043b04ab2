import ModelContainers
import ModelJSON

/// One call of a layer: its settings, and what goes in.
struct KerasCall {
    let layer: KerasObject
    let inputs: [KerasTensor]
    let version: KerasVersion?

    init(_ layer: KerasObject, _ inputs: [KerasTensor], version: KerasVersion?) {
        self.layer = layer
        self.inputs = inputs
        self.version = version
    }

    /// The shape of the first input, when its rank is at least `rank`.
    func shape(rank: Int = 1) -> [Int]? {
        guard let shape = inputs.first?.shape, shape.count >= rank else { return nil }
        return shape
    }

    func value(_ names: String...) -> JSONValue? {
        for name in names {
            if let value = layer.config[name], !value.isNull { return value }
        }
        return nil
    }

    /// A positive setting of a sensible size.
    func size(_ names: String...) -> Int? {
        for name in names {
            if let size = layer.config[name]?.int { return (1...KerasTensor.largestSize).contains(size) ? size : nil }
        }
        return nil
    }

    func flag(_ name: String) -> Bool { layer.config[name]?.bool ?? false }

    /// A setting of one number for each of `count` dimensions; a single number stands for all of them.
    func sizes(_ names: String..., count: Int, default standard: Int? = nil, from lowest: Int = 1) -> [Int]? {
        for name in names {
            guard let value = layer.config[name], !value.isNull else { continue }
            let allowed = lowest...KerasTensor.largestSize
            if let one = value.int { return allowed.contains(one) ? Array(repeating: one, count: count) : nil }
            guard let elements = value.kerasElements, elements.count == count else { return nil }
            let numbers = elements.compactMap(\.int).filter(allowed.contains)
            return numbers.count == count ? numbers : nil
        }
        return standard.map { Array(repeating: $0, count: count) }
    }

    /// Whether the channels come before the other dimensions; nil where the file leaves it to the machine's settings.
    var channelsFirst: Bool? {
        switch value("data_format", "dim_ordering")?.string {
        case "channels_first", "th": true
        case "channels_last", "tf": false
        default: nil
        }
    }

    /// As `channelsFirst`, for layers that knew one order only in older releases.
    var channelsFirstOrLast: Bool? {
        let isAbsent = layer.config["data_format"] == nil && layer.config["dim_ordering"] == nil
        return isAbsent ? false : channelsFirst
    }
}

/// How a class of layers makes what goes out of what goes in.
struct KerasRule: Sendable {
    /// What the data type of the output is.
    enum Output: Sendable {
        /// Layers compute in the type of their policy.
        case computed
        /// Values are moved, not computed: only what is a float becomes the policy's type.
        case moved
    }

    /// The shape of each output, or nil when it is not known.
    let shapes: @Sendable (KerasCall) -> [[Int]]?
    let output: Output
    /// Each dimension of the output is that dimension of the input, if another size of it.
    let keepsDimensions: Bool
    /// Names of the dimensions of what goes in, by definition of the layer.
    let takes: (@Sendable (KerasCall) -> [String]?)?
    /// Names of the dimensions of what comes out.
    let gives: (@Sendable (KerasCall) -> [String]?)?

    init(
        _ output: Output = .computed, keepsDimensions: Bool = false,
        takes: (@Sendable (KerasCall) -> [String]?)? = nil, gives: (@Sendable (KerasCall) -> [String]?)? = nil,
        shape: @escaping @Sendable (KerasCall) -> [Int]?
    ) {
        self.init(output, keepsDimensions: keepsDimensions, takes: takes, gives: gives) { call in
            shape(call).map { [$0] }
        }
    }

    init(
        _ output: Output = .computed, keepsDimensions: Bool = false,
        takes: (@Sendable (KerasCall) -> [String]?)? = nil, gives: (@Sendable (KerasCall) -> [String]?)? = nil,
        shapes: @escaping @Sendable (KerasCall) -> [[Int]]?
    ) {
        self.shapes = shapes
        self.output = output
        self.keepsDimensions = keepsDimensions
        self.takes = takes
        self.gives = gives
    }

    /// The rule of a class of Keras' own; nil for any other class.
    static func of(_ layer: KerasObject) -> KerasRule? {
        if KerasCode.isForeign(layer) { return nil }
        for family in families { if let rule = family[layer.plainClass] { return rule } }
        return nil
    }

    private static let families: [[String: KerasRule]] = [
        KerasElementwiseShapes.rules, KerasCoreShapes.rules, KerasConvolutionShapes.rules, KerasPoolingShapes.rules,
        KerasResizingShapes.rules, KerasMergingShapes.rules, KerasRecurrentShapes.rules, KerasAttentionShapes.rules,
        KerasEinsumShapes.rules,
    ]
}

/// Names of dimensions by the order of the channels.
enum KerasDimensions {
    /// Batch, channel and `count` spatial dimensions.
    static func names(spatial count: Int, channelsFirst: Bool?) -> [String]? {
        guard let channelsFirst, let first = ConvolutionDimensions.names(rank: count + 2) else { return nil }
        return channelsFirst ? first : [first[0]] + first[2...] + [first[1]]
    }
}
