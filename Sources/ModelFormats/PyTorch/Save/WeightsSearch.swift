import ModelBytes
import ModelContainers

/// Looks for weights among the values of a checkpoint. A value that stands in many places is looked at once.
struct WeightsSearch {
    struct Found {
        var stateDicts: [(key: String, value: TorchStateDict)] = []
        var module: (key: String, value: TorchModule)?

        var isEmpty: Bool { stateDicts.isEmpty && module == nil }
    }

    /// Of what lies deeper less is looked at.
    private struct Place: Hashable {
        let value: PickleValue
        let depth: Int
    }
    private var seen: Set<Place> = []
    private var hasModule = false

    /// Keys that hold the weights, the most telling first.
    private static let modelKeys = [
        "state_dict", "model_state_dict", "model_state", "model_weights", "model", "net", "network", "net_state_dict",
        "module", "weights", "params", "student", "backbone",
    ]
    /// Keys that say of tensors by name, whatever those are called, that they are a model's.
    private static let provingKeys: Set = ["state_dict", "model_state_dict"]
    /// Copies of the weights; they count only when there is nothing else.
    private static let averageKeys = [
        "ema", "ema_state_dict", "state_dict_ema", "model_ema", "params_ema", "teacher", "swa",
    ]

    /// The weights under the first key that says it holds them; else all weights there are; else copies of weights.
    mutating func find(in mapping: TorchMapping, path: String, depth: Int) -> Found? {
        for key in Self.modelKeys {
            let isProven = Self.provingKeys.contains(key)
            if let value = mapping[key],
                let found = weights(value, path: path + key, depth: depth, isProven: isProven)
            {
                return found
            }
        }
        var all = Found()
        for (key, value) in mapping.pairs {
            guard [.dict, .object, .list, .tuple].contains(value.kind), let name = key.string(upTo: Self.longestKey),
                !Self.isState(name), !Self.averageKeys.contains(name)
            else { continue }
            guard let found = weights(value, path: path + name, depth: depth) else { continue }
            all.stateDicts += found.stateDicts
            all.module = all.module ?? found.module
        }
        if !all.isEmpty { return all }
        for key in Self.averageKeys {
            if let value = mapping[key], let found = weights(value, path: path + key, depth: depth) { return found }
        }
        return nil
    }

    private static let longestKey = 1_024

    private mutating func weights(
        _ value: PickleValue, path: String, depth: Int, isProven: Bool = false
    ) -> Found? {
        guard seen.insert(Place(value: value, depth: depth)).inserted else { return nil }
        if TorchModule.isOne(value) {
            // Only the first counts, and each may hold all of another.
            guard !hasModule, let module = TorchModule(value) else { return nil }
            hasModule = true
            return Found(module: (path, module))
        }
        if value.kind == .list || value.kind == .tuple {
            var found = Found()
            for (index, element) in value.elements.prefix(64).enumerated() {
                guard seen.insert(Place(value: element, depth: depth)).inserted,
                    let stateDict = TorchStateDict(element)
                else { continue }
                found.stateDicts.append(("\(path)[\(index)]", stateDict))
            }
            return found.isEmpty ? nil : found
        }
        guard let mapping = TorchMapping(value) else { return nil }
        if let stateDict = TorchStateDict(mapping) {
            return isProven || stateDict.isProven ? Found(stateDicts: [(path, stateDict)]) : nil
        }
        return depth < 2 ? find(in: mapping, path: path + ".", depth: depth + 1) : nil
    }

    /// State of the training, not of the model.
    private static func isState(_ key: String) -> Bool {
        let lower = key.lowercased()
        return ["optim", "sched", "scaler", "loss", "callback", "loop", "rng", "random"].contains { lower.holds($0) }
    }
}
