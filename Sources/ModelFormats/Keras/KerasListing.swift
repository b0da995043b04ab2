import ModelContainers
import ModelJSON

/// Lists the layers of a model as nodes: one for each call of a layer, those of a model within behind it.
struct KerasListing {
    private let listing: Listing

    /// Nil when nobody asks for nodes.
    init?(_ listing: Listing?) {
        guard let listing, listing.wantsNodes else { return nil }
        self.listing = listing
    }

    /// Goes as deep as models stand in models, which the reader of the document has limited.
    func list(_ model: KerasObject, in graph: String? = nil) {
        var previous: String?
        for value in model.layers ?? [] {
            guard let layer = KerasObject(value) else { continue }
            let name = value["name"]?.string ?? layer.name ?? ""
            let calls = (value["inbound_nodes"]?.array ?? []).map(KerasNode.init)
            if model.isSequence {
                add(layer, name, inputs: previous.map { [$0] } ?? [], output: name, graph)
                previous = name
            } else if calls.isEmpty {
                add(layer, name, inputs: [], output: name, graph)
            }
            for (number, call) in calls.enumerated() where !model.isSequence {
                let reference = KerasNode.Reference(layer: name, node: number, index: 0)
                add(layer, name, inputs: call.inputs.map(Self.word), output: Self.word(reference), graph)
            }
            if layer.layers != nil { list(layer, in: graph.map { "\($0)/\(name)" } ?? name) }
        }
    }

    private func add(_ layer: KerasObject, _ name: String, inputs: [String], output: String, _ graph: String?) {
        listing.add(
            GraphNode(name: name, operation: layer.plainClass, inputs: inputs, outputs: [output], graph: graph))
    }

    /// The layer alone for the first tensor of its first call, else `layer:call:tensor`.
    private static func word(_ reference: KerasNode.Reference) -> String {
        reference.node == 0 && reference.index == 0
            ? reference.layer : "\(reference.layer):\(reference.node):\(reference.index)"
    }
}
