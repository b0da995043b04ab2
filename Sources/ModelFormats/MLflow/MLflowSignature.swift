import ModelBytes
import ModelContainers
import ModelJSON

extension MLflowFacts {
    /// Inputs and outputs are JSON in a text of YAML.
    func signature(_ result: inout ProbeResult) throws(InspectionError) {
        guard let signature = model["signature"]?.object else { return }
        let inputs = try ports(signature["inputs"], "input")
        let outputs = try ports(signature["outputs"], "output")
        // Of a pipeline it is of what comes before and behind the model: paths of images, names of classes.
        let isOfPipeline =
            inputs?.contains { $0.features != nil } ?? false
            && result.facts.inputs?.contains { $0.shape?.count ?? 0 > 2 } ?? false
        guard !isOfPipeline else { return }
        if let inputs, Self.areSame(result.facts.inputs, inputs) {
            Self.addTypes(of: inputs, to: &result.facts.inputs)
        } else if let inputs {
            compareColumns(inputs, result.facts.inputs ?? [], &result)
            result.facts.inputs = inputs
            result.note("inputs", .read, "\(place): signature.inputs")
        }
        if let outputs, Self.areSame(result.facts.outputs, outputs) {
            Self.addTypes(of: outputs, to: &result.facts.outputs)
        } else if let outputs {
            let labels = result.facts.outputs?.first?.labels
            result.facts.outputs = outputs
            // A table of answers has columns of its own, and no classes.
            if outputs.count == 1, outputs[0].features?.count ?? 1 == 1, let labels {
                result.facts.outputs?[0].labels = labels
            }
            result.note("outputs", .read, "\(place): signature.outputs")
        }
    }

    /// Tensors of the same sizes and types: the model inside knows more of them, as what their dimensions are. Where types differ
    /// MLflow does more than the model, as to answer the class in place of its score.
    private static func areSame(_ own: [Port]?, _ said: [Port]) -> Bool {
        guard let own, own.map(\.shape) == said.map(\.shape), said.allSatisfy({ $0.features == nil }) else {
            return false
        }
        return zip(own, said).allSatisfy { $0.dataType == nil || $1.dataType == nil || $0.dataType == $1.dataType }
    }

    private static func addTypes(of said: [Port], to own: inout [Port]?) {
        guard var ports = own else { return }
        for index in ports.indices where ports[index].dataType == nil { ports[index].dataType = said[index].dataType }
        own = ports
    }

    /// A signature is made of examples that a person gives, and nothing of MLflow asks whether the model takes them.
    private func compareColumns(_ said: [Port], _ found: [Port], _ result: inout ProbeResult) {
        guard let said = Self.columns(said), let found = Self.columns(found), said != found else { return }
        result.report(
            .warning, code: "mlflow.signature",
            "the signature has \(said) column\(said == 1 ? "" : "s"), but the model inside takes \(found)",
            at: "\(place): signature.inputs")
    }

    /// Of a table: a row for each sample. Several inputs of one value each are columns as well.
    private static func columns(_ ports: [Port]) -> Int? {
        guard ports.count == 1 else {
            let isColumns = ports.allSatisfy { $0.shape.map { $0.count == 1 || $0.count == 2 && $0[1] == 1 } ?? false }
            return ports.isEmpty || !isColumns ? nil : ports.count
        }
        guard let shape = ports[0].shape, shape.count == 2, shape[1] > 0 else { return nil }
        return shape[1]
    }

    private func ports(_ value: JSONValue?, _ kind: String) throws(InspectionError) -> [Port]? {
        guard let text = value?.string else { return nil }
        let bytes = ByteSource(MemoryBytes(Array(text.utf8)), entry: "\(place): signature")
        guard let specs = try JSONValue.parse(bytes, limits: subject.limits, dialect: .python).array, !specs.isEmpty
        else {
            return nil
        }
        try subject.limits.listedValues.check(specs.count, entry: place)
        let columns = specs.filter { $0["type"]?.string != "tensor" }
        if !columns.isEmpty {
            let features = columns.enumerated().map { index, column in
                Feature(
                    name: column["name"]?.string ?? "column \(index)",
                    dataType: column["type"]?.string.flatMap(Self.columnType))
            }
            let types = Set(features.map(\.dataType))
            let type = types.count == 1 ? features.first?.dataType : nil
            return [Port.table(kind, columns: columns.count, dataType: type, features: features)]
        }
        return specs.enumerated().map { index, spec in
            let sizes = spec["tensor-spec"]?["shape"]?.array
            // One size that is no number leaves the rank, and so the shape, unknown.
            let shape = sizes.flatMap { $0.allSatisfy { $0.int != nil } ? $0.compactMap(\.int) : nil }
            return Port(
                name: spec["name"]?.string ?? (specs.count == 1 ? kind : "\(kind)-\(index)"), shape: shape,
                dataType: spec["tensor-spec"]?["dtype"]?.string)
        }
    }

    /// mlflow.types.DataType.
    private static func columnType(_ name: String) -> String? {
        switch name {
        case "double": "float64"
        case "float": "float32"
        case "long": "int64"
        case "integer": "int32"
        case "boolean": "bool"
        case "string": "string"
        default: nil
        }
    }
}
