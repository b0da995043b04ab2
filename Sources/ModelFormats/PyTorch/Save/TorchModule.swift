import ModelContainers

/// A pickled `nn.Module`: an object whose state holds `_parameters`, `_buffers` and `_modules`.
struct TorchModule {
    /// `module.Class` of the object itself.
    let className: String
    /// The class that a person means: what torch.compile or DataParallel wraps, if they do.
    let architecture: String
    /// It was wrapped by torch.compile.
    let isCompiled: Bool
    let isDataParallel: Bool
    let tensors: [(isBuffer: Bool, tensor: TorchTensor)]

    init?(_ value: PickleValue) {
        guard let (className, state) = Self.classAndState(value) else { return nil }
        self.className = className
        var inner = value
        var compiled = false
        var parallel = false
        var architecture = className
        var state_ = state
        // A wrapper holds the module under a known name; three deep is DDP of a compiled FSDP.
        for _ in 0..<4 {
            let modules = state_["_modules"].flatMap(TorchMapping.init)
            let name = architecture.split(separator: ".").last ?? ""
            let key: String
            switch name {
            case "OptimizedModule":
                compiled = true
                key = "_orig_mod"
            case "DataParallel", "DistributedDataParallel":
                parallel = true
                key = "module"
            default: key = ""
            }
            guard !key.isEmpty, let next = modules?[key] ?? state_[key], let found = Self.classAndState(next) else { break }
            inner = next
            (architecture, state_) = found
        }
        isCompiled = compiled
        isDataParallel = parallel
        self.architecture = architecture.split(separator: ".").last.map(String.init) ?? architecture
        tensors = Self.tensors(of: inner)
    }

    private static func classAndState(_ value: PickleValue) -> (className: String, state: PickleValue)? {
        guard let object = value.object, let state = object.state, state["_modules"] != nil, state["_parameters"] != nil
        else { return nil }
        guard let (module, name) = object.className else { return nil }
        return (module.isEmpty ? name : "\(module).\(name)", state)
    }

    /// Parameters and buffers of the module and of all below it, every module once.
    private static func tensors(of root: PickleValue) -> [(isBuffer: Bool, tensor: TorchTensor)] {
        var found: [(isBuffer: Bool, tensor: TorchTensor)] = []
        var waiting = [root]
        var seen: Set<PickleValue> = []
        while let value = waiting.popLast() {
            guard seen.insert(value).inserted, let state = value.object?.state else { continue }
            for (key, isBuffer) in [("_parameters", false), ("_buffers", true)] {
                for (_, item) in state[key].flatMap(TorchMapping.init)?.pairs ?? [] {
                    if let tensor = TorchRebuild.tensor(item) { found.append((isBuffer, tensor)) }
                }
            }
            for (_, child) in (state["_modules"].flatMap(TorchMapping.init)?.pairs ?? []).reversed() {
                waiting.append(child)
            }
        }
        return found
    }
}

extension PickleObject {
    /// Module and name of the class this is an object of: the callee itself, the argument of `object.__reduce_ex__`'s
    /// helpers, or the class inside a legacy stream's persistent id `('module', class, file, source)`.
    var className: (module: String, name: String)? {
        if let global = callee.global {
            guard global.module == "copyreg" || global.module == "copy_reg" || global.name == "__newobj__" else {
                return global
            }
            return arguments.elements.first.flatMap { $0.global ?? Self.sourced($0) }
        }
        return Self.sourced(callee)
    }

    private static func sourced(_ value: PickleValue) -> (module: String, name: String)? {
        guard let id = value.persistentID else { return nil }
        let parts = Array(id.elements.prefix(2))
        return parts.count == 2 && parts[0].string == "module" ? parts[1].global : nil
    }
}
