import ModelBytes
import ModelContainers
import ModelJSON

/// What a saved Booster says of itself, whichever way it is encoded. Trees are counted, never read.
///
/// Source: doc/model.schema of dmlc/xgboost, src/learner.cc and src/gbm/gbtree_model.h.
struct XGBoostModel {
    /// Of the library that wrote it; 0.x writes none.
    var version: String?
    /// The old binary form has two of the three parts, 0.x none: this is nil for any other encoding.
    var release: String?
    var objective: String?
    /// Parameters of the objective, numbers where they are.
    var objectiveParameters = JSONObject()
    /// Parameters of ranking as 2.0 and later write them.
    var ranksByPairs = false
    /// `gbtree`, `gblinear` or `dart`.
    var booster: String?
    var trees: Int?
    var parallelTrees: Int?
    /// Rounds of boosting, where the file says how many.
    var rounds: Int?
    /// Trees that stand in the file, when they were counted.
    var treesSeen: Int?
    var features: Int?
    var classes: Int?
    var targets: Int?
    /// As a number, or a list of numbers, one a target.
    var baseScore: JSONValue?
    /// Whether the base score is written as a list, `[5E-1]`, of which releases before 3.1 see none.
    var listsBaseScore = false
    /// 0.x stores the base score behind the objective's link function.
    var baseMargin: JSONValue?
    var featureNames: TableColumns
    var featureTypes: [String] = []
    /// The values of each feature that has categories, in the order of their codes (3.1 and later).
    var categories: [XGBoostCategories?] = []
    /// What the user or a wrapper has set.
    var attributes = JSONObject()
    /// Training parameters; only what Python pickles and `save_config` writes has them.
    var settings = JSONObject()
    /// Whether the booster's model is there: trees or weights.
    var hasModel = false
    /// Whether it holds what only a configuration has.
    var hasConfiguration = false

    let limits: Limits

    init(limits: Limits) {
        self.limits = limits
        featureNames = TableColumns(limits: limits)
    }

    /// A model whatever its encoding: JSON, UBJSON, either of them with the configuration that a pickled Booster has
    /// around it, or the old binary form, also with the configuration behind it (xgboost 1.0 to 1.2).
    static func read(_ source: ByteSource, limits: Limits) throws(InspectionError) -> XGBoostModel {
        var model = XGBoostModel(limits: limits)
        switch XGBoostEncoding(head: try source.bytes(at: 0, upTo: XGBoostEncoding.headBytes)) {
        case .json:
            var scanner = JSONScanner(source, limits: limits, dialect: .python)
            try model.document(&scanner)
            try scanner.end()
        case .ubjson:
            var scanner = UBJSONScanner(source, limits: limits)
            try model.document(&scanner)
        case .binary(let start, let isBase64):
            try model.binary(isBase64 ? XGBoostBinary.decoded(source, limits: limits) : source, at: start)
        case .binaryWithConfiguration:
            try model.binaryWithConfiguration(source)
        case nil:
            throw InspectionError(.malformed, "does not encode an XGBoost model", entry: source.entry, offset: 0)
        }
        return model
    }
}

/// How a model is encoded, by its first bytes.
enum XGBoostEncoding: Equatable {
    case json
    case ubjson
    /// `start` is where the parameters of the learner begin.
    case binary(start: Int, isBase64: Bool)
    case binaryWithConfiguration

    static let headBytes = 256

    init?(head: [UInt8]) {
        if head.starts(with: "CONFIG-offset:".utf8) {
            self = .binaryWithConfiguration
        } else if head.starts(with: "bs64\t".utf8) {
            self = .binary(start: 0, isBase64: true)
        } else if let start = XGBoostBinary.start(head) {
            self = .binary(start: start, isBase64: false)
        } else if head.first == UInt8(ascii: "{"), head.count > 1, "LlIiU$#".utf8.contains(head[1]) {
            self = .ubjson
        } else if head.first(where: { !Self.blanks.contains($0) }) == UInt8(ascii: "{") {
            self = .json
        } else {
            return nil
        }
    }

    private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
}
