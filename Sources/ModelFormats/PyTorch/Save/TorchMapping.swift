import ModelContainers

/// The pairs of anything that loads as a dictionary: a dict, an OrderedDict, a subclass of one.
struct TorchMapping {
    let pairs: [(key: PickleValue, value: PickleValue)]
    /// Has the `_metadata` that `Module.state_dict` leaves on its result.
    let hasStateDictMetadata: Bool

    init(pairs: [(key: PickleValue, value: PickleValue)]) {
        self.pairs = pairs
        hasStateDictMetadata = false
    }

    init?(_ value: PickleValue) {
        switch value.kind {
        case .dict:
            pairs = value.pairs.map { ($0.key, $0.value) }
            hasStateDictMetadata = false
        case .object:
            guard let object = value.object else { return nil }
            let isOrderedDict = object.callee.isGlobal("collections", "OrderedDict")
            let items = object.pairs.map { (key: $0.key, value: $0.value) }
            // torch 0.x and pickles of Python 2 give an OrderedDict its items as arguments: ([[key, value], …],).
            let given = isOrderedDict ? Self.argumentPairs(object) : []
            guard isOrderedDict || !items.isEmpty else { return nil }
            pairs = given + items
            hasStateDictMetadata = object.state?["_metadata"] != nil
        default: return nil
        }
    }

    subscript(_ key: String) -> PickleValue? { pairs.last { $0.key.isString(key) }?.value }

    private static func argumentPairs(_ object: PickleObject) -> [(key: PickleValue, value: PickleValue)] {
        guard let list = object.arguments.elements.first, list.kind == .list else { return [] }
        return list.elements.compactMap { item in
            let pair = Array(item.elements.prefix(3))
            return pair.count == 2 ? (pair[0], pair[1]) : nil
        }
    }
}

/// Named tensors, as `Module.state_dict()` or `dict(module.named_parameters())` gives them.
struct TorchStateDict {
    let tensors: [(name: String, tensor: TorchTensor)]
    /// Nothing but a model has it: `_metadata`, parameters, or names that end as those of torch's modules do.
    let isProven: Bool

    init(tensors: [(name: String, tensor: TorchTensor)], isProven: Bool) {
        self.tensors = tensors
        self.isProven = isProven
    }

    /// Nil unless every value is a tensor, apart from the `_extra_state` that a module may add.
    init?(_ mapping: TorchMapping) {
        // Under the labels of the property: without them all of it would be copied there.
        var tensors: [(name: String, tensor: TorchTensor)] = []
        for (key, value) in mapping.pairs {
            guard let name = key.string(upTo: Self.longestName) else { return nil }
            if let tensor = TorchRebuild.tensor(value) {
                tensors.append((name, tensor))
            } else if !Self.isExtraState(name) {
                return nil
            } else {
                tensors += Self.packed(value, name)
            }
        }
        guard !tensors.isEmpty else { return nil }
        self.tensors = tensors
        isProven =
            mapping.hasStateDictMetadata
            || tensors.contains { $0.tensor.isParameter == true || Self.isParameterName($0.name) }
    }

    init?(_ value: PickleValue) {
        guard let mapping = TorchMapping(value) else { return nil }
        self.init(mapping)
    }

    private static let longestName = 1_024

    /// Names that torch.nn's modules give their tensors.
    private static let endings: Set<Substring> = [
        "weight", "bias", "running_mean", "running_var", "num_batches_tracked", "in_proj_weight", "in_proj_bias",
        "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_g", "weight_v", "weight_orig",
        "weight_mask",
        "weight_packed", "gamma", "beta", "kernel", "pos_embed", "cls_token", "position_ids", "original0", "original1",
    ]

    private static func isParameterName(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        guard let last = parts.last else { return false }
        // A number between dots is the place of a module in a Sequential or a ModuleList.
        return endings.contains(last) || parts.dropLast().contains { $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    /// `Module.get_extra_state`, and the packed parameters of quantised modules.
    private static func isExtraState(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        guard parts.count > 1, let last = parts.last else { return name == "_extra_state" }
        return ["_extra_state", "_packed_params", "scale", "zero_point", "dtype", "version"].contains(last)
    }

    /// Weight and bias of a quantised Linear, a tuple (torch/ao/nn/quantized/modules/linear.py).
    private static func packed(_ value: PickleValue, _ name: String) -> [(name: String, tensor: TorchTensor)] {
        guard value.kind == .tuple else { return [] }
        return value.elements.prefix(16).enumerated().compactMap { index, element in
            TorchRebuild.tensor(element).map { ("\(name)[\(index)]", $0) }
        }
    }

    /// In a state_dict only the names of the batch normalisations' statistics tell a buffer.
    static func isBuffer(_ name: String, _ tensor: TorchTensor) -> Bool {
        tensor.isParameter != true && BatchStatistics.isNamed(name)
    }
}
