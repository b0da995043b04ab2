import ModelBytes
import ModelContainers

/// The module tree of a TorchScript archive: objects of `data.pkl`, whose classes stand in `code/`.
struct ScriptModule {
    /// The class of the whole model, without torch's mangling.
    /// Nil for traces of torch 1.4 and before, where every module is a `Module`.
    let architecture: String?
    /// Methods of that class.
    let methods: [ScriptCode.Method]
    private(set) var tally = TensorTally()
    /// C++ classes that the archive needs, such as `__torch__.torch.classes.tensorrt.Engine`.
    private(set) var nativeClasses: Set<String> = []
    /// The model has no tensors of its own: torch.jit.freeze made them constants of the code.
    var isFrozen: Bool { !hasTensors }
    private var hasTensors = false

    /// Nil when the top object is no TorchScript object.
    init?(_ root: PickleValue, code: inout ScriptCodes) throws(InspectionError) {
        guard let (module, name) = root.object?.className, module.hasPrefix("__torch__") else { return nil }
        architecture = name == "Module" ? nil : name
        methods = try code.classDeclaration(module: module, name: name)?.methods ?? []
        var waiting = [root]
        var seen: Set<PickleValue> = []
        while let value = waiting.popLast() {
            guard seen.insert(value).inserted, let object = value.object, let (module, name) = object.className else {
                continue
            }
            if module.hasPrefix("__torch__.torch.classes") {
                nativeClasses.insert("\(module).\(name)")
                continue
            }
            guard module.hasPrefix("__torch__"), let state = object.state else { continue }
            let declaration = try code.classDeclaration(module: module, name: name)
            for (key, item) in state.pairs {
                if let tensor = TorchRebuild.tensor(item) {
                    add(tensor, named: key.string ?? "", declaration)
                } else if item.object != nil {
                    waiting.append(item)
                }
            }
        }
    }

    /// A tensor is what its class says; where that cannot be read, requires_grad tells a parameter.
    private mutating func add(_ tensor: TorchTensor, named name: String, _ declaration: ScriptCode.Class?) {
        guard let declaration else {
            hasTensors = true
            tally.add(tensor, isBuffer: !tensor.requiresGrad)
            return
        }
        if declaration.parameters.contains(name) {
            hasTensors = true
            tally.add(tensor, isBuffer: false)
        } else if declaration.buffers?.contains(name) ?? true {
            hasTensors = true
            tally.add(tensor, isBuffer: true)
        }
    }
}

/// The files below `code/`, each read once.
struct ScriptCodes {
    let layout: ArchiveLayout
    let limits: Limits
    private var files: [String: ScriptCode] = [:]
    private var bytes = 0

    init(_ layout: ArchiveLayout, limits: Limits) {
        self.layout = layout
        self.limits = limits
    }

    /// The class `name` of the module `__torch__.a.b`, declared in `code/__torch__/a/b.py`.
    mutating func classDeclaration(module: String, name: String) throws(InspectionError) -> ScriptCode.Class? {
        let path = "code/" + module.replacing(".", with: "/") + ".py"
        if let file = files[path] { return file.classes[name] }
        guard let entry = layout.entry(path) else { return nil }
        bytes += entry.size
        try limits.inflatedBytes.check(bytes, entry: entry.name)
        let source = try layout.archive.open(entry)
        let file = ScriptCode(String(decoding: try source.bytes(at: 0, count: source.count), as: UTF8.self))
        files[path] = file
        return file.classes[name]
    }
}
