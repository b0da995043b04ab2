/// Counts the elements of tensors that are each there once.
struct ElementTally {
    private(set) var total = 0
    private(set) var tensors = 0
    private var bytes: Int? = 0
    private var dataTypes: [String: Int] = [:]
    /// The name of the first tensor that cannot be counted.
    private(set) var uncountable: String?

    /// The product of the dimensions; nil for a negative one or when it is too large for any memory.
    static func elements(_ shape: [Int]) -> Int? {
        var elements = 1
        for size in shape {
            let (product, overflow) = elements.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            elements = product
        }
        return elements
    }

    /// Adds a tensor; without `size` the bytes of all are unknown.
    mutating func add(_ name: String, shape: [Int], dataType: String, bytes size: Int?) {
        tensors += 1
        guard let elements = Self.elements(shape) else {
            uncountable = uncountable ?? name
            return
        }
        let (sum, overflow) = total.addingReportingOverflow(elements)
        guard !overflow else {
            uncountable = uncountable ?? name
            return
        }
        total = sum
        dataTypes[dataType, default: 0] += elements
        if let size, let known = bytes {
            let (sum, overflow) = known.addingReportingOverflow(size)
            bytes = overflow ? nil : sum
        } else {
            bytes = nil
        }
    }

    /// The facts; nil when there is nothing to count, or something that cannot be counted.
    func parameters(counting rule: String) -> Parameters? {
        guard tensors > 0, uncountable == nil else { return nil }
        return Parameters(total: total, bytes: bytes, dataTypes: dataTypes, tensors: tensors, counting: rule)
    }
}
