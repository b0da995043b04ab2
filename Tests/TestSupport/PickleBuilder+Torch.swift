extension PickleBuilder {
    /// A tensor as torch.save writes it: `_rebuild_tensor_v2` on a storage that is a persistent id.
    public func tensor(
        _ size: [UInt16], key: String, storage: String = "FloatStorage", location: String = "cpu", offset: Int32 = 0,
        requiresGrad: Bool = false
    ) -> PickleBuilder {
        let count = size.reduce(1) { $0 * Int32($1) }
        var stride: [Int32] = []
        var step: Int32 = 1
        for dimension in size.reversed() {
            stride.insert(step, at: 0)
            step *= Int32(dimension)
        }
        var pickle = global("torch._utils", "_rebuild_tensor_v2").mark()
            .mark().binunicode("storage").global("torch", storage).binunicode(key).binunicode(location).binint(count)
            .tuple().binpersid().binint(offset)
        pickle = size.reduce(pickle.mark()) { $0.binint2($1) }.tuple()
        pickle = stride.reduce(pickle.mark()) { $0.binint($1) }.tuple()
        pickle = requiresGrad ? pickle.newtrue() : pickle.newfalse()
        return pickle.global("collections", "OrderedDict").emptyTuple().reduce().tuple().reduce()
    }

    /// A state_dict of protocol 2 without a memo: an OrderedDict of `tensors`.
    public static func stateDict(_ tensors: [(name: String, size: [UInt16])]) -> PickleBuilder {
        var pickle = PickleBuilder().proto(2).global("collections", "OrderedDict").emptyTuple().reduce().mark()
        for (index, tensor) in tensors.enumerated() {
            pickle = pickle.binunicode(tensor.name).tensor(tensor.size, key: "\(index)")
        }
        return pickle.setitems().stop()
    }
}
