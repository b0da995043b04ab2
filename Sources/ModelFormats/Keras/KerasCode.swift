import ModelContainers
import ModelJSON

/// What of a configuration is code that Keras itself does not bring: Lambda layers, and classes and functions of others;
/// and what reaches beyond the file while it is read.
struct KerasCode {
    /// Names of the Lambda layers whose function is marshalled bytecode.
    private(set) var lambdas: [String] = []
    /// `module.Class`, or the name it was registered under.
    private(set) var classes: Set<String> = []
    /// Whether there are more classes than are kept.
    private(set) var isCut = false
    private(set) var packages: Set<String> = []
    /// Layers that load something of their own: `TFSMLayer`, `TorchModuleWrapper`.
    private(set) var loaders: Set<String> = []
    /// What is named and known to do harm, with why.
    private(set) var dangers: [String: String] = [:]
    /// Layers that read a vocabulary from a file, and whether that file is named by an address.
    private(set) var vocabularies: [String: Bool] = [:]
    /// Names of layers that would leave the folder their state is kept in.
    private(set) var climbing: Set<String> = []
    /// Where classes and functions of others are defined, as far as the configuration says so.
    private(set) var owners: Set<KerasOwner> = []
    /// Whether the optimizer is one that Keras 3 has for PyTorch alone.
    private(set) var hasTorchOptimizer = false
    private(set) var hasBidirectional = false
    /// Whether a ReLU has its numbers as values of numpy, which no Keras reads back.
    private(set) var hasUnreadableReLU = false
    private let names: KerasNames

    private init(generation: Int?) { names = KerasNames(generation: generation) }

    /// Of a whole configuration, and of what the model was compiled with where that stands apart.
    init(_ document: JSONValue, training: JSONValue? = nil, generation: Int?) {
        self.init(generation: generation)
        collect(document, isLayer: true)
        if let training { collect(training) }
    }

    var isEmpty: Bool { lambdas.isEmpty && classes.isEmpty && loaders.isEmpty && dangers.isEmpty }

    /// More names of one kind are not kept: each of them says the same of the verdict.
    private static let mostNames = 10_000

    private mutating func addClass(_ name: String) {
        if classes.count < Self.mostNames { classes.insert(name) } else if !classes.contains(name) { isCut = true }
    }

    private mutating func addLambda(_ name: String) {
        if lambdas.count < Self.mostNames { lambdas.append(name) }
    }

    private mutating func addDanger(_ name: String, _ reason: String) {
        if dangers.count < Self.mostNames { dangers[name] = reason }
    }

    /// What the configuration makes of loading.
    var verdict: Loading.Verdict { !dangers.isEmpty ? .dangerous : isEmpty ? .dataOnly : .needsCode }

    /// Walks no deeper than the document is, which its reader has limited.
    private mutating func collect(_ value: JSONValue, isLayer: Bool = false) {
        if let elements = value.array {
            for element in elements { collect(element, isLayer: isLayer) }
            return
        }
        guard let members = value.object else { return }
        var isLambda = false
        if let className = members["class_name"]?.string {
            isLambda = judge(className, members, isLayer: isLayer)
        }
        for (key, value) in members {
            // The function of a Lambda is the layer's; its arguments and its mask are objects like any other.
            if isLambda, key == "config" {
                for (key, value) in value.object ?? [:] where key != "function" { collect(value) }
                continue
            }
            let holdsLayers = ["layers", "layer", "cell", "cells", "forward_layer", "backward_layer"].contains(key)
            let isBareSequence = key == "config" && value.array != nil
            collect(value, isLayer: holdsLayers || isBareSequence || isLayer && value.array != nil && key == "items")
        }
    }

    private static func isNumPy(_ config: JSONValue?) -> (String) -> Bool {
        { config?[$0]?["class_name"]?.string == "__numpy__" }
    }

    /// Returns whether it is a Lambda with a function of its own.
    private mutating func judge(_ className: String, _ members: JSONObject, isLayer: Bool) -> Bool {
        let module = members["module"]?.string
        let config = members["config"]
        let plain = className.split(separator: ">").last.map(String.init) ?? className
        if module?.hasPrefix("keras.src.backend.torch.optimizers.") ?? false { hasTorchOptimizer = true }
        let isOwn = module.map { KerasNames.path($0) != nil } ?? isLayer
        if let name = config?["name"]?.string ?? members["name"]?.string, Self.climbs(name),
            climbing.count < Self.mostNames
        {
            climbing.insert(name)
        }
        if className == "__lambda__" {
            addLambda(members["name"]?.string ?? "a function")
            return false
        }
        if className == "__typespec__" {
            typeSpecification(members)
            return false
        }
        if plain == "Bidirectional", isOwn { hasBidirectional = true }
        if plain == "ReLU", isOwn, ["negative_slope", "threshold"].contains(where: Self.isNumPy(config)) {
            hasUnreadableReLU = true
        }
        if plain == "Lambda", isOwn { return lambda(config, name: config?["name"]?.string ?? plain) }
        if className == "function" {
            if let function = config?.string { judge(function: function, in: module, members) }
            return false
        }
        if ["TFSMLayer", "TorchModuleWrapper", "FlaxLayer", "JaxLayer"].contains(plain) { loaders.insert(plain) }
        if isOwn { reach(plain, config) }
        // What has no settings is no object: TensorShape, __tuple__ and their like stand for themselves.
        guard !className.hasPrefix("__"), config != nil, let foreign = foreignName(className, members, isLayer: isLayer)
        else { return false }
        let registered = members["registered_name"]?.string ?? className
        add(foreign, plain, module, registered: registered)
        if module == nil { own(plain, registered: registered) } else { own(plain, module, registered: registered) }
        return false
    }

    /// A class or a function that is not Keras' own.
    private mutating func add(_ foreign: String, _ name: String, _ module: String?, registered: String) {
        if let module, let reason = KerasNames.danger(name, in: module) { addDanger(foreign, reason) }
        addClass(foreign)
        let package = registered.contains(">") ? registered.split(separator: ">").first.map(String.init) : nil
        for origin in [module?.split(separator: ".").first.map(String.init), package] {
            if let package = origin.flatMap({ Self.pip[$0] }) { packages.insert(package) }
        }
    }

    private mutating func judge(function: String, in module: String?, _ members: JSONObject) {
        let home = module ?? "builtins"
        guard !names.has(function, in: home) else { return }
        // A function that was registered is found by that name, whatever the module.
        let isNamed = home == "builtins" && KerasNames.danger(function, in: home) == nil
        add(isNamed ? function : "\(home).\(function)", function, home, registered: function)
        own(function, module, registered: members["registered_name"]?.string ?? function)
    }

    private mutating func own(_ name: String, _ module: String?, registered: String) {
        guard let module, PythonName.isPlain(module, name), !name.contains(".") else { return }
        let package = module.split(separator: ".").first.map(String.init) ?? ""
        guard !["builtins", "keras", "tf_keras", "tensorflow"].contains(package) else { return }
        add(KerasOwner(module: module, name: name, registered: registered))
    }

    private mutating func add(_ owner: KerasOwner) {
        if owners.count <= KerasOwner.most { owners.insert(owner) }
    }

    /// A class of nobody knows where, unless a package is known to register it.
    private mutating func own(_ name: String, registered: String) {
        let package = registered.split(separator: ">").first.map(String.init) ?? ""
        guard PythonName.isPlain(package, name), !name.contains("."), Self.pip[package] == nil else { return }
        add(KerasOwner(module: nil, name: name, registered: registered))
    }

    /// Keras 1 and 2 keep the function's name, or its bytecode; Keras 3 an object.
    private mutating func lambda(_ config: JSONValue?, name: String) -> Bool {
        let function = config?["function"]
        if config?["function_type"]?.string == "function", let function = function?.string {
            // engine of Keras 2, `Lambda._parse_function_from_config`: names of the module are at hand.
            let module = config?["module"]?.string
            let harm = module.flatMap { KerasNames.danger(function, in: $0) }
            if let module, let harm { addDanger("\(module).\(function)", harm) }
            addClass(function)
            return true
        }
        if function?["class_name"]?.string == "function" { return false }
        if let function = function?.string, !function.isEmpty, config?["function_type"] == nil {
            if !names.has(function, in: "builtins") { addClass(function) }
            return true
        }
        addLambda(name)
        return true
    }

    /// A type of TensorFlow's own; whatever else stands here is imported like a class.
    private mutating func typeSpecification(_ members: JSONObject) {
        let module = members["module"]?.string ?? ""
        let name = members["spec_name"]?.string ?? ""
        let isPlain = ["TensorSpec", "RaggedTensorSpec", "SparseTensorSpec", "IndexedSlicesSpec", "VariableSpec"]
            .contains(name)
        if !isPlain || !module.hasPrefix("tensorflow.python.") {
            add("\(module).\(name)", name, module, registered: name)
        }
    }

    /// Layers that do something by their settings.
    private mutating func reach(_ name: String, _ config: JSONValue?) {
        let label = config?["name"]?.string ?? name
        switch name {
        case "StringLookup", "IntegerLookup", "TextVectorization", "IndexLookup":
            if let path = config?["vocabulary"]?.string, !path.isEmpty, vocabularies.count < Self.mostNames {
                vocabularies[label] = path.utf8.firstRange(of: "://".utf8) != nil
            }
        case "TFOpLambda", "SlicingOpLambda", "InstanceMethod", "InstanceProperty", "ClassMethod":
            for key in ["function", "symbol"] {
                guard let function = config?[key]?.string, let found = KerasNames.judge(operation: function) else {
                    continue
                }
                add(found, "tf.\(function)")
            }
        case "TensorFlowOpLayer":
            let definition = config?["node_def"]
            let node =
                definition?.string.flatMap { try? JSONValue.parse(Array($0.utf8), dialect: .python) } ?? definition
            guard let operation = node?["op"]?.string else {
                addClass("tf.raw_ops of an unreadable node")
                return
            }
            if let found = KerasNames.judge(rawOperation: operation) { add(found, "tf.raw_ops.\(operation)") }
        default: break
        }
    }

    private mutating func add(_ found: (isDangerous: Bool, reason: String), _ name: String) {
        if found.isDangerous { addDanger(name, found.reason) }
        addClass(name)
    }

    /// Whether a name would lead out of a folder that it becomes a path in.
    private static func climbs(_ name: String) -> Bool {
        name.hasPrefix("/") || name.hasPrefix("\\")
            || name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }

    /// Whether the class of a layer or model is not Keras' own.
    static func isForeign(_ layer: KerasObject) -> Bool {
        KerasCode(generation: nil).foreignName(layer.className, layer.members, isLayer: true) != nil
    }

    /// How to name a class that is not Keras' own; nil for its own.
    ///
    /// Source: keras/src/saving/serialization_lib.py, `_get_class_or_fn_config` and `_retrieve_class_or_fn`: its own have
    /// a module of keras, or, in files without modules, a name that is built into Keras.
    private func foreignName(_ className: String, _ members: JSONObject, isLayer: Bool) -> String? {
        let plain = className.split(separator: ">").last.map(String.init) ?? className
        if let module = members["module"]?.string {
            return names.has(plain, in: module) ? nil : "\(module).\(plain)"
        }
        if KerasNames.hasPlain(plain, isLayer: isLayer), !className.contains(">") || className.hasPrefix("Keras>") {
            return nil
        }
        let registered = members["registered_name"]?.string ?? className
        if let package = registered.split(separator: ">").first, registered.contains(">"), package != "Keras" {
            // Releases around 2.11 wrote their own optimizers and losses as Custom>Adam.
            let isOwn = package == "Custom" && !isLayer && KerasNames.hasPlain(plain, isLayer: false)
            return isOwn ? nil : registered
        }
        return KerasNames.hasPlain(plain, isLayer: isLayer) ? nil : plain
    }

    /// Packages, as pip spells them, by their module or the name that they register their classes under.
    private static let pip = [
        "keras_hub": "keras-hub", "keras_cv": "keras-cv", "keras_nlp": "keras-nlp", "keras_rs": "keras-rs",
        "keras_tuner": "keras-tuner", "Addons": "tensorflow-addons", "tensorflow_addons": "tensorflow-addons",
        "tensorflow_hub": "tensorflow-hub", "autokeras": "autokeras", "segmentation_models": "segmentation-models",
    ]
}
