import ModelBytes
import ModelContainers

/// What a Tensor table says.
struct TFLiteTensor {
    let table: FlatBufferTable

    /// `TensorType` of schema.fbs as numpy spells it, with the bits of one element.
    private static let types: [(name: String, bits: Int?)] = [
        ("float32", 32), ("float16", 16), ("int32", 32), ("uint8", 8), ("int64", 64), ("string", nil), ("bool", 8),
        ("int16", 16), ("complex64", 64), ("int8", 8), ("float64", 64), ("complex128", 128), ("uint64", 64),
        ("resource", nil), ("variant", nil), ("uint32", 32), ("uint16", 16), ("int4", 4), ("bfloat16", 16),
        ("int2", 2), ("uint4", 4),
    ]

    private func type() throws(InspectionError) -> (name: String, bits: Int?)? {
        let code = Int(try table.unsigned(1, width: 1) ?? 0)
        return Self.types.indices.contains(code) ? Self.types[code] : nil
    }

    func name() throws(InspectionError) -> String { try table.string(3) ?? "" }

    /// Nil for a type that is younger than this.
    func dataType() throws(InspectionError) -> String? { try type()?.name }

    /// Bytes that so many elements take; several of less than 8 bits share one.
    func bytes(_ elements: Int) throws(InspectionError) -> Int? {
        try type()?.bits.flatMap { TensorSize.bytes(elements, bits: $0) }
    }

    /// -1 for a dimension that can vary: those stand in `shape_signature`, while `shape` has 1 in their place. Nil when the
    /// rank is unknown: then there is no shape, and no `has_rank`, which writers before 2.12 did not know.
    func shape() throws(InspectionError) -> [Int]? {
        var shape = try sizes(7)
        if shape.isEmpty { shape = try constantShape() }
        if shape.isEmpty, try table.unsigned(8, width: 1) != 1 { return nil }
        return shape.map { max(-1, $0) }
    }

    /// The shape alone, as a constant has it.
    func constantShape() throws(InspectionError) -> [Int] {
        try sizes(0)
    }

    /// A shape with more sizes than anything has is not read, because many tensors may name it.
    private func sizes(_ slot: Int) throws(InspectionError) -> [Int] {
        let count = try table.vector(slot, elementBytes: 4).count
        guard count <= Self.mostDimensions else {
            throw InspectionError(.malformed, "a tensor of \(count) dimensions", offset: table.position)
        }
        var sizes: [Int] = []
        try table.forEachInt32(slot) { size in sizes.append(size) }
        return sizes
    }

    private static let mostDimensions = 1_024

    func buffer() throws(InspectionError) -> Int { Int(try table.unsigned(2, width: 4) ?? 0) }
    func externalBuffer() throws(InspectionError) -> Int { Int(try table.unsigned(10, width: 4) ?? 0) }
    func isSparse() throws(InspectionError) -> Bool { try table.has(6) }

    /// `QuantizationParameters`: how a stored integer becomes a real number.
    func quantization() throws(InspectionError) -> (scales: Int, scale: Double, zeroPoint: Int)? {
        guard let table = try table.table(4) else { return nil }
        let scales = try table.vector(2, elementBytes: 4).count
        guard scales > 0 else { return nil }
        var first: (Double, Int) = (0, 0)
        if scales == 1 {
            try table.forEachUnsigned(2, width: 4) { bits in
                // Through text: the shortest decimal that is the 32-bit number, and not its 64-bit expansion.
                let scale = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
                first.0 = Double(scale.description) ?? Double(scale)
            }
            try table.forEachInt64(3) { zero in first.1 = zero }
        }
        return (scales, first.0, first.1)
    }

    /// Whether its integers stand for real numbers.
    func isQuantized() throws(InspectionError) -> Bool {
        guard let table = try table.table(4) else { return false }
        // Scales of their own, or details: 1 custom, 2 by blocks.
        let scales = try table.vector(2, elementBytes: 4).count
        let details = try table.unsigned(4, width: 1) ?? 0
        return scales > 0 || details > 0
    }
}
