import MLMInspect
import ModelFormats

/// Whose code runs when an artifact that needs code is loaded or used, in a few words. Finding codes and listed names say it.
enum CodeNeed {
    /// Nil when nothing in the record says it.
    static func words(_ record: Record, _ loading: Loading) -> String? {
        let codes = Set((record.findings ?? []).map(\.code))
        if let carried = first(of: carried, codes) { return carried }
        let own = ownClasses(loading)
        if !own.isEmpty { return fitted("classes its writer defined: \(listed(own))") }
        if let operators = first(of: operators, codes) { return operators }
        let reader = reader(loading)
        let names = (loading.imports ?? []).filter { $0.tier == .unknown }.map(\.name)
        // What only another reader imports is no class.
        let modules = modules(loading.classes ?? names)
        if isOfR(reader) { return inR(codes, reader: reader, packages: modules) }
        if !modules.isEmpty { return fitted("runs installed code of \(listed(modules))") }
        let builtins = names.filter { $0.hasPrefix("builtins.") }.map { String($0.dropFirst("builtins.".count)) }
        if !builtins.isEmpty { return fitted("calls Python's own \(listed(builtins))") }
        return first(of: unusual, codes)
    }

    /// A name as the program that loads it has it: the module that stands for the program itself is left out.
    static func ownName(_ name: String) -> String {
        name.hasPrefix(main) ? String(name.dropFirst(main.count)) : name
    }

    private static let main = "__main__."

    /// Those that the caller has to define. In Julia they are of the module `Main`, and nothing is imported by its name.
    private static func ownClasses(_ loading: Loading) -> [String] {
        if let define = loading.define { return define.map(ownName) }
        guard loading.imports == nil else { return [] }
        let main = "Main."
        return (loading.classes ?? []).filter { $0.hasPrefix(main) }.map { String($0.dropFirst(main.count)) }
    }

    /// The function that loads it; empty where none is known.
    static func reader(_ loading: Loading) -> String { loading.call.map { String($0.prefix { $0 != "(" }) } ?? "" }

    /// Whether that is one of R's own.
    static func isOfR(_ reader: String) -> Bool { reader == "readRDS" || reader == "load" }

    /// Code that lies in the artifact, or that only the artifact names.
    private static let carried: [(code: String, words: String)] = [
        ("keras.lambda", "runs Python bytecode that is stored in the file"),
        ("torch.code-inside", "runs Python code that is stored in the file"),
        ("pickle.code-by-value", "runs Python code that is stored in the file"),
        ("torch.native-code", "runs a compiled library that is stored in it"),
        ("torchscript.runs-at-load", "runs code of its own while it is loaded"),
        ("julia.code", "defines functions whose code is stored in it"),
        ("numpy.objects", "reads a pickle that is stored in the array"),
        ("torchserve.handler", "runs the handler that its manifest names"),
        ("esri.code", "runs Python code that it brings along or names"),
        ("huggingface.remote-code", "runs Python code that the model names"),
        ("diffusers.custom-code", "runs Python code that the model names"),
        ("sentence-transformers.custom-code", "runs Python code that the model names"),
        ("mlflow.code", "runs Python code that lies in its folder"),
        ("mlflow.loader", "imports a module that the model names"),
        ("peft.import", "imports a module that the adapter names"),
    ]

    /// Operators and functions that others have to supply.
    private static let operators: [(code: String, words: String)] = [
        ("tensorflow.python-operator", "calls Python functions of the program around it"),
        ("onnx.python-operator", "calls Python functions of the program around it"),
        ("coreml.custom-code", "has layers whose code the app brings"),
        ("torch.custom-operators", other), ("onnx.unknown-operators", other), ("onnx.custom-operators", other),
        ("tensorflow.custom-operators", other), ("openvino.custom-operator", other), ("tflite.custom-operators", other),
        ("stablehlo.custom-call", "calls functions that another library registers"),
        ("jax.custom-call", "calls functions that another library registers"),
        ("pmml.foreign-function", "calls functions that PMML does not have"),
        ("tflite.edge-tpu", "runs code that was compiled for an Edge TPU"),
        ("keras.foreign-layer", "one of its layers loads a model or code itself"),
    ]

    private static let other = "some operators are those of another library"

    /// What no usual writer does, and nothing else names.
    private static let unusual: [(code: String, words: String)] = [
        ("julia.imports", "imports modules whose names could not be read"),
        ("julia.unread-type", "makes objects of types that could not be read"),
        ("julia.types", "makes objects of types that could not be read"),
        ("pickle.computed-call", "calls what its own calls have returned"),
        ("pickle.item-assignment", "sets items of objects other than plain data"),
        ("pickle.changes-class", "changes an object that it has not made"),
        ("pickle.split-frame", "written so that readers differ in what they run"),
        ("onnx.refused", "uses operators that its loader refuses"),
        ("skops.untrusted-type", "makes types that skops takes only by name"),
    ]

    /// Reading an object of R loads the packages that it names and evaluates nothing of it; using the object does
    /// (R, src/main/serialize.c).
    private static func inR(_ codes: Set<String>, reader: String, packages: [String]) -> String? {
        if !packages.isEmpty { return fitted("\(reader) loads the installed \(listed(packages))") }
        if codes.contains("r.functions") { return "\(reader) runs nothing; its functions run in use" }
        if codes.contains("r.promise") { return "\(reader) runs nothing; promises in it run in use" }
        return nil
    }

    private static func first(of table: [(code: String, words: String)], _ codes: Set<String>) -> String? {
        table.first { codes.contains($0.code) }?.words
    }

    /// A line beside the verdict, on a terminal of 80 columns; what is longer is below it in full.
    private static func fitted(_ words: String) -> String { FittedText.start(words, room) }

    static let room = 52

    /// What the names begin with, each once. A name by which Keras has registered a class is of no module.
    private static func modules(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.filter { !$0.contains(">") }.map { String($0.prefix { $0 != "." }) }.filter {
            $0 != "builtins" && known.insert($0).inserted
        }
    }

    private static func listed(_ names: [String]) -> String {
        names.prefix(2).joined(separator: ", ") + (names.count > 2 ? ", …" : "")
    }
}
