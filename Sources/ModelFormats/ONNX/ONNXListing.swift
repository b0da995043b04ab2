import ModelBytes
import ModelContainers

/// Lists the initializers and nodes of a model: those of the main graph, of the graphs within, and of functions.
struct ONNXListing {
    private let model: ONNXModel
    private let listing: Listing

    /// Nil when nobody asks.
    init?(_ model: ONNXModel, for listing: Listing?) {
        guard let listing else { return nil }
        self.model = model
        self.listing = listing
    }

    /// A graph within, and what it is called: the node and the attribute that hold it.
    private struct Graph {
        let message: ProtobufMessage
        let name: String?
        /// It has nodes, and no tensors.
        var isFunction = false
    }

    func list() {
        var waiting: [Graph] = []
        for function in model.message.messages("functions").reversed() {
            let name = "\(function.onnxDomain).\(function.string("name") ?? "")"
            waiting.append(Graph(message: function, name: name, isFunction: true))
        }
        if let graph = model.graph { waiting.append(Graph(message: graph, name: nil)) }
        // Messages nest only as deep as the limit of protobuf lets them.
        while let graph = waiting.popLast() {
            if !graph.isFunction { tensors(graph.message) }
            var inner: [Graph] = []
            for node in graph.message.messages("node") {
                list(node, in: graph.name)
                inner += graphs(node)
            }
            waiting += inner.reversed()
        }
    }

    private func list(_ node: ProtobufMessage, in graph: String?) {
        guard listing.wantsNodes else { return }
        listing.add(
            GraphNode(
                name: node.string("name") ?? "", operation: node.onnxOperator, inputs: Array(node.strings("input")),
                outputs: Array(node.strings("output")), graph: graph))
    }

    private func graphs(_ node: ProtobufMessage) -> [Graph] {
        var found: [Graph] = []
        for attribute in node.messages("attribute") {
            let owner = node.string("name").flatMap { $0.isEmpty ? nil : $0 } ?? node.strings("output").first ?? ""
            let name = "\(owner).\(attribute.string("name") ?? "")"
            if let graph = attribute.message("g") { found.append(Graph(message: graph, name: name)) }
            for (index, graph) in attribute.messages("graphs").enumerated() {
                found.append(Graph(message: graph, name: "\(name)[\(index)]"))
            }
        }
        return found
    }

    // MARK: tensors

    private func tensors(_ graph: ProtobufMessage) {
        guard listing.wantsTensors else { return }
        for tensor in graph.messages("initializer") { list(tensor, named: tensor.string("name") ?? "") }
        for sparse in graph.messages("sparse_initializer") {
            let name = sparse.message("values")?.string("name") ?? ""
            if let values = sparse.message("values") { list(values, named: name) }
            if let indices = sparse.message("indices") { list(indices, named: indices.string("name") ?? name) }
        }
    }

    private func list(_ tensor: ProtobufMessage, named name: String) {
        listing.add(
            StoredTensor(
                name: name, shape: ONNXTensor.shape(tensor) ?? [],
                dataType: tensor.int("data_type").flatMap(ONNXDataType.init)?.name,
                bytes: ONNXTensor.bytes(tensor), place: place(tensor)))
    }

    private func place(_ tensor: ProtobufMessage) -> StoredTensor.Place {
        guard tensor.int("data_location") != 1 else { return external(tensor) }
        // raw_data, or a packed list whose numbers have the width of their type: float_data, double_data.
        let fields = [9] + (Self.plainLists[tensor.int("data_type") ?? 0].map { [$0] } ?? [])
        let payload = fields.lazy.compactMap { tensor.dropped($0).last?.payload }.first { !$0.isEmpty }
        guard let payload, payload.count == ONNXTensor.bytes(tensor) else { return StoredTensor.Place() }
        return StoredTensor.Place(in: model.source, at: payload.lowerBound)
    }

    /// Fields by the types whose numbers stand in them as they do in memory; others are varints.
    private static let plainLists = [1: 4, 11: 10, 14: 4, 15: 10]

    private func external(_ tensor: ProtobufMessage) -> StoredTensor.Place {
        var entries: [String: String] = [:]
        for (key, value) in tensor.onnxEntries("external_data") { entries[key] = value }
        guard let location = entries["location"], Artifact.staysBelow(location) else { return StoredTensor.Place() }
        return StoredTensor.Place(file: location, offset: entries["offset"].map { Int($0) } ?? 0)
    }
}
