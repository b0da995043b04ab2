import ModelBytes
import ModelContainers

/// A tensor as a pickle describes it: geometry, type and which storage it is a view of. Its numbers are elsewhere.
struct TorchTensor: Hashable {
    var shape: [Int]
    /// In elements; empty when the elements follow each other without gaps, row by row, as they mostly do.
    var strides: [Int] = []
    /// Into the storage, in elements.
    var storageOffset = 0
    /// Nil for a tensor without numbers of its own (meta device).
    var storageKey: String?
    var dataType: String
    /// `cpu`, `cuda:0` …
    var location: String?
    /// Known only where `_rebuild_parameter` or a requires_grad flag of TorchScript says so.
    var isParameter: Bool?
    var requiresGrad = false
    /// Most of its elements are zeros that are not stored.
    var isSparse = false
    /// It is made of other tensors, in a way that its class knows: quantised by torchao, spread over devices.
    var isComposed = false
    /// Of a composed one: the elements of the tensors that it is made of, by type, and the class that knows how.
    var packing: Packing? {
        get { packings.first }
        set { packings = newValue.map { [$0] } ?? [] }
    }
    /// A list, which takes a word where there is none: there may be hundreds of thousands of tensors, and few are packed.
    var packings: [Packing] = []

    /// What a packed tensor takes in the file.
    struct Packing: Hashable {
        let scheme: String
        let elements: [String: Int]
        /// Bits that one of its own elements takes.
        let bits: Int
    }

    /// Number of elements, or nil when the shape is too large for any memory.
    var elements: Int? { TensorSize.elements(shape) }

    /// How many elements its storage must have; nil when that is beyond any memory, 0 for a tensor without elements.
    var end: Int? {
        guard let count = elements else { return nil }
        guard count > 0 else { return 0 }
        guard !strides.isEmpty || shape.isEmpty else {
            let (end, overflow) = storageOffset.addingReportingOverflow(count)
            return overflow ? nil : end
        }
        var last = storageOffset
        for (size, stride) in zip(shape, strides) {
            let (reach, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
            let (sum, beyond) = last.addingReportingOverflow(reach)
            guard !overflow, !beyond else { return nil }
            last = sum
        }
        return last < Int.max ? last + 1 : nil
    }
}

/// Reads the calls by which torch puts tensors together (torch/_utils.py).
enum TorchRebuild {
    /// The tensor that `value` would become, or nil when it would not become one.
    static func tensor(_ value: PickleValue, depth: Int = 0) -> TorchTensor? {
        // Wrappers (parameter, subclass) hold a tensor each; nobody nests them deeply.
        guard depth < 8, let object = value.object, let (module, name) = object.callee.global else { return nil }
        let arguments = Array(object.arguments.elements.prefix(16))
        switch (module, name) {
        case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"):
            var tensor = view(arguments, size: 2, stride: 3)
            tensor?.requiresGrad = arguments.count > 4 ? arguments[4].bool ?? false : false
            return tensor
        case ("torch._utils", "_rebuild_tensor_v3"):
            var tensor = view(arguments, size: 2, stride: 3)
            if arguments.count > 6, let type = dataType(arguments[6]) { tensor?.dataType = type }
            return tensor
        case ("torch._utils", "_rebuild_qtensor"):
            return view(arguments, size: 2, stride: 3)
        case ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"):
            guard let first = arguments.first, var inner = tensor(first, depth: depth + 1) else { return nil }
            inner.isParameter = true
            inner.requiresGrad = arguments.count > 1 ? arguments[1].bool ?? true : true
            return inner
        case ("torch._tensor", "_rebuild_from_type_v2"):
            return fromType(arguments, depth: depth)
        case ("torch._utils", "_rebuild_device_tensor_from_cpu_tensor"):
            return arguments.first.flatMap { tensor($0, depth: depth + 1) }
        case ("torch._utils", "_rebuild_meta_tensor_no_storage"):
            guard arguments.count > 1, let type = dataType(arguments[0]), let shape = sizes(arguments[1]) else {
                return nil
            }
            return TorchTensor(shape: shape, dataType: type, location: "meta")
        case ("torch._utils", "_rebuild_wrapper_subclass"):
            guard arguments.count > 2, let type = dataType(arguments[1]), let shape = sizes(arguments[2]) else {
                return nil
            }
            return TorchTensor(shape: shape, dataType: type, isComposed: true)
        case ("torch._utils", "_rebuild_sparse_tensor"):
            return sparse(arguments, depth: depth)
        case ("torch._utils", "_rebuild_nested_tensor"):
            return arguments.first.flatMap { tensor($0, depth: depth + 1) }
        default:
            return oldest(object, module: module, name: name, depth: depth)
        }
    }

    /// `_rebuild_from_type_v2(func, type, args, state)` calls `func(*args)`.
    private static func fromType(_ arguments: [PickleValue], depth: Int) -> TorchTensor? {
        guard arguments.count > 2, let (module, name) = arguments[0].global, module == "torch._utils" else {
            return nil
        }
        let inner = Array(arguments[2].elements.prefix(16))
        switch name {
        case "_rebuild_tensor_v2", "_rebuild_tensor": return view(inner, size: 2, stride: 3)
        case "_rebuild_tensor_v3":
            var tensor = view(inner, size: 2, stride: 3)
            if inner.count > 6, let type = dataType(inner[6]) { tensor?.dataType = type }
            return tensor
        case "_rebuild_parameter", "_rebuild_parameter_with_state":
            guard let first = inner.first, var parameter = tensor(first, depth: depth + 1) else { return nil }
            parameter.isParameter = true
            return parameter
        case "_rebuild_wrapper_subclass":
            guard inner.count > 2, let type = dataType(inner[1]), let shape = sizes(inner[2]) else { return nil }
            var tensor = TorchTensor(shape: shape, dataType: type, isComposed: true)
            if depth < partDepth, arguments.count > 3 {
                tensor.packing = packing(of: tensor, inner[0], arguments[3])
            }
            return tensor
        default: return nil
        }
    }

    /// Where the parts of a packed tensor begin. What these are packed in nobody asks, and parts of parts would be looked at
    /// over and over.
    private static let partDepth = 6

    /// The tensors in the state of a subclass, when the largest of them takes fewer bits than what they stand for, as the
    /// quantised ones of torchao do.
    private static func packing(
        of tensor: TorchTensor, _ type: PickleValue, _ state: PickleValue
    ) -> TorchTensor.Packing? {
        guard let (module, name) = type.global, let count = tensor.elements, count > 0,
            let own = TorchDataType.bytes(count, of: tensor.dataType)
        else { return nil }
        let states = state.kind == .tuple ? Array(state.elements.prefix(2)) : [state]
        var elements: [String: Int] = [:]
        var largest = (elements: 0, bytes: 0)
        for (_, value) in states.flatMap({ Array($0.pairs.prefix(64)) }) {
            guard let part = self.tensor(value, depth: partDepth), let size = part.elements, size < 1 << 48,
                let bytes = TorchDataType.bytes(size, of: part.dataType)
            else { continue }
            elements[part.dataType, default: 0] += size
            if size > largest.elements { largest = (size, bytes) }
        }
        guard largest.bytes > 0, largest.bytes < own, largest.bytes < 1 << 56 else { return nil }
        let package = module.split(separator: ".").first.map(String.init) ?? module
        return TorchTensor.Packing(
            scheme: "\(package) \(name)", elements: elements, bits: max(1, largest.bytes * 8 / count))
    }

    /// `(layout, (indices, values, size, …))`, and for the compressed layouts `(layout, (compressed_indices,
    /// plain_indices, values, size))`. Its elements are those of its shape, the zeros that are not stored included.
    private static func sparse(_ arguments: [PickleValue], depth: Int) -> TorchTensor? {
        guard arguments.count > 1 else { return nil }
        let parts = Array(arguments[1].elements.prefix(5))
        guard let values = parts.compactMap({ tensor($0, depth: depth + 1) }).last,
            let shape = parts.lazy.compactMap(sizes).first
        else { return nil }
        return TorchTensor(shape: shape, dataType: values.dataType, location: values.location, isSparse: true)
    }

    /// torch 0.1 to 0.3: `torch.FloatTensor` made empty, its state set to (storage, offset, size, stride); a `Parameter`
    /// of that time holds its tensor in its state.
    private static func oldest(_ object: PickleObject, module: String, name: String, depth: Int) -> TorchTensor? {
        let state = object.state.map { Array($0.elements.prefix(8)) } ?? []
        if module == "torch" || module == "torch.cuda", name.hasSuffix("Tensor") {
            return view(state, size: 2, stride: 3)
        }
        guard module == "torch.nn.parameter" || module == "torch.autograd.variable", let first = state.first else {
            return nil
        }
        guard var inner = tensor(first, depth: depth + 1) else { return nil }
        if module == "torch.nn.parameter" { inner.isParameter = true }
        return inner
    }

    /// (storage, storage_offset, size, stride, …)
    private static func view(_ arguments: [PickleValue], size: Int, stride: Int) -> TorchTensor? {
        guard arguments.count > stride, let storage = TorchStorage(arguments[0]), let shape = sizes(arguments[size]),
            let strides = sizes(arguments[stride]), strides.count == shape.count
        else { return nil }
        return TorchTensor(
            shape: shape, strides: isContiguous(shape, strides) ? [] : strides, storageOffset: arguments[1].int ?? 0,
            storageKey: storage.key,
            dataType: storage.dataType, location: storage.location)
    }

    private static func isContiguous(_ shape: [Int], _ strides: [Int]) -> Bool {
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() {
            guard stride == expected else { return false }
            let (next, overflow) = expected.multipliedReportingOverflow(by: size)
            guard !overflow else { return false }
            expected = next
        }
        return true
    }

    /// A tuple of sizes, or `torch.Size` of one.
    static func sizes(_ value: PickleValue) -> [Int]? {
        if let object = value.object {
            guard object.callee.isGlobal("torch", "Size"), let inner = object.arguments.elements.first else {
                return nil
            }
            return sizes(inner)
        }
        guard value.kind == .tuple || value.kind == .list else { return nil }
        var sizes: [Int] = []
        for element in value.elements.prefix(64) {
            guard let size = element.int, size >= 0 else { return nil }
            sizes.append(size)
        }
        return sizes.count == value.elements.count ? sizes : nil
    }

    /// A global such as `torch.float8_e4m3fn`.
    private static func dataType(_ value: PickleValue) -> String? {
        guard let (module, name) = value.global, module == "torch" else { return nil }
        return name
    }
}

/// The persistent id of a storage: `('storage', class, key, location, numel[, view_metadata])` (torch/serialization.py).
struct TorchStorage {
    let dataType: String
    /// Tells storages apart.
    let key: String
    /// The key under which its bytes stand in the file: of a legacy view that of the storage it looks into.
    let rootKey: String
    let location: String?
    let elements: Int?

    init?(_ value: PickleValue) {
        guard let id = value.persistentID else { return nil }
        let parts = Array(id.elements.prefix(6))
        guard parts.count >= 5, parts[0].string == "storage", let (_, name) = parts[1].global,
            let key = parts[2].string(upTo: Self.longestKey) ?? parts[2].int.map(String.init)
        else {
            return nil
        }
        // An untyped storage gets its element type from the tensor that looks into it.
        dataType = TorchDataType.named(storageClass: name) ?? "uint8"
        let view = parts.count > 5 ? Array(parts[5].elements.prefix(3)) : []
        // Legacy: a view of a root storage has a key of its own, (view_key, offset, size).
        rootKey = key
        self.key = view.isEmpty ? key : key + "/" + (view[0].string(upTo: Self.longestKey) ?? "")
        location = parts[3].string(upTo: Self.longestKey)
        elements = parts[4].int
    }

    /// torch counts its storages; a longer text would be copied for every tensor that shares it.
    private static let longestKey = 256

    /// Whether a storage of the pickle is on a device that not every machine has.
    static func isElsewhere(_ pickle: Pickle) -> Bool {
        pickle.persistentIDs.contains { id in
            guard let location = TorchStorage(id)?.location else { return false }
            return location != "cpu" && location != "meta"
        }
    }
}
