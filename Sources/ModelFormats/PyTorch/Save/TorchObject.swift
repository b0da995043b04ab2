import ModelContainers

/// What the top object of a torch.save pickle is, whichever container the pickle came in.
enum TorchObject {
    case stateDict(TorchStateDict)
    case checkpoint(TorchCheckpoint)
    case module(TorchModule)
    /// A module inside of what trains it.
    case learner(TorchLearner)
    /// What is no model, in words, and its cause in the record.
    case other(String, because: String = "data")

    /// `isWeights`: tensors that are named are a model's, whatever they are called.
    init(_ root: PickleValue, isWeights: Bool = false) {
        if let module = TorchModule(root) {
            self = .module(module)
        } else if let mapping = TorchMapping(root) {
            self = Self.classify(mapping, isWeights)
        } else if let checkpoint = TorchCheckpoint(sequence: root) {
            self = .checkpoint(checkpoint)
        } else if let learner = TorchLearner(root) {
            self = .learner(learner)
        } else {
            self = .other(Self.describe(root))
        }
    }

    private static func classify(_ mapping: TorchMapping, _ isWeights: Bool) -> TorchObject {
        if let stateDict = TorchStateDict(mapping) {
            if stateDict.isProven || isWeights { return .stateDict(stateDict) }
            return .other("\(stateDict.tensors.count) named tensors, but no name that a module gives its parameters")
        }
        if let checkpoint = TorchCheckpoint(mapping) { return .checkpoint(checkpoint) }
        if let state = trainingState(mapping) { return .other(state, because: "companion") }
        return .other(mapping.pairs.isEmpty ? "an empty dictionary" : "a dictionary without a model's tensors")
    }

    /// `state_dict` of what trains a model, by the keys that it always has.
    ///
    /// Source: torch/optim/optimizer.py, lr_scheduler.py, torch/amp/grad_scaler.py; transformers/trainer.py.
    private static func trainingState(_ mapping: TorchMapping) -> String? {
        func has(_ keys: String...) -> Bool { keys.allSatisfy { mapping[$0] != nil } }
        if has("state", "param_groups") { return "the state of an optimizer" }
        if has("last_epoch", "_step_count") { return "the state of a scheduler of learning rates" }
        if has("scale", "growth_factor") { return "the state of a scaler of gradients" }
        if has("python", "numpy", "cpu") { return "states of random generators" }
        return nil
    }

    private static func describe(_ root: PickleValue) -> String {
        if TorchRebuild.tensor(root) != nil { return "a single tensor" }
        if root.kind == .list || root.kind == .tuple {
            let tensors = root.elements.prefix(1_000).count { TorchRebuild.tensor($0) != nil }
            return tensors > 0 ? "a \(root.kind) of tensors" : "a \(root.kind)"
        }
        if let object = root.object, let (module, name) = object.className { return "an object of \(module).\(name)" }
        return "a value of type \(root.kind)"
    }
}

/// A dictionary that holds a model's weights among other things.
struct TorchCheckpoint {
    /// The weights by the path of keys that leads to them.
    let stateDicts: [(key: String, value: TorchStateDict)]
    /// A whole module in place of its weights.
    let module: (key: String, value: TorchModule)?
    let mapping: TorchMapping

    init?(_ mapping: TorchMapping) {
        var search = WeightsSearch()
        guard let found = search.find(in: mapping, path: "", depth: 0) else {
            guard let flat = Self.flat(mapping) else { return nil }
            stateDicts = [("", flat)]
            module = nil
            self.mapping = mapping
            return
        }
        stateDicts = found.stateDicts
        module = found.module
        self.mapping = mapping
    }

    /// `(model.state_dict(), optimizer.state_dict())` and the like: a tuple or list with a module's weights in it.
    init?(sequence: PickleValue) {
        guard sequence.kind == .tuple || sequence.kind == .list else { return nil }
        var found = WeightsSearch.Found()
        var seen: Set<PickleValue> = []
        for (index, element) in sequence.elements.prefix(64).enumerated() where seen.insert(element).inserted {
            if TorchModule.isOne(element) {
                found.module = found.module ?? TorchModule(element).map { ("[\(index)]", $0) }
            } else if let stateDict = TorchStateDict(element), stateDict.isProven,
                // Named tensors of a data set may be called `weight` too, but not `encoder.weight`.
                stateDict.tensors.contains(where: { $0.name.contains(".") })
            {
                found.stateDicts.append(("[\(index)]", stateDict))
            }
        }
        guard !found.stateDicts.isEmpty || found.module != nil else { return nil }
        stateDicts = found.stateDicts
        module = found.module
        mapping = TorchMapping(pairs: [])
    }

    /// Tensors and settings side by side, without a dictionary of their own for the weights.
    private static func flat(_ mapping: TorchMapping) -> TorchStateDict? {
        let tensors = mapping.pairs.filter { TorchRebuild.tensor($0.value) != nil }
        guard tensors.count * 2 >= mapping.pairs.count,
            let stateDict = TorchStateDict(TorchMapping(pairs: tensors)), stateDict.isProven
        else { return nil }
        return stateDict
    }
}
