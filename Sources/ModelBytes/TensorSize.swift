/// Sizes of tensors by their shapes and element types; nil for what is beyond any memory.
public enum TensorSize {
    /// The product of the dimensions; nil for a negative one, too.
    public static func elements(_ shape: some Sequence<Int>) -> Int? {
        var elements = 1
        for size in shape {
            let (product, overflow) = elements.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            elements = product
        }
        return elements
    }

    /// Bytes of so many elements of so many bits each, packed where these are fewer than eight.
    public static func bytes(_ elements: Int, bits: Int) -> Int? {
        let (total, overflow) = elements.multipliedReportingOverflow(by: bits)
        return overflow ? nil : total / 8 + (total % 8 == 0 ? 0 : 1)
    }
}
