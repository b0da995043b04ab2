import ModelContainers
public import ModelJSON

/// What was read from a model or derived from it. A field is nil if its value is unknown.
public struct ModelFacts: Codable, Hashable, Sendable {
    /// The model's own name, or the name of its file.
    public var name: String?
    /// As MLM spells it.
    public var framework: String?
    /// As the artifact spells it.
    public var frameworkVersion: String?
    /// The call that wrote the artifact.
    public var artifactType: String?
    /// Roles of the model asset, as MLM names them.
    public var roles: [String]?
    /// Media type of the artifact.
    public var mediaType: String?
    /// The name of the model's class or architecture.
    public var architecture: String?
    /// How the model was compiled: `jit` or `aot`.
    public var compileMethod: String?
    /// What the model does, in the 14 task names of MLM.
    public var tasks: [String]?
    /// As MLM spells it.
    public var accelerator: String?
    /// How many parameters the model has.
    public var parameters: Parameters?
    /// What goes in.
    public var inputs: [Port]?
    /// What comes out.
    public var outputs: [Port]?
    /// Further entry points by name: other programs of an archive, other methods.
    public var signatures: [Signature]?
    /// Class labels in the order of their index, of an output that nothing else is known of.
    public var labels: [String]?
    /// Names of the bands that go in, in the order of the channels.
    public var bands: [String]?
    /// Settings of the model or its training.
    public var hyperparameters: JSONObject?
    /// The tool that wrote the artifact, if it is not the framework.
    public var producer: Producer?
    /// Operator sets by domain, `ai.onnx` for the default one.
    public var opsets: [String: Int]?
    /// Metadata that the writer added, unchanged.
    public var metadata: JSONObject?
    /// What the model is, in the words of those who made it.
    public var description: String?
    /// The license, as the artifact spells it.
    public var license: String?
    /// The model whose weights this one was made from, as the artifact names it.
    public var pretrainedSource: String?

    /// Facts that say nothing.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case name, framework
        case frameworkVersion = "framework_version"
        case artifactType = "artifact_type"
        case roles
        case mediaType = "media_type"
        case architecture
        case compileMethod = "compile_method"
        case tasks, accelerator, parameters, inputs, outputs, signatures, labels, bands
        case hyperparameters, producer, opsets, metadata
        case description, license
        case pretrainedSource = "pretrained_source"
    }
}

/// How many parameters a model has.
public struct Parameters: Codable, Hashable, Sendable {
    /// Trainable and non-trainable elements, shared storage once, optimizer state never.
    public var total: Int
    /// Elements of buffers, where the artifact tells them apart.
    public var buffers: Int?
    /// Size of parameters and buffers.
    public var bytes: Int?
    /// Elements of parameters and buffers by exact data type.
    public var dataTypes: [String: Int]?
    /// The number of tensors; shared ones count once.
    public var tensors: Int?
    /// Elements of the container, where packed ones stand for more.
    public var stored: Int?
    /// Bits that one packed parameter takes.
    public var bits: Int?
    /// How parameters were packed, as its makers call it: `GPTQ`, `Q4_K_M`.
    public var scheme: String?
    /// The rule by which they were counted.
    public var counting: String
    /// Of the tensors that were counted. Not a key of the JSON: the record has a fingerprint by it.
    package var structure: StructureSum?

    /// Creates a count of parameters.
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
    /// The name; empty if the artifact gives none.
    public var name: String
    /// -1 for a dimension that can vary; nil when the rank is unknown; empty for a scalar.
    public var shape: [Int]?
    /// Exact: `bfloat16`, `string`.
    public var dataType: String?
    /// Names of the dimensions, only where they are proven.
    public var dimOrder: [String]?
    /// The dimensions that can vary, as far as they are described.
    public var dynamic: [DynamicDimension]?
    /// The type of a value that is not a tensor: `sequence(map(int64, float32))`.
    public var type: String?
    /// The columns of a tabular input.
    public var features: [Feature]?
    /// Class labels in the order of their index.
    public var labels: [String]?
    /// What the model answers for each label, where that is not its index.
    public var classValues: [Int]?
    /// How values are scaled before the model takes them, in MLM's words: one for all channels, or one for each.
    public var valueScaling: [JSONObject]?
    /// How images are brought to the shape, of MLM's words.
    public var resizeType: String?

    /// Creates an input or output.
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
        case classValues = "class_values"
        case valueScaling = "value_scaling"
        case resizeType = "resize_type"
    }
}

/// A dimension that can vary, and its bounds.
public struct DynamicDimension: Codable, Hashable, Sendable {
    /// Index into the shape.
    public var dimension: Int
    /// The symbol or expression that the artifact uses for it.
    public var symbol: String
    /// The smallest size.
    public var min: Int?
    /// The largest size.
    public var max: Int?

    /// Creates a dimension that can vary.
    public init(dimension: Int, symbol: String, min: Int? = nil, max: Int? = nil) {
        self.dimension = dimension
        self.symbol = symbol
        self.min = min
        self.max = max
    }
}

/// A column of a tabular input.
public struct Feature: Codable, Hashable, Sendable {
    /// The name of the column.
    public var name: String
    /// The exact data type.
    public var dataType: String?
    /// The lowest and the highest value it had in training.
    public var range: [Double]?
    /// The values it had in training, as the artifact spells them.
    public var categories: [String]?

    /// Creates a column.
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
    /// The name of the entry point.
    public var name: String
    /// What goes in.
    public var inputs: [Port]?
    /// What comes out.
    public var outputs: [Port]?

    /// Creates an entry point.
    public init(name: String, inputs: [Port]? = nil, outputs: [Port]? = nil) {
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
    }
}

/// A tool that writes artifacts.
public struct Producer: Codable, Hashable, Sendable {
    /// The name of the tool.
    public var name: String
    /// Its version, as the artifact spells it.
    public var version: String?

    /// Creates a tool.
    public init(name: String, version: String? = nil) {
        self.name = name
        self.version = version
    }
}
