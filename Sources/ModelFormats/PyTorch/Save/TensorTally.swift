/// Counts the elements of tensors, every element of a shared storage once.
struct TensorTally {
    private(set) var parameters = 0
    private(set) var buffers = 0
    private(set) var bytes = 0
    private(set) var tensors = 0
    private(set) var dataTypes: [String: Int] = [:]
    private(set) var locations: Set<String> = []
    /// What packed tensors stand for, what they take, and how they are packed.
    private var packed = 0
    private var stored = 0
    private var packings: Set<String> = []
    private var bits: Set<Int> = []
    /// A tensor of unknown size in bytes was met.
    private var bytesAreKnown = true
    /// A shape was beyond any memory, so the counts say nothing.
    private var overflowed = false
    /// What of each storage was counted: the first view of it, and further ones of the few that are shared.
    private var first: [String: StorageViews.Shown] = [:]
    private var further: [String: StorageViews] = [:]

    private var structure = StructureSum()
    /// Only told what shares its numbers with what, as a list of tensors needs it; nothing is counted.
    private let onlyFindsShared: Bool

    init(onlyFindsShared: Bool = false) { self.onlyFindsShared = onlyFindsShared }

    /// Makes room for so many storages at once: growing step by step would hold them twice.
    mutating func reserve(_ storages: Int) { first.reserveCapacity(storages) }

    /// Adds a tensor. The name of the first one added whose numbers are among its own; nil when there is none.
    @discardableResult
    mutating func add(_ name: String, _ tensor: TorchTensor, isBuffer: Bool) -> String? {
        guard let product = tensor.elements, let fresh = fresh(name, tensor, product) else {
            overflowed = true
            return nil
        }
        if onlyFindsShared { return tensor.packing == nil ? fresh.sharedWith : nil }
        if let location = tensor.location { locations.insert(location) }
        if let packing = tensor.packing {
            structure.leaveOpen()
            add(packing, product, isBuffer: isBuffer)
            return nil
        }
        if tensor.isSparse || tensor.isComposed { structure.leaveOpen() }
        structure.add(name, shape: tensor.shape, dataType: tensor.dataType, isCounted: fresh.isNew)
        if fresh.isNew { tensors += 1 }
        if fresh.elements > 0 || fresh.isNew { count(fresh.elements, of: tensor, isBuffer: isBuffer) }
        return fresh.sharedWith
    }

    private mutating func count(_ elements: Int, of tensor: TorchTensor, isBuffer: Bool) {
        let size = tensor.isSparse || tensor.isComposed ? nil : TorchDataType.bytes(elements, of: tensor.dataType)
        if size == nil { bytesAreKnown = false }
        let sums = [
            (isBuffer ? buffers : parameters).addingReportingOverflow(elements),
            bytes.addingReportingOverflow(size ?? 0),
            dataTypes[tensor.dataType, default: 0].addingReportingOverflow(elements),
        ]
        if sums.contains(where: \.overflow) {
            overflowed = true
            return
        }
        if isBuffer { buffers = sums[0].partialValue } else { parameters = sums[0].partialValue }
        bytes = sums[1].partialValue
        if elements > 0 { dataTypes[tensor.dataType] = sums[2].partialValue }
    }

    /// A packed tensor counts what it stands for, and keeps apart what it takes.
    private mutating func add(_ packing: TorchTensor.Packing, _ product: Int, isBuffer: Bool) {
        // So that none of the sums here overflows.
        guard product < 1 << 56, max(parameters, buffers, bytes, stored) < 1 << 56 else {
            overflowed = true
            return
        }
        if isBuffer { buffers += product } else { parameters += product }
        tensors += 1
        packings.insert(packing.scheme)
        bits.insert(packing.bits)
        packed += product
        for (type, count) in packing.elements {
            dataTypes[type, default: 0] += count
            stored += count
            bytes += TorchDataType.bytes(count, of: type) ?? 0
        }
    }

    /// What no other tensor has shown yet.
    private struct Fresh {
        var elements: Int
        /// No other one shows just the same.
        var isNew = true
        var sharedWith: String?
    }

    /// How much of `tensor` no other one has shown yet; nil when its place is beyond any storage.
    private mutating func fresh(_ name: String, _ tensor: TorchTensor, _ product: Int) -> Fresh? {
        guard let key = tensor.storageKey, product > 0 else { return Fresh(elements: product) }
        let storage = tensor.dataType + "/" + key
        guard let view = Self.view(tensor, product) else { return nil }
        let tensor = StorageViews.Shown(view: view, name: name, shape: tensor.shape)
        guard let known = first[storage] else {
            first[storage] = tensor
            return Fresh(elements: view.elements)
        }
        var others = further.removeValue(forKey: storage) ?? StorageViews(known)
        defer { further[storage] = others }
        let shared = others.sharing(view)
        if let same = others[view] {
            // A transposed one: which of both is counted would depend on their order.
            if same.shape != tensor.shape { structure.leaveOpen() }
            return Fresh(elements: 0, isNew: false, sharedWith: shared)
        }
        guard let elements = others.insert(tensor) else { return nil }
        return Fresh(elements: elements, sharedWith: shared)
    }

    /// Elements that differ, from the first to the last of them.
    private static func view(_ tensor: TorchTensor, _ product: Int) -> StorageView? {
        guard let upper = tensor.end else { return nil }
        return StorageView(
            lower: tensor.storageOffset, upper: upper, sizes: tensor.shape, strides: tensor.strides, product: product)
    }

    /// The facts, with the rule that was applied; nil when nothing was counted or the counts say nothing.
    func parameters(counting rule: String) -> Parameters? {
        guard !overflowed, tensors > 0, packings.isEmpty || max(parameters, buffers) < 1 << 60 else { return nil }
        var counted = Parameters(
            total: parameters, buffers: buffers > 0 ? buffers : nil, bytes: bytesAreKnown ? bytes : nil,
            dataTypes: dataTypes, tensors: tensors,
            stored: packings.isEmpty ? nil : parameters + buffers - packed + stored,
            bits: bits.count == 1 ? bits.first : nil, scheme: packings.count == 1 ? packings.first : nil,
            counting: packings.isEmpty ? rule : "\(rule); packed ones by what they stand for")
        counted.structure = structure
        return counted
    }
}
