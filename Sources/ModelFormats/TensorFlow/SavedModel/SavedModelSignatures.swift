import ModelBytes
import ModelContainers

/// The signatures of a meta graph.
struct SavedModelSignatures {
    struct Signature {
        let name: String
        let method: String
        let inputs: [(port: Port, info: ProtobufMessage)]
        let outputs: [(port: Port, info: ProtobufMessage)]
        /// How many there are of those that were cut.
        let cut: [(what: String, count: Int)]
    }

    /// Sorted by name; the one that only initialises is none (saved_model/constants.py, INIT_OP_SIGNATURE_KEY, and
    /// TRAIN_OP_SIGNATURE_KEY).
    let all: [Signature]

    /// A port takes many times what it does in the file: so many times `listed values` of them are made.
    private static let mostLists = 16

    init(_ metaGraph: ProtobufMessage, limits: Limits) {
        let listed = limits.listedValues.value
        var room = listed.multipliedReportingOverflow(by: Self.mostLists).partialValue
        all = metaGraph.mapEntries("signature_def").compactMap { name, value in
            if name == "__saved_model_init_op" || name == "__saved_model_train_op" { return nil }
            var cut: [(what: String, count: Int)] = []
            func ports(_ field: StaticString) -> [(port: Port, info: ProtobufMessage)] {
                let most = max(0, min(listed, room))
                let count = value.messages(field).count
                if count > most { cut.append(("\(field)", count)) }
                room -= min(count, most)
                return value.mapEntries(field, upTo: most).map { (Self.port($0.key, $0.value), $0.value) }
            }
            let (inputs, outputs) = (ports("inputs"), ports("outputs"))
            return Signature(
                name: name, method: value.string("method_name") ?? "", inputs: inputs, outputs: outputs, cut: cut)
        }
    }

    /// saved_model/signature_constants.py: the default, what Keras calls its endpoint, then any that serves.
    var main: Signature? {
        if let named = all.first(where: { $0.name == "serving_default" }) ?? all.first(where: { $0.name == "serve" }) {
            return named
        }
        for method in ["predict", "classify", "regress"] {
            if let found = all.first(where: { $0.method == "tensorflow/serving/" + method }) { return found }
        }
        return all.count == 1 ? all.first : nil
    }

    private static func port(_ name: String, _ info: ProtobufMessage) -> Port {
        if let composite = info.message("composite_tensor") { return compositePort(name, composite) }
        var port = Port(name: name)
        port.shape = info.message("tensor_shape")?.tensorFlowShape
        port.dataType = TensorFlowDataType(info.int("dtype") ?? 0)?.name
        if info.has("coo_sparse") { port.type = "sparse_tensor(\(port.dataType ?? "unknown"))" }
        return port
    }

    /// A value of several tensors: its specification says what it stands for, as far as it is ragged or sparse; of those
    /// shape and type are the first two values of the state (ragged_tensor.py, sparse_tensor.py).
    private static func compositePort(_ name: String, _ composite: ProtobufMessage) -> Port {
        var port = Port(name: name)
        let specification = composite.message("type_spec")
        let words = specification?.string("type_spec_class_name") ?? ""
        let state = specification?.message("type_state")?.message("tuple_value").map { Array($0.messages("values")) }
        let kind: String
        switch words {
        case "RaggedTensorSpec": kind = "ragged_tensor"
        case "SparseTensorSpec": kind = "sparse_tensor"
        default: kind = words.hasSuffix("Spec") ? String(words.dropLast(4)) : words
        }
        if words == "RaggedTensorSpec" || words == "SparseTensorSpec", let state, state.count >= 2 {
            port.shape = state[0].message("tensor_shape_value")?.tensorFlowShape
            port.dataType = state[1].int("tensor_dtype_value").flatMap { TensorFlowDataType($0)?.name }
        }
        port.type = port.dataType.map { "\(kind)(\($0))" } ?? (kind.isEmpty ? "composite tensor" : kind)
        return port
    }
}
