/// What tells whether models have the same structure: the same number of parameters and buffers of each type and shape.
///
/// Both are sums over the tensors, so that their order means nothing: the first 16 bytes of the SHA-256 of a text for each
/// of them, the most significant byte first, modulo 2^128, in 32 hexadecimal digits. Tensors whose numbers are the same
/// ones count once in `structure`. It is no checksum: what the numbers are is not known to it.
public struct Fingerprint: Codable, Hashable, Sendable {
    /// Of the types and shapes. The text of a tensor is `float32[64,3,7,7]`.
    public var structure: String
    /// Of the names as well. The text of a tensor is `conv1.weight float32[64,3,7,7]`.
    public var names: String
    /// How many tensors `structure` is made of.
    public var tensors: Int

    /// Creates a fingerprint from the digits of its sums.
    public init(structure: String, names: String, tensors: Int) {
        self.structure = structure
        self.names = names
        self.tensors = tensors
    }

    /// The fingerprint of what was counted; nil when not all of it can be told by type and shape, or nothing was counted.
    package init?(_ parameters: Parameters?) {
        guard let parameters, let sum = parameters.structure, sum.isWhole, sum.tensors > 0,
            // Packed ones stand for others, and what was counted otherwise is not what was added up.
            parameters.stored == nil, sum.tensors == parameters.tensors
        else { return nil }
        self.init(structure: Self.digits(sum.structure), names: Self.digits(sum.names), tensors: sum.tensors)
    }

    private static func digits(_ number: UInt128) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    /// Models of fewer tensors may have the same by chance, and are not said to have the same structure.
    package static let fewestTensors = 8

    /// The number of `structure`, if there are tensors enough to say that another model has the same.
    package var comparable: UInt128? { tensors >= Self.fewestTensors ? UInt128(structure, radix: 16) : nil }
}
