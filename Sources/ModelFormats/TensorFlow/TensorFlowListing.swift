import ModelBytes
import ModelContainers

/// Lists the operators of a graph and of its functions; what comes out of one is not named, but `name:0`, `name:1` … where
/// another takes it.
struct TensorFlowListing {
    private let listing: Listing

    /// Nil when nobody asks.
    init?(_ listing: Listing?) {
        guard let listing else { return nil }
        self.listing = listing
    }

    func nodes(_ graph: ProtobufMessage) {
        guard listing.wantsNodes else { return }
        list(graph.messages("node"), in: nil)
        guard let library = graph.message("library") else { return }
        for function in library.messages("function") {
            list(function.messages("node_def"), in: function.message("signature")?.string("name") ?? "")
        }
    }

    private func list(_ nodes: ProtobufList<ProtobufMessage>, in graph: String?) {
        for node in nodes {
            listing.add(
                GraphNode(
                    name: node.string("name") ?? "", operation: node.string("op") ?? "",
                    inputs: Array(node.strings("input")), outputs: [], graph: graph))
        }
    }

    /// The constants of a graph, whatever they are for.
    func constants(_ graph: ProtobufMessage) {
        guard listing.wantsTensors else { return }
        constants(graph.messages("node"), prefix: "")
        guard let library = graph.message("library") else { return }
        for function in library.messages("function") {
            let name = function.message("signature")?.string("name") ?? ""
            constants(function.messages("node_def"), prefix: name + "/")
        }
    }

    private func constants(_ nodes: ProtobufList<ProtobufMessage>, prefix: String) {
        for node in nodes where node.string("op") == "Const" {
            guard let tensor = node.tensorFlowAttribute("value")?.message("tensor") else { continue }
            let type = TensorFlowDataType(tensor.int("dtype") ?? 0)
            let shape = tensor.message("tensor_shape")?.tensorFlowShape ?? []
            listing.add(
                StoredTensor(
                    name: prefix + (node.string("name") ?? ""), shape: shape, dataType: type?.name,
                    bytes: TensorSize.elements(shape).flatMap { type?.bytes($0) }))
        }
    }
}
