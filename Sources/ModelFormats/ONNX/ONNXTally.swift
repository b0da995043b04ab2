import ModelBytes
import ModelContainers

extension ElementTally {
    /// Adds a TensorProto.
    mutating func add(_ tensor: ProtobufMessage) {
        let name = tensor.string("name") ?? ""
        guard let elements = ONNXTensor.elements(tensor), let type = tensor.int("data_type").flatMap(ONNXDataType.init)
        else { return addUncountable(name) }
        let size = type.bytes(elements)
        // Texts have no size; anything else without one is beyond any memory.
        guard type.bits == nil || size != nil else { return addUncountable(name) }
        add(name, shape: ONNXTensor.shape(tensor) ?? [], dataType: type.name, bytes: size)
    }
}

/// The size of a TensorProto by its shape and type.
enum ONNXTensor {
    /// No tensor has more dimensions.
    private static let highestRank = 1_024

    /// Nil when it has more dimensions than any tensor.
    static func shape(_ tensor: ProtobufMessage) -> [Int]? { tensor.ints("dims", upTo: highestRank) }

    /// Nil for a negative dimension, and beyond any memory.
    static func elements(_ tensor: ProtobufMessage) -> Int? { shape(tensor).flatMap(TensorSize.elements) }

    /// Bytes that the tensor takes; nil when they are not known.
    static func bytes(_ tensor: ProtobufMessage) -> Int? {
        guard let elements = elements(tensor) else { return nil }
        return tensor.int("data_type").flatMap(ONNXDataType.init)?.bytes(elements)
    }
}
