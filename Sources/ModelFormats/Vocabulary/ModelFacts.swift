import ModelContainers
public import ModelJSON

/// What was read or derived of a model; a key is there only when it is known.
public struct ModelFacts: Codable, Hashable, Sendable {
    public var name: String?
    /// As MLM spells it.
    public var framework: String?
    /// As the artifact spells it.
    public var frameworkVersion: String?
    /// The call that wrote the artifact.
    public var artifactType: String?
    public var roles: [String]?
    public var mediaType: String?
    /// The model's class or its architecture's name, when the artifact holds it.
    public var architecture: String?
    public var compileMethod: String?
    /// Of the 14 task names of MLM.
    public var tasks: [String]?
    /// As MLM spells it.
    public var accelerator: String?
    public var parameters: Parameters?
    public var inputs: [Port]?
    public var outputs: [Port]?
    /// Further entry points by name: other programs of an archive, other methods.
    public var signatures: [Signature]?
    public var hyperparameters: JSONObject?
    /// The tool that wrote the artifact, when it is another one than the framework.
    public var producer: Producer?
    /// Operator sets by domain, `ai.onnx` for the default one.
    public var opsets: [String: Int]?
    /// What the writer added, as it stands there.
    public var metadata: JSONObject?
    public var license: String?
    /// The model whose weights this one was made from, as the artifact names it.
    public var pretrainedSource: String?

    public init() {}

    enum CodingKeys: String, CodingKey {
        case name, framework
        case frameworkVersion = "framework_version"
        case artifactType = "artifact_type"
        case roles
        case mediaType = "media_type"
        case architecture
        case compileMethod = "compile_method"
        case tasks, accelerator, parameters, inputs, outputs, signatures, hyperparameters, producer, opsets, metadata
        case license
        case pretrainedSource = "pretrained_source"
    }
}

/// How many numbers a model holds.
public struct Parameters: Codable, Hashable, Sendable {
    /// Trainable and non-trainable elements, shared storage once, optimizer state never.
    public var total: Int
    /// Elements of buffers, where the artifact tells them apart.
    public var buffers: Int?
    /// Size of parameters and buffers.
    public var bytes: Int?
    /// Elements of parameters and buffers by exact data type.
    public var dataTypes: [String: Int]?
    /// How many tensors that are, shared ones once.
    public var tensors: Int?
    /// Elements of the container, where packed ones stand for more.
    public var stored: Int?
    /// Bits that one packed parameter takes.
    public var bits: Int?
    /// How parameters were packed, as its makers call it: `GPTQ`, `Q4_K_M`.
    public var scheme: String?
    /// Which rule was applied.
    public var counting: String

    public init(
        total: Int, buffers: Int? = nil, bytes: Int? = nil, dataTypes: [String: Int]? = nil, tensors: Int? = nil,
        stored: Int? = nil, bits: Int? = nil, scheme: String? = nil, counting: String
    ) {
        self.total = total
        self.buffers = buffers
        self.bytes = bytes
        self.dataTypes = dataTypes
        self.tensors = tensors
        self.stored = stored
        self.bits = bits
        self.scheme = scheme
        self.counting = counting
    }

    enum CodingKeys: String, CodingKey {
        case total, buffers, bytes
        case dataTypes = "data_types"
        case tensors, stored, bits, scheme, counting
    }
}

/// One input or output.
public struct Port: Codable, Hashable, Sendable {
    public var name: String
    /// -1 for a dimension that can vary; nil when the rank is unknown; empty for a scalar.
    public var shape: [Int]?
    /// Exact: `bfloat16`, `string`.
    public var dataType: String?
    /// Names of the dimensions, only where they are proven.
    public var dimOrder: [String]?
    /// What is known of the dimensions that can vary.
    public var dynamic: [DynamicDimension]?
    /// What kind of value it is when it is no tensor: `sequence(map(int64, float32))`.
    public var type: String?
    public var features: [Feature]?
    /// Class labels in the order of their index.
    public var labels: [String]?
    /// How values are scaled before the model takes them, in MLM's words: one for all channels, or one for each.
    public var valueScaling: [JSONObject]?
    /// How images are brought to the shape, of MLM's words.
    public var resizeType: String?

    public init(
        name: String, shape: [Int]? = nil, dataType: String? = nil, dimOrder: [String]? = nil,
        dynamic: [DynamicDimension]? = nil, type: String? = nil, features: [Feature]? = nil, labels: [String]? = nil,
        valueScaling: [JSONObject]? = nil, resizeType: String? = nil
    ) {
        self.name = name
        self.shape = shape
        self.dataType = dataType
        self.dimOrder = dimOrder
        self.dynamic = dynamic
        self.type = type
        self.features = features
        self.labels = labels
        self.valueScaling = valueScaling
        self.resizeType = resizeType
    }

    enum CodingKeys: String, CodingKey {
        case name, shape
        case dataType = "data_type"
        case dimOrder = "dim_order"
        case dynamic, type, features, labels
        case valueScaling = "value_scaling"
        case resizeType = "resize_type"
    }
}

/// A dimension that can vary, and within which bounds.
public struct DynamicDimension: Codable, Hashable, Sendable {
    /// Index into the shape.
    public var dimension: Int
    /// The symbol or expression that the artifact has in its place.
    public var symbol: String
    public var min: Int?
    public var max: Int?

    public init(dimension: Int, symbol: String, min: Int? = nil, max: Int? = nil) {
        self.dimension = dimension
        self.symbol = symbol
        self.min = min
        self.max = max
    }
}

/// A column of a tabular input.
public struct Feature: Codable, Hashable, Sendable {
    public var name: String
    public var dataType: String?
    /// The lowest and the highest value it had in training.
    public var range: [Double]?
    /// The values it had in training, as the artifact spells them.
    public var categories: [String]?

    public init(name: String, dataType: String? = nil, range: [Double]? = nil, categories: [String]? = nil) {
        self.name = name
        self.dataType = dataType
        self.range = range
        self.categories = categories
    }

    enum CodingKeys: String, CodingKey {
        case name
        case dataType = "data_type"
        case range, categories
    }
}

/// A further entry point of the same artifact.
public struct Signature: Codable, Hashable, Sendable {
    public var name: String
    public var inputs: [Port]?
    public var outputs: [Port]?

    public init(name: String, inputs: [Port]? = nil, outputs: [Port]? = nil) {
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
    }
}

public struct Producer: Codable, Hashable, Sendable {
    public var name: String
    public var version: String?

    public init(name: String, version: String? = nil) {
        self.name = name
        self.version = version
    }
}
