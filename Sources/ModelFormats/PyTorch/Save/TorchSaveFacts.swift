import ModelBytes
import ModelContainers

/// From the top object of a torch.save pickle to facts; the same for the zip, the legacy stream and the oldest tar.
struct TorchSaveFacts {
    /// Ids of the container, such as `torch-state-dict` or `torch-legacy-state-dict`.
    let identity: (_ kind: Kind) -> FormatIdentity
    /// Entry or place of the pickle, for evidence.
    let entry: String
    let limits: Limits

    enum Kind { case stateDict, checkpoint, module, other }

    func fill(_ reading: inout Reading, from object: TorchObject) {
        switch object {
        case .stateDict(let stateDict):
            reading.become(identity(.stateDict))
            count([("", stateDict)], module: nil, &reading)
            WrapperPrefixes.report(stateDict.tensors.lazy.map(\.name), at: entry, into: &reading)
        case .checkpoint(let checkpoint):
            reading.become(identity(.checkpoint))
            count(checkpoint.stateDicts, module: checkpoint.module, &reading)
            WrapperPrefixes.report(
                checkpoint.stateDicts.flatMap { $0.value.tensors.map(\.name) }, at: entry, into: &reading)
            if let (key, module) = checkpoint.module { architecture(module, at: key, &reading) }
            TorchTraining(entry: entry, limits: limits).fill(&reading, from: checkpoint.mapping)
        case .module(let module):
            reading.become(identity(.module))
            count([], module: ("", module), &reading)
            architecture(module, at: "", &reading)
        case .other(let description):
            reading.become(identity(.other))
            reading.isNoModel("data")
            reading.find(.note, "torch.no-model", "holds \(description)", where: entry)
        }
        reading.confidence = .parsed
    }

    private func count(
        _ stateDicts: [(key: String, value: TorchStateDict)], module: (key: String, value: TorchModule)?,
        _ reading: inout Reading
    ) {
        var tally = TensorTally()
        tally.reserve(stateDicts.reduce(0) { $0 + $1.value.tensors.count })
        for (_, stateDict) in stateDicts {
            for (name, tensor) in stateDict.tensors {
                tally.add(tensor, isBuffer: TorchStateDict.isBuffer(name, tensor))
            }
        }
        for (isBuffer, tensor) in module?.value.tensors ?? [] { tally.add(tensor, isBuffer: isBuffer) }
        let rule: String
        if stateDicts.isEmpty {
            rule = "_parameters and _buffers of every module, shared storage once"
        } else if stateDicts.allSatisfy({ $0.value.tensors.allSatisfy { $0.tensor.isParameter == true } }) {
            rule = "parameters by name, shared storage once"
        } else {
            rule = "tensors of the state_dict, shared storage once; \(BatchStatistics.rule)"
        }
        reading.facts.parameters = tally.parameters(counting: rule)
        let keys = (stateDicts.map(\.key) + [module?.key].compactMap { $0 }).filter { !$0.isEmpty }
        let place = keys.isEmpty ? entry : "\(entry): \(keys.joined(separator: ", "))"
        if reading.facts.parameters != nil { reading.note("parameters", .read, "\(place), shapes and storages") }
        let devices = tally.locations.filter { $0 != "cpu" && $0 != "meta" }.sorted()
        if !devices.isEmpty {
            reading.find(
                .note, "torch.device",
                "tensors were saved on \(devices.joined(separator: ", ")); elsewhere load with map_location=\"cpu\"",
                where: place)
        }
        if tally.locations.contains("meta") {
            reading.find(
                .warning, "torch.meta-tensors", "tensors of the meta device have a shape but no numbers", where: place)
        }
    }

    private func architecture(_ module: TorchModule, at key: String, _ reading: inout Reading) {
        reading.facts.architecture = module.architecture
        reading.note("architecture", .read, "\(key.isEmpty ? entry : "\(entry): \(key)"), class of the module")
        if module.isCompiled {
            WrapperPrefixes.isCompiled("the module is an OptimizedModule", .read, at: entry, &reading)
        }
        if module.isTracedGraph {
            reading.find(
                .warning, "torch.code-inside", "brings Python source code that runs when it is loaded", where: entry)
        }
        if module.isDataParallel {
            reading.find(.note, "torch.data-parallel", "the module is wrapped by \(module.className)", where: entry)
        }
    }
}
