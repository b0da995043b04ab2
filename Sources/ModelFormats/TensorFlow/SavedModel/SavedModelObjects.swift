import ModelContainers

/// The object graph of a SavedModel of TensorFlow 2: who wrote it, and which variables are the model's.
///
/// Source: saved_object_graph.proto; Keras: export_lib.py (Keras 3), saving/legacy/saved_model (Keras 2).
struct SavedModelObjects {
    enum Writer {
        /// `Model.export` of Keras 3 (and of Keras 2.13 on): an ExportArchive.
        case kerasExport
        /// `Model.save` of Keras 2: layers are user objects of their own kinds.
        case kerasSave
        /// `tf.saved_model.save` of any object.
        case module
    }

    private let nodes: ProtobufList<ProtobufMessage>
    let writer: Writer

    /// nil when there is no object graph, as in what TensorFlow 1 writes.
    init?(_ graph: ProtobufMessage?) {
        guard let graph, graph.has("nodes") else { return nil }
        nodes = graph.messages("nodes")
        writer = Self.writer(nodes)
    }

    private static func writer(_ nodes: ProtobufList<ProtobufMessage>) -> Writer {
        let root = nodes[0]
        if identifier(root).hasPrefix("_tf_keras_") { return .kerasSave }
        let names = Set(root.messages("children").map { $0.string("local_name") ?? "" })
        let exported: Set<String> = ["_all_variables", "variables", "trainable_variables", "non_trainable_variables"]
        return exported.isSubset(of: names) ? .kerasExport : .module
    }

    /// The kind of a user object: `_tf_keras_layer`, `signature_map`, `_generic_user_object`.
    private static func identifier(_ node: ProtobufMessage) -> String {
        node.message("user_object")?.string("identifier") ?? ""
    }

    /// What Keras wrote of the root before it had a file of its own for that (TensorFlow up to 2.4): its JSON.
    var rootMetadata: String? {
        let text = nodes[0].message("user_object")?.string("metadata") ?? ""
        return text.isEmpty ? nil : text
    }

    /// The same of all other objects in whose JSON this text stands.
    func metadata(holding text: String) -> [String] {
        nodes.dropFirst().compactMap { node in
            guard let metadata = node.message("user_object")?.string("metadata") else { return nil }
            return metadata.utf8.firstRange(of: text.utf8) == nil ? nil : metadata
        }
    }

    /// Whether an optimizer of Keras 2 keeps its slots: what loads them comes with Keras 2 (tried: TensorFlow 2.21 with
    /// tf-keras and without).
    var hasOptimizerSlots: Bool {
        nodes.contains { Self.identifier($0) == "optimizer" && !$0.messages("slot_variables").isEmpty }
    }

    /// The node ids that an object refers to by name.
    private func children(_ index: Int) -> [(name: String, index: Int)] {
        guard nodes.indices.contains(index) else { return [] }
        return nodes[index].messages("children").compactMap { child in
            let target = child.int("node_id") ?? 0
            return nodes.indices.contains(target) ? (child.string("local_name") ?? "", target) : nil
        }
    }

    private func child(_ name: String, of index: Int) -> Int? {
        children(index).first { $0.name == name }?.index
    }

    /// Which variables count, and by which rule.
    func parameters() -> (tally: ElementTally, rule: String) {
        var counted: [Int] = []
        let rule: String
        // Keras keeps the lists itself: what `variables` is called is in them, and optimizers are not.
        if writer != .module, let list = child("variables", of: 0), !variables(in: list).isEmpty {
            counted = variables(in: list)
            rule =
                "variables that the object graph lists as the model's, trainable or not; without the state of random "
                + "generators, as Keras counts"
        } else {
            counted = reachable()
            rule =
                "variables of the object graph, trainable or not; without optimizers, metrics and counters of training"
        }
        var tally = ElementTally()
        for index in Array(Set(counted)).sorted() {
            guard let variable = nodes[index].message("variable") else { continue }
            let name = variable.string("name") ?? ""
            if writer != .module, Self.isRandomState(name, variable) { continue }
            // A flag is no parameter: `is_trained` of a forest, whose trees are assets.
            if variable.int("dtype").flatMap(TensorFlowDataType.init)?.name == "bool" { continue }
            tally.add(
                name: name, type: variable.int("dtype") ?? 0, shape: variable.message("shape")?.tensorFlowShape ?? [])
        }
        return (tally, rule)
    }

    var hasVariables: Bool { nodes.contains { $0.has("variable") } }

    private func variables(in list: Int) -> [Int] {
        children(list).map(\.index).filter { nodes[$0].has("variable") }
    }

    /// keras/src/random/seed_generator.py: two integers, which `count_params` leaves out.
    private static func isRandomState(_ name: String, _ variable: ProtobufMessage) -> Bool {
        guard let last = name.split(separator: "/").last, last.hasPrefix("seed_generator_state") else { return false }
        return variable.message("shape")?.tensorFlowShape == [2]
    }

    /// Variables that are reached from the root without passing through what belongs to training. Each node is visited
    /// once, so cycles end.
    private func reachable() -> [Int] {
        var slots: Set<Int> = []
        for node in nodes {
            for slot in node.messages("slot_variables") { slots.insert(slot.int("slot_variable_node_id") ?? -1) }
        }
        let training: Set<String> = [
            "optimizer", "_optimizer", "optimizers", "keras_api", "metrics", "compiled_metrics", "compiled_loss",
            "save_counter", "iterations", "iteration", "global_step", "_self_setattr_tracking",
        ]
        var isVisited = [Bool](repeating: false, count: nodes.count)
        isVisited[0] = true
        var waiting = [0]
        var found: [Int] = []
        while let index = waiting.popLast() {
            let node = nodes[index]
            if node.has("variable") {
                if !slots.contains(index) { found.append(index) }
                continue
            }
            if Self.identifier(node) == "_tf_keras_metric" || Self.identifier(node) == "optimizer" { continue }
            for (name, target) in children(index) where !isVisited[target] && !training.contains(name) {
                isVisited[target] = true
                waiting.append(target)
            }
        }
        return found
    }
}
