import ModelBytes
import ModelContainers

/// Inputs and outputs: the tensors of the first graph, which is what an interpreter runs, under the names that a signature
/// gives them; further signatures are further entry points.
struct TFLitePorts {
    /// A SignatureDef: names for the tensors of one graph.
    private struct Names {
        let key: String
        let subgraph: Int
        /// Several names may stand for one tensor.
        let inputs: [Int: [String]]
        let outputs: [Int: [String]]
    }

    /// A port and the tensor it is.
    private struct Named {
        let port: Port
        let tensor: Int
    }

    private let model: TFLiteModel
    private let signatures: [Names]
    /// The signature of the first graph.
    private let main: Names?
    private let namedInputs: [Named]
    private let namedOutputs: [Named]

    var inputs: [Port] { namedInputs.map(\.port) }
    var outputs: [Port] { namedOutputs.map(\.port) }
    /// Tensors of the first graph.
    var inputTensors: [Int] { namedInputs.map(\.tensor) }
    var outputTensors: [Int] { namedOutputs.map(\.tensor) }

    /// Names with their tensors.
    var quantizedInputs: [(String, Int)] { namedInputs.map { ($0.port.name, $0.tensor) } }
    var quantizedOutputs: [(String, Int)] { namedOutputs.map { ($0.port.name, $0.tensor) } }

    init(_ model: TFLiteModel, _ graph: TFLiteSubgraph) throws(InspectionError) {
        self.model = model
        var signatures: [Names] = []
        try model.table.forEachTable(7) { table throws(InspectionError) in
            signatures.append(
                Names(
                    key: try table.string(2) ?? "", subgraph: Int(try table.unsigned(4, width: 4) ?? 0),
                    inputs: try Self.names(table, 0), outputs: try Self.names(table, 1)))
        }
        self.signatures = signatures
        main = signatures.first { $0.subgraph == 0 }
        namedInputs = try Self.ports(graph, graph.inputs, main?.inputs ?? [:], model.limits)
        namedOutputs = try Self.ports(graph, graph.outputs, main?.outputs ?? [:], model.limits)
    }

    private static func names(_ table: FlatBufferTable, _ slot: Int) throws(InspectionError) -> [Int: [String]] {
        var names: [Int: [String]] = [:]
        try table.forEachTable(slot) { map throws(InspectionError) in
            guard let name = try map.string(0) else { return }
            names[Int(try map.unsigned(1, width: 4) ?? 0), default: []].append(name)
        }
        return names
    }

    private static func ports(
        _ graph: TFLiteSubgraph, _ tensors: [Int], _ names: [Int: [String]], _ limits: Limits
    ) throws(InspectionError) -> [Named] {
        var ports: [Named] = []
        var seen: Set<Int> = []
        for index in tensors {
            let tensor = TFLiteTensor(table: graph.tensors[index])
            let port = Port(name: "", shape: try tensor.shape(), dataType: try tensor.dataType())
            // All names of a tensor come at once, however often the tensor stands there.
            if let names = names[index] {
                guard seen.insert(index).inserted else { continue }
                ports += names.map { Named(port: port.named($0), tensor: index) }
            } else {
                ports.append(Named(port: port.named(try tensor.name()), tensor: index))
            }
            try limits.listedValues.check(ports.count)
        }
        return ports
    }

    func note(into result: inout ProbeResult) {
        let place = main.map { "signature_defs: \($0.key)" } ?? "subgraphs[0]: names of the tensors"
        if !namedInputs.isEmpty { result.note("inputs", .read, place) }
        if !namedOutputs.isEmpty { result.note("outputs", .read, place) }
    }

    /// The other signatures.
    func further(_ result: inout ProbeResult) throws(InspectionError) -> [Signature]? {
        var found: [Signature] = []
        try model.limits.listedValues.check(signatures.count)
        for names in signatures where names.key != main?.key {
            guard model.subgraphs.indices.contains(names.subgraph) else {
                throw InspectionError(
                    .malformed,
                    "signature \"\(names.key)\" names graph \(names.subgraph), but there are \(model.subgraphs.count)",
                    entry: model.source.entry)
            }
            let graph = model.subgraphs[names.subgraph]
            found.append(
                Signature(
                    name: names.key,
                    inputs: try Self.ports(graph, graph.inputs, names.inputs, model.limits).map(\.port),
                    outputs: try Self.ports(graph, graph.outputs, names.outputs, model.limits).map(\.port)))
        }
        if !found.isEmpty { result.note("signatures", .read, "signature_defs") }
        return found.isEmpty ? nil : found
    }
}

extension Port {
    fileprivate func named(_ name: String) -> Port {
        var port = self
        port.name = name
        return port
    }
}
