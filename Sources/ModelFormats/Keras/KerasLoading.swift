import ModelContainers

/// The call that loads a model, what it needs, and what of it is code.
struct KerasLoading {
    let version: KerasVersion?
    /// The path as a Python literal.
    let path: String
    /// A `.keras` archive, not HDF5.
    let isArchive: Bool

    func loading(_ code: KerasCode, into result: inout ProbeResult, at place: String) -> Loading {
        let loader = version?.loader ?? (module: "keras", requires: ["keras"])
        var arguments = path
        // Keras 3 and the archives of Keras 2.12 and later ask before they run a Lambda; older HDF5 loading does not.
        if !code.lambdas.isEmpty, isArchive || (version?.major ?? 3) >= 3 { arguments += ", safe_mode=False" }
        report(code, into: &result, at: place)
        let classes = code.classes.sorted()
        return Loading(
            code.isEmpty ? .dataOnly : .needsCode, call: "\(loader.module).models.load_model(\(arguments))",
            requires: loader.requires + PackageNames.merged(code.packages, PythonPackages.needed(by: classes)),
            classes: classes.isEmpty ? nil : classes)
    }

    private func report(_ code: KerasCode, into result: inout ProbeResult, at place: String) {
        for name in code.lambdas.prefix(32) {
            let how =
                isArchive || (version?.major ?? 3) >= 3
                ? "loading it needs safe_mode=False" : "loading the model runs it without asking"
            result.report(
                .warning, code: "keras.lambda",
                "the Lambda layer \"\(name)\" holds marshalled Python bytecode; \(how)", at: place)
        }
        for name in Set(code.loaders).sorted() {
            result.report(
                .warning, code: "keras.foreign-layer",
                "a layer of class \(name) loads a model of another framework, or code, of its own", at: place)
        }
        guard !code.classes.isEmpty else { return }
        let list = code.classes.sorted()
        let names = list.prefix(8).joined(separator: ", ") + (list.count > 8 ? ", … \(list.count - 8) more" : "")
        result.report(
            .note, code: "keras.custom-objects", "classes or functions that Keras does not bring are needed: \(names)",
            at: place)
    }
}

enum PackageNames {
    static func merged(_ first: Set<String>, _ second: [String]) -> [String] { first.union(second).sorted() }
}
