/// What a PMML document says of its models, in the words of the specification (dmg.org/pmml/v4-4-1).
struct PMMLDocument {
    /// Attribute `version` of the root.
    var version: String?
    /// The namespace of the root; nil for documents of PMML 1 and 2.
    var namespace: String?
    /// The elements have a prefix, `<p:PMML xmlns:p="…">`.
    var isPrefixed = false
    /// Its document type is described elsewhere.
    var hasTypeElsewhere = false
    var header = Header()
    /// Of DataDictionary, by name.
    var fields: [String: DataField] = [:]
    /// The models that stand directly below the root.
    var models: [Model] = []
    /// Functions that are no part of PMML: their names hold a dot, as those of Java classes do.
    var foreignFunctions: Set<String> = []

    struct Header {
        var description: String?
        var modelVersion: String?
        var copyright: String?
        var application: String?
        var applicationVersion: String?
        var timestamp: String?
    }

    struct DataField {
        var dataType: String?
        /// The categories that are no missing or invalid values.
        var values: [String] = []
        /// There were more than may be listed.
        var isCut = false
    }

    struct Model {
        /// Name of its element, such as `TreeModel`.
        var element: String
        var modelName: String?
        var functionName: String?
        var algorithmName: String?
        var isScorable = true
        var miningFields: [MiningField] = []
        var outputFields: [OutputField] = []
        /// `multipleModelMethod` of its Segmentation.
        var method: String?
        var segments = 0
        /// How many TreeModels are in it at any depth.
        var trees = 0
        /// The model of the last Segment of a chain, whose result is that of the chain: none or one.
        var last: [Model] = []

        /// The output fields of the model, or else of the model that ends its chain.
        var results: [OutputField] { outputFields.isEmpty ? last.first?.results ?? [] : outputFields }
    }

    struct MiningField {
        var name: String
        var usageType: String

        /// An input, as it is when nothing is said.
        var isActive: Bool { usageType == "active" }
        /// `predicted` is what PMML before 4.2 says.
        var isTarget: Bool { usageType == "target" || usageType == "predicted" }
    }

    struct OutputField {
        var name: String
        var dataType: String?
        /// `predictedValue` when nothing is said.
        var feature: String
    }
}
