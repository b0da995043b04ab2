import ModelContainers

/// From ValueInfoProto to the inputs and outputs of the facts.
enum ONNXPorts {
    /// An array of NumPy has no more (NPY_MAXDIMS), and a model is fed with those.
    private static let mostDimensions = 64

    static func port(_ value: ProtobufMessage) -> Port {
        var port = Port(name: value.string("name") ?? "")
        guard let type = value.message("type") else { return port }
        guard let tensor = type.message("tensor_type") else {
            port.type = spelling(type)
            return port
        }
        port.dataType = dataType(tensor)
        guard let shape = tensor.message("shape"), shape.messages("dim").count <= mostDimensions else { return port }
        var sizes: [Int] = []
        var dynamic: [DynamicDimension] = []
        for (index, dimension) in shape.messages("dim").enumerated() {
            // Exporters of old write 0 where they do not know.
            let size = dimension.int("dim_value") ?? 0
            sizes.append(size > 0 ? size : -1)
            if let symbol = dimension.string("dim_param"), !symbol.isEmpty {
                dynamic.append(DynamicDimension(dimension: index, symbol: symbol))
            }
        }
        port.shape = sizes
        port.dynamic = dynamic.isEmpty ? nil : dynamic
        return port
    }

    /// The dimensions' names as far as the value itself says them: by denotation, or by a symbol that is a word.
    static func dimensionNames(_ value: ProtobufMessage, rank: Int) -> [String?] {
        let nothing = [String?](repeating: nil, count: rank)
        guard let type = value.message("type"), let shape = type.message("tensor_type")?.message("shape") else {
            return nothing
        }
        var names: [String?] = []
        var features = 0
        for (index, dimension) in shape.messages("dim").enumerated() {
            let denotation = dimension.string("denotation") ?? ""
            if denotation == "DATA_FEATURE" { features += 1 }
            names.append(
                name(denotation: denotation, feature: features)
                    ?? ONNXSymbols.name(dimension.string("dim_param") ?? "", at: index))
        }
        // Which of two features is the height is said by no denotation, but no image has its columns first.
        let isImage = type.string("denotation") == "IMAGE"
        if features > 0, !isImage || features != 2 { return nothing }
        return names.count == rank ? names : nothing
    }

    /// docs/DimensionDenotation.md of onnx.
    private static func name(denotation: String, feature: Int) -> String? {
        switch denotation {
        case "DATA_BATCH": "batch"
        case "DATA_CHANNEL": "channel"
        case "DATA_TIME": "time"
        case "DATA_FEATURE": feature == 1 ? "height" : "width"
        default: nil
        }
    }

    /// What kind of value it is when it is no tensor: `sequence(map(int64, float32))`; nil without a type.
    static func spelling(_ type: ProtobufMessage) -> String? {
        if let tensor = type.message("tensor_type") { return dataType(tensor) ?? "tensor" }
        if let sequence = type.message("sequence_type") {
            return "sequence(\(sequence.message("elem_type").flatMap(spelling) ?? "unknown"))"
        }
        if let map = type.message("map_type") {
            let key = map.int("key_type").flatMap(ONNXDataType.init)?.name ?? "unknown"
            return "map(\(key), \(map.message("value_type").flatMap(spelling) ?? "unknown"))"
        }
        if let optional = type.message("optional_type") {
            return "optional(\(optional.message("elem_type").flatMap(spelling) ?? "unknown"))"
        }
        if let sparse = type.message("sparse_tensor_type") { return "sparse_tensor(\(dataType(sparse) ?? "unknown"))" }
        if let opaque = type.message("opaque_type") {
            let names = [opaque.string("domain"), opaque.string("name")].compactMap { $0 }.filter { !$0.isEmpty }
            return "opaque(\(names.joined(separator: ", ")))"
        }
        return nil
    }

    private static func dataType(_ tensor: ProtobufMessage) -> String? {
        tensor.int("elem_type").flatMap(ONNXDataType.init)?.name
    }
}
