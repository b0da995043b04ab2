import Checksums

/// What tells models of one structure: two sums over the tensors that are counted, whatever their order.
///
/// `structure` adds up a number for each tensor by its type and shape, so that models with other names have the same.
/// `names` does so by name, type and shape. The number of a text is the first 16 bytes of its SHA-256, the most significant
/// first; sums are modulo 2^128. The texts are `float32[64,3,7,7]` and `conv1.weight float32[64,3,7,7]`.
package struct StructureSum: Hashable, Sendable {
    package private(set) var structure: UInt128 = 0
    package private(set) var names: UInt128 = 0
    /// Tensors in `structure`.
    package private(set) var tensors = 0
    /// Whether every tensor had a type and could be added.
    package private(set) var isWhole = true

    package init() {}

    /// Adds a tensor. One whose numbers are those of another is not `counted` once more; its name is all the same.
    package mutating func add(_ name: String, shape: [Int], dataType: String, isCounted: Bool = true) {
        var text = Array(name.utf8)
        text.append(UInt8(ascii: " "))
        let start = text.count
        text.append(contentsOf: dataType.utf8)
        text.append(UInt8(ascii: "["))
        for (index, size) in shape.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: String(size).utf8)
        }
        text.append(UInt8(ascii: "]"))
        guard !dataType.isEmpty, let named = SHA256.number(of: text, from: 0),
            let plain = SHA256.number(of: text, from: start)
        else {
            return leaveOpen()
        }
        names &+= named
        guard isCounted else { return }
        structure &+= plain
        tensors += 1
    }

    /// Something cannot be told, so that the sums say nothing.
    package mutating func leaveOpen() { isWhole = false }

    /// Together with the tensors of another file of the model.
    package static func + (first: StructureSum, second: StructureSum) -> StructureSum {
        var sum = first
        sum.structure &+= second.structure
        sum.names &+= second.names
        sum.tensors += second.tensors
        sum.isWhole = first.isWhole && second.isWhole
        return sum
    }
}
