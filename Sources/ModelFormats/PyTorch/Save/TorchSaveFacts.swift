import ModelBytes
import ModelContainers

/// From the top object of a torch.save pickle to facts; the same for the zip, the legacy stream and the oldest tar.
struct TorchSaveFacts {
    /// Ids of the container, such as `torch-state-dict` or `torch-legacy-state-dict`.
    let identity: (_ kind: Kind) -> FormatIdentity
    /// Entry or place of the pickle, for evidence.
    let entry: String
    let limits: Limits
    /// Receives every tensor.
    var listing: TorchListing?

    enum Kind { case stateDict, checkpoint, module, other }

    func fill(_ result: inout ProbeResult, from object: TorchObject) {
        switch object {
        case .stateDict(let stateDict):
            result.setIdentity(identity(.stateDict))
            count([("", stateDict)], module: nil, &result)
            if listing != nil { return }
            WrapperPrefixes.report(stateDict.tensors.lazy.map(\.name), at: entry, into: &result)
        case .checkpoint(let checkpoint):
            result.setIdentity(identity(.checkpoint))
            count(checkpoint.stateDicts, module: checkpoint.module, &result)
            if listing != nil { return }
            WrapperPrefixes.report(
                checkpoint.stateDicts.flatMap { $0.value.tensors.map(\.name) }, at: entry, into: &result)
            if let (key, module) = checkpoint.module { architecture(module, at: key, &result) }
            TorchTraining(entry: entry, limits: limits).fill(&result, from: checkpoint.mapping)
        case .module(let module):
            result.setIdentity(identity(.module))
            count([], module: ("", module), &result)
            architecture(module, at: "", &result)
        case .learner(let learner):
            result.setIdentity(identity(.module))
            count([], module: (learner.place, learner.module), &result)
            architecture(learner.module, at: learner.place, &result)
            result.report(
                .note, code: "torch.learner",
                "an object of \(learner.className) holds the module, its data and its training",
                at: entry)
            if let labels = learner.labels {
                result.facts.labels = labels
                result.note("labels", .read, "\(entry): items of CategoryMap")
            }
        case .other(let description, let cause):
            result.setIdentity(identity(.other))
            result.markNotAModel(because: cause)
            result.report(.note, code: "torch.no-model", "holds \(description)", at: entry)
        }
        result.confidence = .parsed
    }

    private func count(
        _ stateDicts: [(key: String, value: TorchStateDict)], module: (key: String, value: TorchModule)?,
        _ result: inout ProbeResult
    ) {
        var tally = TensorTally(onlyFindsShared: listing != nil)
        tally.reserve(stateDicts.reduce(0) { $0 + $1.value.tensors.count })
        for (key, stateDict) in stateDicts {
            // Several of them may have tensors of one name.
            let prefix = stateDicts.count > 1 ? key + "." : ""
            for (name, tensor) in stateDict.tensors {
                let isBuffer = TorchStateDict.isBuffer(name, tensor)
                let name = prefix + name
                let shared = tally.add(name, tensor, isBuffer: isBuffer)
                listing?.add(name, tensor, sharedWith: shared)
            }
        }
        for (name, isBuffer, tensor) in module?.value.tensors ?? [] {
            let shared = tally.add(name, tensor, isBuffer: isBuffer)
            listing?.add(name, tensor, sharedWith: shared)
        }
        // Who asks for the tensors is told nothing else.
        if listing != nil { return }
        let rule: String
        if stateDicts.isEmpty {
            rule = "_parameters and _buffers of every module, shared storage once"
        } else if stateDicts.allSatisfy({ $0.value.tensors.allSatisfy { $0.tensor.isParameter == true } }) {
            rule = "parameters by name, shared storage once"
        } else {
            rule = "tensors of the state_dict, shared storage once; \(BatchStatistics.rule)"
        }
        result.facts.parameters = tally.parameters(counting: rule)
        let keys = (stateDicts.map(\.key) + [module?.key].compactMap { $0 }).filter { !$0.isEmpty }
        let place = keys.isEmpty ? entry : "\(entry): \(keys.joined(separator: ", "))"
        if result.facts.parameters != nil { result.note("parameters", .read, "\(place), shapes and storages") }
        let devices = tally.locations.filter { $0 != "cpu" && $0 != "meta" }.sorted()
        if !devices.isEmpty {
            result.report(
                .note, code: "torch.device",
                "tensors were saved on \(devices.joined(separator: ", ")); elsewhere load with map_location=\"cpu\"",
                at: place)
        }
        if tally.locations.contains("meta") {
            result.report(
                .warning, code: "torch.meta-tensors", "tensors of the meta device have a shape but no numbers",
                at: place)
        }
    }

    private func architecture(_ module: TorchModule, at key: String, _ result: inout ProbeResult) {
        if let architecture = module.architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(key.isEmpty ? entry : "\(entry): \(key)"), class of the module")
        }
        if module.isCompiled {
            WrapperPrefixes.noteCompiled("the module is an OptimizedModule", .read, at: entry, &result)
        }
        if module.isTracedGraph {
            result.report(
                .warning, code: "torch.code-inside", "brings Python source code that runs when it is loaded", at: entry)
        }
        if module.isDataParallel {
            result.report(.note, code: "torch.data-parallel", "the module is wrapped by \(module.className)", at: entry)
        }
    }
}
