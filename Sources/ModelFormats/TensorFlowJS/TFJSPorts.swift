import ModelBytes
import ModelContainers
import ModelJSON

/// Inputs and outputs of a graph: by its signature, which is a SignatureDef in the JSON of protobuf; without one its
/// placeholders are the inputs.
enum TFJSPorts {
    static func fill(_ result: inout ProbeResult, from document: TFJSDocument) {
        if let inputs = ports(document.signature?["inputs"]) {
            result.facts.inputs = inputs.map { named in
                var port = named.port
                let order = document.graph?.taken[TFJSGraph.node(named.tensor)]
                if order?.count == port.shape?.count { port.dimOrder = order }
                return port
            }
            result.note("inputs", .read, "signature.inputs")
        } else if let placeholders = document.graph?.placeholders, !placeholders.isEmpty {
            result.facts.inputs = placeholders.map { node in
                let name = node["name"]?.string ?? ""
                var port = port(name, node["attr"]?["shape"]?["shape"], node["attr"]?["dtype"]?["type"])
                let order = document.graph?.taken[name]
                if order?.count == port.shape?.count { port.dimOrder = order }
                return port
            }
            result.note("inputs", .read, "modelTopology.node: Placeholder")
        }
        if let outputs = ports(document.signature?["outputs"]) {
            result.facts.outputs = outputs.map { named in
                var port = named.port
                let order = document.graph?.order(madeBy: named.tensor)
                if order?.count == port.shape?.count { port.dimOrder = order }
                return port
            }
            result.note("outputs", .read, "signature.outputs")
        }
        for (field, ports) in [("inputs", result.facts.inputs), ("outputs", result.facts.outputs)]
        where ports?.contains(where: { $0.dimOrder != nil }) == true {
            result.note("\(field).dim_order", .derived, "modelTopology.node: data_format of the operators beside them")
        }
    }

    /// What captures a table has the number of a resource and is no input that anybody feeds.
    private static func ports(_ value: JSONValue?) -> [(port: Port, tensor: String)]? {
        guard let members = value?.object, !members.isEmpty else { return nil }
        return members.compactMap { key, value in
            guard value["resourceId"] == nil else { return nil }
            return (port(key, value["tensorShape"], value["dtype"]), value["name"]?.string ?? key)
        }
    }

    private static func port(_ name: String, _ shape: JSONValue?, _ type: JSONValue?) -> Port {
        let number = type?.string.flatMap { TensorFlowDataType.words[$0] } ?? type?.int
        return Port(
            name: name, shape: self.shape(shape), dataType: number.flatMap(TensorFlowDataType.init)?.name)
    }

    /// A TensorShapeProto: sizes are texts, since they have 64 bits.
    private static func shape(_ value: JSONValue?) -> [Int]? {
        guard let shape = value?.object, shape["unknownRank"]?.bool != true else { return nil }
        var sizes: [Int] = []
        for dimension in shape["dim"]?.array ?? [] {
            let size = dimension["size"]
            // A size of 0 is left out.
            guard let number = size == nil ? 0 : size?.int ?? size?.string.flatMap({ Int($0) }) else { return nil }
            sizes.append(max(-1, number))
        }
        return sizes
    }
}
