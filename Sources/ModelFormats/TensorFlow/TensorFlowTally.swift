import ModelBytes

extension ElementTally {
    /// Adds a variable or constant; those that are no numbers cannot be counted.
    mutating func add(name: String, type: Int, shape: [Int]?) {
        guard let dataType = TensorFlowDataType(type), let shape, let elements = TensorSize.elements(shape),
            let size = dataType.bytes(elements)
        else { return addUncountable(name) }
        add(name, shape: shape, dataType: dataType.name, bytes: size)
    }
}
