import ModelBytes
import ModelContainers

/// Whether `torch.load(…, weights_only=True)` would take a pickle: the rules of torch 2.13's restricted unpickler
/// (torch/_weights_only_unpickler.py).
enum WeightsOnly {
    /// What makes it refuse, in words; nil when it accepts.
    static func refusal(_ pickle: Pickle) -> String? {
        if let failure = pickle.failure { return failure.message }
        for stream in pickle.streams {
            // It knows the opcodes that protocol 2 writes; 4 and later write text and imports in ways of their own.
            if stream.protocolVersion > 3 {
                return "it does not know the opcodes of protocol \(stream.protocolVersion)"
            }
        }
        for item in pickle.imports {
            let module = ImportPolicy.modern(module: item.module)
            guard item.kind == .named, TorchImports.policy.judge(module: module, name: item.name) == .allowed else {
                return "\(module).\(item.name) is not on its list"
            }
        }
        for object in pickle.objects {
            guard let (module, _) = object.callee.global else { return "it calls what is no import" }
            let isOrderedDict = object.callee.isGlobal("collections", "OrderedDict")
            let isCounter = object.callee.isGlobal("collections", "Counter")
            if !object.pairs.isEmpty, !isOrderedDict, !isCounter { return "it sets items of an object of \(module)" }
            if !object.elements.isEmpty { return "it appends to an object of \(module)" }
        }
        return nil
    }
}
