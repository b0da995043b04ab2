extension Parameters {
    /// Those of both: of a model whose weights lie in several files. What one of them does not say is not said of both.
    func adding(_ other: Parameters) -> Parameters {
        var sum = self
        sum.total += other.total
        sum.buffers = buffers.map { $0 + (other.buffers ?? 0) } ?? other.buffers
        sum.bytes = bytes.flatMap { own in other.bytes.map { own + $0 } }
        sum.tensors = tensors.flatMap { own in other.tensors.map { own + $0 } }
        sum.structure = structure.flatMap { own in other.structure.map { own + $0 } }
        sum.dataTypes = dataTypes.map { $0.merging(other.dataTypes ?? [:], uniquingKeysWith: +) }
        return sum
    }
}
