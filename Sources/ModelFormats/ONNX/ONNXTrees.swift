import ModelBytes
import ModelContainers

/// Counts the trees of the tree ensembles of ai.onnx.ml.
struct ONNXTrees {
    /// More distinct trees than this in one node are not counted: nobody has trained such a forest.
    private static let mostTrees = 1 << 20

    /// nil once a node could not be counted.
    private(set) var count: Int? = 0

    mutating func add(_ node: ProtobufMessage, _ operation: String, of model: ONNXModel) throws(InspectionError) {
        switch operation {
        case "ai.onnx.ml.TreeEnsembleClassifier", "ai.onnx.ml.TreeEnsembleRegressor":
            try add(node.onnxAttribute("nodes_treeids"), distinct: true, of: model)
        case "ai.onnx.ml.TreeEnsemble":
            try add(node.onnxAttribute("tree_roots"), distinct: false, of: model)
        default: break
        }
    }

    /// Adds one tree for each value, or for each that differs from the others.
    private mutating func add(
        _ attribute: ProtobufMessage?, distinct: Bool, of model: ONNXModel
    ) throws(InspectionError) {
        guard let attribute, let before = count else { return }
        var trees: Set<Int> = []
        var values = 0
        var latest: Int?
        for dropped in attribute.dropped(8) {
            var varints = try ProtobufVarints(dropped, in: model.source, limits: model.limits)
            while let value = try varints.next() {
                values += 1
                // The nodes of a tree follow each other, so that most need no look into the set.
                if distinct, value != latest { trees.insert(value) }
                latest = value
                guard trees.count <= Self.mostTrees else {
                    count = nil
                    return
                }
            }
        }
        count = before + (distinct ? trees.count : values)
    }
}
