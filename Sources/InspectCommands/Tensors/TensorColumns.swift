import MLMInspect

extension ListColumn<StoredTensor> {
    /// The most important first: a narrow terminal shows these alone.
    static var tensors: [ListColumn<StoredTensor>] {
        [
            ListColumn("name", width: 18) { .text($0.name) },
            ListColumn("shape", width: 18) { $0.shape.map { .numbers($0) } },
            ListColumn("data_type", width: 9) { ListCell(known: $0.dataType) },
            ListColumn("elements", width: 11, isRight: true) { ListCell(known: $0.elements) },
            ListColumn("bytes", width: 12, isRight: true) { ListCell(known: $0.bytes) },
            ListColumn("offset", width: 14, isRight: true) { ListCell(known: $0.place.offset) },
            ListColumn("shared_with", width: 18) { ListCell(known: $0.sharedWith) },
            ListColumn("file", width: 18) { ListCell(known: $0.place.file) },
            ListColumn("entry", width: 18) { ListCell(known: $0.place.entry) },
        ]
    }
}

extension ListColumn<GraphNode> {
    /// The most important first.
    static var nodes: [ListColumn<GraphNode>] {
        [
            // Nodes of ONNX need no name; what they are known by are their outputs.
            ListColumn("name", width: 14) { $0.name.isEmpty ? nil : .text($0.name) },
            ListColumn("operator", width: 18) { .text($0.operation) },
            ListColumn("inputs", width: 24) { .texts($0.inputs) },
            ListColumn("outputs", width: 14) { .texts($0.outputs) },
            ListColumn("graph", width: 14) { ListCell(known: $0.graph) },
        ]
    }
}
