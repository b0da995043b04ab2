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
    private var first: [String: View] = [:]
    private var further: [String: StorageViews] = [:]

    private typealias View = StorageViews.View

    /// Makes room for so many storages at once: growing step by step would hold them twice.
    mutating func reserve(_ storages: Int) { first.reserveCapacity(storages) }

    mutating func add(_ tensor: TorchTensor, isBuffer: Bool) {
        guard let product = tensor.elements, let fresh = fresh(tensor, product) else {
            overflowed = true
            return
        }
        if let location = tensor.location { locations.insert(location) }
        if let packing = tensor.packing { return add(packing, product, isBuffer: isBuffer) }
        if fresh.isNew { tensors += 1 }
        guard fresh.elements > 0 || fresh.isNew else { return }
        let size = tensor.isSparse || tensor.isComposed ? nil : TorchDataType.bytes(fresh.elements, of: tensor.dataType)
        if size == nil { bytesAreKnown = false }
        let sums = [
            (isBuffer ? buffers : parameters).addingReportingOverflow(fresh.elements),
            bytes.addingReportingOverflow(size ?? 0),
            dataTypes[tensor.dataType, default: 0].addingReportingOverflow(fresh.elements),
        ]
        if sums.contains(where: \.overflow) {
            overflowed = true
            return
        }
        if isBuffer { buffers = sums[0].partialValue } else { parameters = sums[0].partialValue }
        bytes = sums[1].partialValue
        if fresh.elements > 0 { dataTypes[tensor.dataType] = sums[2].partialValue }
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

    /// How many elements of `tensor` no other one has shown yet, and whether no other one shows just the same; nil when
    /// its place is beyond any storage.
    private mutating func fresh(_ tensor: TorchTensor, _ product: Int) -> (elements: Int, isNew: Bool)? {
        guard let key = tensor.storageKey, product > 0 else { return (product, true) }
        guard let view = Self.view(tensor, product) else { return nil }
        let name = tensor.dataType + "/" + key
        guard let known = first[name] else {
            first[name] = view
            return (view.elements, true)
        }
        var others = further.removeValue(forKey: name) ?? StorageViews(known)
        defer { further[name] = others }
        guard !others.contains(view) else { return (0, false) }
        let covered = others.covered(view)
        guard others.insert(view) else { return nil }
        guard !view.isDense else { return (view.elements - covered, true) }
        // Between its gaps it may lie inside what is counted as a whole; else only its own elements are known.
        return (covered == view.upper - view.lower ? 0 : view.elements, true)
    }

    /// Elements that differ (a stride of 0 repeats them), from the first to the last of them.
    private static func view(_ tensor: TorchTensor, _ product: Int) -> View? {
        guard tensor.storageOffset >= 0, let upper = tensor.end else { return nil }
        var elements = tensor.strides.isEmpty ? product : 1
        for (size, stride) in zip(tensor.shape, tensor.strides) where stride != 0 && size > 1 {
            guard stride > 0 else { return nil }
            // No more than `product`, which has all sizes.
            elements *= size
        }
        return View(
            lower: tensor.storageOffset, upper: upper, elements: elements,
            geometry: elements == upper - tensor.storageOffset ? [] : tensor.shape + tensor.strides)
    }

    /// The facts, with the rule that was applied; nil when nothing was counted or the counts say nothing.
    func parameters(counting rule: String) -> Parameters? {
        guard !overflowed, tensors > 0, packings.isEmpty || max(parameters, buffers) < 1 << 60 else { return nil }
        return Parameters(
            total: parameters, buffers: buffers > 0 ? buffers : nil, bytes: bytesAreKnown ? bytes : nil,
            dataTypes: dataTypes, tensors: tensors,
            stored: packings.isEmpty ? nil : parameters + buffers - packed + stored,
            bits: bits.count == 1 ? bits.first : nil, scheme: packings.count == 1 ? packings.first : nil,
            counting: packings.isEmpty ? rule : "\(rule); packed ones by what they stand for")
    }
}
