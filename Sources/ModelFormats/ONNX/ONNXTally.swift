import ModelContainers

/// Counts the elements of initializers.
struct ONNXTally {
    private(set) var total = 0
    private(set) var tensors = 0
    private var bytes: Int? = 0
    private var dataTypes: [String: Int] = [:]
    /// The name of the first tensor whose shape or type cannot be counted.
    private(set) var uncountable: String?

    /// Adds a TensorProto.
    mutating func add(_ tensor: ProtobufMessage) {
        tensors += 1
        guard let elements = Self.elements(tensor), let type = tensor.int("data_type").flatMap(ONNXDataType.init) else {
            uncountable = uncountable ?? tensor.string("name") ?? ""
            return
        }
        let size = type.bytes(elements)
        if let size, let sum = bytes {
            bytes = sum.addingReportingOverflow(size).overflow ? nil : sum + size
        } else {
            bytes = nil
        }
        let (sum, overflow) = total.addingReportingOverflow(elements)
        guard !overflow, type.bits == nil || size != nil else {
            uncountable = uncountable ?? tensor.string("name") ?? ""
            return
        }
        total = sum
        dataTypes[type.name, default: 0] += elements
    }

    /// The facts; nil when there is nothing to count, or something that cannot be counted.
    func parameters(counting rule: String) -> Parameters? {
        guard tensors > 0, uncountable == nil else { return nil }
        return Parameters(total: total, bytes: bytes, dataTypes: dataTypes, tensors: tensors, counting: rule)
    }

    /// The product of the dimensions; nil for a negative one or when it is too large for any memory.
    static func elements(_ tensor: ProtobufMessage) -> Int? {
        var elements = 1
        for size in tensor.ints("dims") {
            let (product, overflow) = elements.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            elements = product
        }
        return elements
    }

    /// Bytes that the tensor takes by shape and type; nil when they are not known.
    static func bytes(_ tensor: ProtobufMessage) -> Int? {
        guard let elements = elements(tensor) else { return nil }
        return tensor.int("data_type").flatMap(ONNXDataType.init)?.bytes(elements)
    }
}
