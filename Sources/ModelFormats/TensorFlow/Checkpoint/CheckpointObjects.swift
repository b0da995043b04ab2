import ModelBytes
import ModelContainers

/// The objects that a checkpoint of TensorFlow 2 was taken of: which variables are the model's, and which the training's.
///
/// Names alone do not tell: a variable is saved under the first path that leads to it, and with Keras 3 that of a weight
/// is often `optimizer/_trainable_variables/0`. Source: core/protobuf/trackable_object_graph.proto.
struct CheckpointObjects {
    static let key = "_CHECKPOINTABLE_OBJECT_GRAPH"
    /// The attribute that a variable's value is (python/trackable/base.py).
    private static let value = "VARIABLE_VALUE"

    private struct Node {
        var children: [(id: Int, name: String)]
        /// Key in the index of a variable.
        let key: String?
        let isOptimizer: Bool
    }

    private let nodes: [Node]
    private let slots: Set<Int>
    /// Keys of the variables of the model.
    private(set) var parameters: Set<String> = []
    /// Keys of variables that only training needs.
    private(set) var training: Set<String> = []

    /// `source` is the serialized graph.
    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        let graph = try ProtobufMessage.read(source, as: .trackableObjectGraph, limits: limits)
        var nodes: [Node] = []
        var slots: Set<Int> = []
        for message in graph.messages("nodes") {
            let children = message.messages("children").map {
                (id: $0.int("node_id") ?? 0, name: $0.string("local_name") ?? "")
            }
            let attributes = message.messages("attributes")
            let key = attributes.first { $0.string("name") == Self.value }?.string("checkpoint_key")
            let slotVariables = message.messages("slot_variables")
            for slot in slotVariables { slots.insert(slot.int("slot_variable_node_id") ?? 0) }
            let isOptimizer = !slotVariables.isEmpty || Self.isOptimizer(Set(children.map(\.name)))
            nodes.append(Node(children: Array(children), key: key, isOptimizer: isOptimizer))
        }
        self.nodes = nodes
        self.slots = slots
        sort()
    }

    /// Whether an object with such children is an optimizer: those of Keras since 2.11 and of Keras 3, which have no
    /// variable for a learning rate that a schedule gives; those before; and those of tf.compat.v1.train.
    private static func isOptimizer(_ children: Set<String>) -> Bool {
        children.contains("_iterations")
            && !children.isDisjoint(with: ["_variables", trainable, "_learning_rate", "_current_learning_rate"])
            || children.contains("iter")
                && !children.isDisjoint(with: ["learning_rate", "decay", "beta_1", "momentum"])
            || children.isSuperset(of: ["beta1_power", "beta2_power"])
    }

    /// Where an optimizer of Keras 3 holds the weights that it trains. Those of layers in a list are nowhere else, since
    /// Keras 3 hides its lists from TensorFlow.
    private static let trainable = "_trainable_variables"

    /// Children by whose names what is below them belongs to training or to chance, not to the model.
    private static let others: Set<String> = [
        "optimizer", "_optimizer", "save_counter", "metrics", "_metrics", "compiled_metrics", "_compile_metrics",
        "compiled_loss", "_compile_loss", "loss_tracker", "_loss_tracker", "seed_generator", "_seed_generators",
        "_random_generator", "_random_seed_generator",
    ]

    private mutating func sort() {
        guard !nodes.isEmpty else { return }
        var waiting = nodes[0].isOptimizer ? [] : [0]
        for node in nodes where node.isOptimizer {
            for child in node.children where child.name == Self.trainable && nodes.indices.contains(child.id) {
                waiting.append(child.id)
            }
        }
        var seen = Set(waiting)
        while let id = waiting.popLast() {
            if let key = nodes[id].key { parameters.insert(key) }
            for child in nodes[id].children where nodes.indices.contains(child.id) {
                guard !nodes[child.id].isOptimizer, !slots.contains(child.id), !Self.others.contains(child.name),
                    seen.insert(child.id).inserted
                else { continue }
                waiting.append(child.id)
            }
        }
        for node in nodes {
            if let key = node.key, !parameters.contains(key) { training.insert(key) }
        }
    }

    /// Moves what `isCounter` says of the variables at the top to those of training: `step=tf.Variable(0)`.
    mutating func setAside(_ isCounter: (String) -> Bool) {
        for child in nodes.first?.children ?? [] where nodes.indices.contains(child.id) {
            guard let key = nodes[child.id].key, parameters.contains(key), isCounter(key) else { continue }
            parameters.remove(key)
            training.insert(key)
        }
    }

    /// Names of what the top object has.
    var topNames: [String] { nodes.first?.children.map(\.name) ?? [] }

    var hasOptimizer: Bool { !slots.isEmpty || nodes.contains { $0.isOptimizer } }
}
