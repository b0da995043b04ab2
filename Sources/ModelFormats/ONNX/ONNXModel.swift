import ModelBytes
import ModelContainers

/// An ONNX model as it was read, whatever it was written in, with what it was read from.
struct ONNXModel {
    /// A ModelProto.
    let message: ProtobufMessage
    /// Where lists that were left out of `message` can be fetched.
    let source: ByteSource
    let limits: Limits

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.source = source
        self.limits = limits
        message = try ProtobufMessage.read(source, as: .onnxModel, limits: limits)
        guard message.has("graph") else {
            throw InspectionError(.malformed, "the model has no graph", entry: source.entry)
        }
    }

    var graph: ProtobufMessage? { message.message("graph") }

    /// The nodes of the main graph, in the order of the file, which is that of their execution.
    var nodes: ProtobufList<ProtobufMessage>? { graph?.messages("node") }

    /// The integers of an attribute, which are left out of the message; nil when there are none or more than `limit`.
    func integers(_ attribute: ProtobufMessage, upTo limit: Int) throws(InspectionError) -> [Int]? {
        var values: [Int] = []
        for dropped in attribute.dropped(8) {
            var varints = try ProtobufVarints(dropped, in: source, limits: limits)
            while let value = try varints.next() {
                guard values.count < limit else { return nil }
                values.append(value)
            }
        }
        return values.isEmpty ? nil : values
    }

    /// The order that a Transpose brings dimensions into; nil for the default one, and for what is no order.
    func order(of transpose: ProtobufMessage) throws(InspectionError) -> [Int]? {
        guard let attribute = transpose.onnxAttribute("perm"), let order = try integers(attribute, upTo: 16),
            Set(order) == Set(order.indices)
        else { return nil }
        return order
    }
}

/// The name of an operator: its type alone for the default domain, else with the domain before it.
extension ProtobufMessage {
    /// `Conv`, `ai.onnx.ml.ZipMap`; of a NodeProto.
    var onnxOperator: String {
        let type = string("op_type") ?? ""
        let domain = onnxDomain
        return domain == "ai.onnx" ? type : "\(domain).\(type)"
    }

    /// Of a NodeProto, a FunctionProto or an OperatorSetIdProto: the default domain has two spellings.
    var onnxDomain: String {
        let domain = string("domain") ?? ""
        return domain.isEmpty ? "ai.onnx" : domain
    }

    /// The attribute of this name of a NodeProto.
    func onnxAttribute(_ name: String) -> ProtobufMessage? {
        messages("attribute").first { $0.string("name") == name }
    }

    /// The entries of a list of StringStringEntryProto, each made when it is asked for.
    func onnxEntries(
        _ name: StaticString
    ) -> LazyMapSequence<ProtobufList<ProtobufMessage>, (key: String, value: String)> {
        messages(name).lazy.map { ($0.string("key") ?? "", $0.string("value") ?? "") }
    }
}
