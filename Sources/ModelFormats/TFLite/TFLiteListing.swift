import ModelBytes
import ModelContainers

/// Lists the constants of all graphs, and their operators.
struct TFLiteListing {
    private let model: TFLiteModel
    private let listing: Listing

    /// Nil when nobody asks.
    init?(_ model: TFLiteModel, for listing: Listing?) {
        guard let listing else { return nil }
        self.model = model
        self.listing = listing
    }

    func list() throws(InspectionError) {
        let external = try TFLiteExternalBuffers(model)
        // The first tensor of each buffer.
        var owners: [Int: String] = [:]
        for (index, graph) in model.subgraphs.enumerated() {
            if listing.wantsTensors {
                for table in graph.tensors { try list(TFLiteTensor(table: table), external, &owners) }
            }
            if listing.wantsNodes { try nodes(graph, index) }
        }
    }

    private func list(
        _ tensor: TFLiteTensor, _ external: TFLiteExternalBuffers, _ owners: inout [Int: String]
    ) throws(InspectionError) {
        let outside = try tensor.externalBuffer()
        let index = try tensor.buffer()
        let size: Int
        var place = StoredTensor.Place()
        if outside > 0 {
            guard let found = external.place(outside) else { return }
            size = found.length
            place = StoredTensor.Place(file: found.file, offset: found.offset)
        } else {
            guard case .bytes(let range) = try model.buffer(index) else { return }
            size = range.count
            place = StoredTensor.Place(in: model.source, at: range.lowerBound)
        }
        let name = try tensor.name()
        let key = outside > 0 ? -outside : index
        let owner = owners[key]
        if owner == nil { owners[key] = name }
        listing.add(
            StoredTensor(
                name: name, shape: try tensor.constantShape(), dataType: try tensor.dataType(), bytes: size,
                place: place, sharedWith: owner))
    }

    private func nodes(_ graph: TFLiteSubgraph, _ index: Int) throws(InspectionError) {
        let name = index == 0 ? nil : try graph.table.string(4) ?? "subgraph \(index)"
        var number = 0
        try graph.table.forEachTable(3) { table throws(InspectionError) in
            defer { number += 1 }
            let code = Int(try table.unsigned(0, width: 4) ?? 0)
            guard model.operators.indices.contains(code) else { return }
            listing.add(
                GraphNode(
                    name: String(number), operation: model.operators[code].name,
                    inputs: try values(table, 1, of: graph), outputs: try values(table, 2, of: graph), graph: name))
        }
    }

    /// Names of tensors by their numbers; -1 stands for an optional one that is left out.
    private func values(
        _ table: FlatBufferTable, _ slot: Int, of graph: TFLiteSubgraph
    ) throws(InspectionError) -> [String] {
        var names: [String] = []
        try table.forEachInt32(slot) { number throws(InspectionError) in
            let isTensor = graph.tensors.indices.contains(number)
            names.append(isTensor ? try TFLiteTensor(table: graph.tensors[number]).name() : "")
        }
        return names
    }
}
