import ModelBytes

/// Counts the elements of tensors that are each there once.
struct ElementTally {
    private(set) var total = 0
    private(set) var tensors = 0
    private var bytes: Int? = 0
    private var dataTypes: [String: Int] = [:]
    private var structure = StructureSum()
    /// The name of the first tensor that cannot be counted.
    private(set) var uncountable: String?

    /// Adds a tensor; without `size` the bytes of all are unknown.
    mutating func add(_ name: String, shape: [Int], dataType: String, bytes size: Int?) {
        guard let elements = TensorSize.elements(shape) else { return addUncountable(name) }
        let (sum, overflow) = total.addingReportingOverflow(elements)
        guard !overflow else { return addUncountable(name) }
        tensors += 1
        total = sum
        dataTypes[dataType, default: 0] += elements
        structure.add(name, shape: shape, dataType: dataType)
        if let size, let known = bytes {
            let (sum, overflow) = known.addingReportingOverflow(size)
            bytes = overflow ? nil : sum
        } else {
            bytes = nil
        }
    }

    /// Adds a tensor whose shape or type cannot be counted.
    mutating func addUncountable(_ name: String) {
        tensors += 1
        uncountable = uncountable ?? name
    }

    /// The facts; nil when there is nothing to count, or something that cannot be counted.
    func parameters(counting rule: String) -> Parameters? {
        guard tensors > 0, uncountable == nil else { return nil }
        var parameters = Parameters(
            total: total, bytes: bytes, dataTypes: dataTypes, tensors: tensors, counting: rule)
        parameters.structure = structure
        return parameters
    }
}
