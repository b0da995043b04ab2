import ModelBytes

extension ElementTally {
    /// Adds a variable or constant; those that are no numbers cannot be counted.
    mutating func add(name: String, type: Int, shape: [Int]?) {
        guard let dataType = TensorFlowDataType(type), let elements = shape.flatMap({ TensorSize.elements($0) }),
            let size = dataType.bytes(elements)
        else { return addUncountable(name) }
        add(name, elements: elements, dataType: dataType.name, bytes: size)
    }
}
