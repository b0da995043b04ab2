import ModelBytes
import ModelContainers

/// The module tree of a TorchScript archive: objects of `data.pkl`, whose classes stand in `code/`.
struct ScriptModule {
    /// The class of the whole model, without torch's mangling.
    /// Nil for traces of torch 1.4 and before, where every module is a `Module`, and for what was a function.
    let architecture: String?
    /// Methods of that class.
    let methods: [ScriptCode.Method]
    private(set) var tally = TensorTally()
    /// C++ classes that the archive needs, such as `__torch__.torch.classes.tensorrt.Engine`.
    private(set) var nativeClasses: Set<String> = []
    /// torch.jit.freeze made the tensors constants of the code: it leaves no attribute that the code does not use, and
    /// so no `training`, which every other module has. Constants of a module that was not frozen are none of its weights.
    var isFrozen: Bool { !hasTensors && !hasTrainingMode }
    private var hasTensors = false
    private let hasTrainingMode: Bool
    /// Weights of quantised modules, which are no parameters in torch's sense, were met.
    private(set) var hasPackedWeights = false
    private let listing: TorchListing?

    /// Nil when the top object is not a TorchScript object. `listing` receives its tensors.
    init?(_ root: PickleValue, code: inout ScriptCodes, listing: TorchListing?) throws(InspectionError) {
        guard let (module, name) = root.object?.className, module.hasPrefix("__torch__") else { return nil }
        architecture = ["Module", "PlaceholderModule"].contains(name) ? nil : name
        hasTrainingMode = root.object?.state?["training"] != nil
        self.listing = listing
        methods = try code.classDeclaration(module: module, name: name)?.methods ?? []
        var waiting = [Inner(value: root, prefix: "")]
        var seen: Set<PickleValue> = []
        while let inner = waiting.popLast() {
            let (value, prefix) = (inner.value, inner.prefix)
            guard seen.insert(value).inserted, let object = value.object, let (module, name) = object.className else {
                continue
            }
            let isPacked = Self.isPacked(module)
            if module.hasPrefix("__torch__.torch.classes"), !isPacked {
                nativeClasses.insert("\(module).\(name)")
                continue
            }
            guard module.hasPrefix("__torch__"), let state = object.state else { continue }
            if isPacked { addPacked(state, prefix, &waiting, &seen) }
            let declaration = try code.classDeclaration(module: module, name: name)
            var children: [Inner] = []
            for (key, item) in state.pairs {
                let name = key.string ?? ""
                if let tensor = TorchRebuild.tensor(item) {
                    add(tensor, named: name, below: prefix, declaration)
                } else if item.object != nil {
                    children.append(Inner(value: item, prefix: TorchModule.longer(prefix, by: name)))
                }
            }
            waiting += children.reversed()
        }
    }

    /// An object below the module, and what the names of its tensors begin with.
    private struct Inner {
        let value: PickleValue
        let prefix: String
    }

    private mutating func count(_ tensor: TorchTensor, _ name: String, isBuffer: Bool) {
        hasTensors = true
        let shared = tally.add(name, tensor, isBuffer: isBuffer)
        listing?.add(name, tensor, sharedWith: shared)
    }

    /// Modules and C++ classes of torch itself that hold quantised weights.
    private static func isPacked(_ module: String) -> Bool {
        module.contains(".quantized") || module.hasPrefix("__torch__.torch.classes.rnn")
    }

    /// What `__getstate__` of a quantised module gives: weight and bias somewhere among settings, in tuples and lists.
    /// Integers are settings too (torch/csrc/quantized/serialization.h, `ConvParamsSerializationTypeV2`).
    private mutating func addPacked(
        _ state: PickleValue, _ prefix: String, _ waiting: inout [Inner], _ seen: inout Set<PickleValue>
    ) {
        var containers = [state]
        var number = 0
        while let container = containers.popLast() {
            for item in container.elements {
                if let tensor = TorchRebuild.tensor(item) {
                    guard tensor.dataType.hasPrefix("q") || tensor.dataType.hasPrefix("float") else { continue }
                    hasPackedWeights = true
                    // They have no names of their own: `conv[0]` is the first in `conv`.
                    let owner = prefix.hasSuffix(".") ? prefix.dropLast() : prefix[...]
                    count(tensor, "\(owner)[\(number)]", isBuffer: false)
                    number += 1
                } else if let object = item.object {
                    // Lists are made by a call that gives them their type.
                    let isList = object.callee.global?.module == "torch.jit._pickle"
                    let list = isList ? object.arguments.elements.first : nil
                    if let list, seen.insert(list).inserted { containers.append(list) }
                    if !isList { waiting.append(Inner(value: item, prefix: prefix)) }
                } else if item.kind == .tuple || item.kind == .list, seen.insert(item).inserted {
                    containers.append(item)
                }
            }
        }
    }

    /// A tensor is what its class says; where that cannot be read, requires_grad tells a parameter.
    private mutating func add(
        _ tensor: TorchTensor, named name: String, below prefix: String, _ declaration: ScriptCode.Class?
    ) {
        guard let declaration else { return count(tensor, prefix + name, isBuffer: !tensor.requiresGrad) }
        if declaration.parameters.contains(name) {
            count(tensor, prefix + name, isBuffer: false)
        } else if declaration.buffers?.contains(name) ?? true {
            count(tensor, prefix + name, isBuffer: true)
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
