import ModelContainers

/// A pickled `nn.Module`: an object whose state holds `_parameters`, `_buffers` and `_modules`.
struct TorchModule {
    /// `module.Class` of the object itself.
    let className: String
    /// The class that a person means: what torch.compile or DataParallel wraps, if they do; none that torch.fx made.
    let architecture: String?
    /// It was wrapped by torch.compile.
    let isCompiled: Bool
    let isDataParallel: Bool
    /// Empty for a quantised module, whose weights are packed into objects that only torch can open.
    let tensors: [(name: String, isBuffer: Bool, tensor: TorchTensor)]

    init?(_ value: PickleValue) {
        guard let outer = Self.classAndState(value) else { return nil }
        className = outer.className
        var inner = (value: value, className: outer.className)
        var wrappers: Set<Substring> = []
        // Three deep is a compiled module inside DataParallel inside another wrapper.
        for _ in 0..<4 {
            guard let (next, wrapper) = Self.wrapped(inner.value, inner.className), let found = Self.classAndState(next)
            else { break }
            wrappers.insert(wrapper)
            inner = (next, found.className)
        }
        isCompiled = wrappers.contains("OptimizedModule")
        isDataParallel = wrappers.contains("DataParallel") || wrappers.contains("DistributedDataParallel")
        let ownName = Self.graphBody(inner.value)?["_graphmodule_cls_name"]?.string
        let name = ownName ?? inner.className.split(separator: ".").last.map(String.init)
        architecture = name == "GraphModule" ? nil : name
        tensors = Self.tensors(of: inner.value)
    }

    /// Whether `value` is one, of which nothing is read yet.
    static func isOne(_ value: PickleValue) -> Bool { classAndState(value) != nil }

    /// It is a GraphModule of torch.fx: Python source that is compiled when it is loaded.
    var isTracedGraph: Bool { className == Self.graphModule }
    private static let graphModule = "torch.fx.graph_module.GraphModule"

    /// The module that a wrapper of torch holds, and the wrapper's name.
    private static func wrapped(_ value: PickleValue, _ className: String) -> (PickleValue, Substring)? {
        guard let object = value.object, let name = className.split(separator: ".").last else { return nil }
        let modules = object.state?["_modules"].flatMap(TorchMapping.init)
        switch name {
        case "OptimizedModule": return (modules?["_orig_mod"] ?? object.arguments.elements.first).map { ($0, name) }
        case "DataParallel", "DistributedDataParallel", "AveragedModel": return modules?["module"].map { ($0, name) }
        default: return nil
        }
    }

    private static func classAndState(_ value: PickleValue) -> (className: String, state: PickleValue)? {
        // OptimizedModule.__reduce__ gives the module it wraps as an argument.
        if let object = value.object, object.callee.isGlobal("torch._dynamo.eval_frame", "OptimizedModule"),
            let state = object.arguments.elements.first?.object?.state, state["_modules"] != nil
        {
            return ("torch._dynamo.eval_frame.OptimizedModule", state)
        }
        if let state = graphBody(value) { return (graphModule, state) }
        guard let object = value.object, let state = object.state, state["_modules"] != nil, state["_parameters"] != nil
        else { return nil }
        guard let (module, name) = object.className else { return nil }
        return (module.isEmpty ? name : "\(module).\(name)", state)
    }

    /// The attributes of a GraphModule, the first argument of the function that makes it again
    /// (torch/fx/graph_module.py, `__reduce__`).
    private static func graphBody(_ value: PickleValue) -> PickleValue? {
        guard let object = value.object, object.callee.isGlobal("torch.fx.graph_module", "reduce_graph_module"),
            let body = object.arguments.elements.first, body["_modules"] != nil, body["_parameters"] != nil
        else { return nil }
        return body
    }

    /// Modules of torch.ao.nn.quantized without weights; models that are not quantised have some of them too.
    private static let weightless: Set<String> = [
        "Quantize", "DeQuantize", "FloatFunctional", "FXFloatFunctional", "QFunctional",
    ]

    /// Modules within modules, thousands deep, would have names whose bytes grow with the square of their number.
    static func longer(_ prefix: String, by name: String?) -> String {
        guard let name, prefix.utf8.count + name.utf8.count < mostNameBytes else { return prefix }
        return prefix + name + "."
    }
    private static let mostNameBytes = 1_024

    /// Parameters and buffers of the module and of all below it, every module once.
    private static func tensors(of root: PickleValue) -> [(name: String, isBuffer: Bool, tensor: TorchTensor)] {
        var found: [(name: String, isBuffer: Bool, tensor: TorchTensor)] = []
        var waiting = [(value: root, prefix: "")]
        var seen: Set<PickleValue> = []
        while let (value, prefix) = waiting.popLast() {
            guard seen.insert(value).inserted, let state = graphBody(value) ?? value.object?.state else { continue }
            if let (module, name) = value.object?.className, module.contains(".quantized."), !weightless.contains(name)
            {
                return []
            }
            for (key, isBuffer) in [("_parameters", false), ("_buffers", true)] {
                // Those that modules share count once, as they themselves do.
                guard let own = state[key], seen.insert(own).inserted else { continue }
                for (name, item) in TorchMapping(own)?.pairs ?? [] {
                    guard let tensor = TorchRebuild.tensor(item) else { continue }
                    found.append((prefix + (name.string ?? ""), isBuffer, tensor))
                }
            }
            guard let children = state["_modules"], seen.insert(children).inserted else { continue }
            for (name, child) in (TorchMapping(children)?.pairs ?? []).reversed() {
                waiting.append((child, longer(prefix, by: name.string)))
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
