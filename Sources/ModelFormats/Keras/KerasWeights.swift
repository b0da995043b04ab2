import ModelBytes
import ModelContainers

/// Counts the weights of a model by the datasets that hold them.
///
/// Keras' own count, `Model.count_params`, takes every weight once, moving statistics included, and leaves out the
/// optimizer, metrics and the states of random generators (keras/src/layers/layer.py, `weights`).
struct KerasWeights {
    private(set) var tally = ElementTally()
    /// The optimizer holds more than its step and its rate.
    private(set) var hasOptimizerState = false

    enum Layout: String {
        /// `model_weights/<layer>/<name>` of a whole model.
        case whole = "datasets under model_weights"
        /// `<layer>/<name>` of Keras 1 and 2.
        case named = "datasets of the layers that layer_names lists"
        /// `layers/<name>/vars/<number>` of Keras 3 and of tf.keras 2.12 and later.
        case numbered = "datasets in vars, without those of the optimizer, of metrics and of random generators"
    }

    /// `listing` receives all datasets of numbers, those of the optimizer too.
    mutating func add(
        _ outline: HDF5Outline, layout: Layout, layers: Set<String> = [], entry: String? = nil, listing: Listing?
    ) {
        let generators = Self.generators(outline)
        for object in outline.objects where object.kind == .dataset {
            if let listing, listing.wantsTensors { Self.list(object, entry, for: listing) }
            let parts = object.path.split(separator: "/").map(String.init)
            guard let top = parts.first else { continue }
            switch layout {
            case .whole:
                if top == "optimizer_weights", !(object.shape ?? []).isEmpty { hasOptimizerState = true }
                guard top == "model_weights" else { continue }
            case .named:
                guard layers.contains(top) || top == "top_level_model_weights" else { continue }
            case .numbered:
                guard parts.count >= 2, parts[parts.count - 2] == "vars" else { continue }
                if Self.isOptimizer(top) {
                    if !(object.shape ?? []).isEmpty { hasOptimizerState = true }
                    continue
                }
                let group = "/" + parts.dropLast().joined(separator: "/")
                guard !Self.isMetric(parts), !generators.contains(group) else { continue }
            }
            count(object)
        }
    }

    /// Where in the file a dataset lies is known to the library alone.
    private static func list(_ object: HDF5Outline.Object, _ entry: String?, for listing: Listing) {
        guard let type = type(object) else { return }
        let elements = object.shape.flatMap { TensorSize.elements($0) }
        listing.add(
            StoredTensor(
                name: String(object.path.dropFirst()), shape: object.shape, dataType: type.name,
                bytes: elements.flatMap { TensorSize.bytes($0, bits: type.bytes * 8) },
                place: StoredTensor.Place(entry: entry)))
    }

    private mutating func count(_ object: HDF5Outline.Object) {
        guard let shape = object.shape, let elements = TensorSize.elements(shape), let type = Self.type(object),
            let bytes = TensorSize.bytes(elements, bits: type.bytes * 8)
        else { return tally.addUncountable(object.path) }
        tally.add(object.path, shape: shape, dataType: type.name, bytes: bytes)
    }

    /// The type of a dataset as numpy calls it. Keras 3 stores bfloat16 as two opaque bytes and says so in an attribute
    /// (keras/src/saving/saving_lib.py, `H5IOStore.__setitem__`).
    private static func type(_ object: HDF5Outline.Object) -> (name: String, bytes: Int)? {
        if object.attribute("dtype")?.string == "bfloat16" { return ("bfloat16", 2) }
        switch object.type {
        case .integer(let bytes, let signed)? where [1, 2, 4, 8].contains(bytes):
            return ((signed ? "int" : "uint") + String(bytes * 8), bytes)
        case .float(let bytes, let name?)?: return (name, bytes)
        case .enumeration(let names)? where Set(names) == ["FALSE", "TRUE"]: return ("bool", 1)
        default: return nil
        }
    }

    private static func isOptimizer(_ top: String) -> Bool { top == "optimizer" || top == "_optimizer" }

    /// Metrics of a compiled model, and the tracker of its loss.
    private static func isMetric(_ parts: [String]) -> Bool {
        guard let top = parts.first else { return false }
        return [
            "metrics", "_metrics", "compiled_metrics", "compile_metrics", "compiled_loss", "loss_tracker",
            "_loss_tracker", "_compile_metrics", "_compile_loss",
        ].contains(top)
    }

    /// Groups of variables that belong to a random generator: by its usual name as an attribute, or by its own name.
    private static func generators(_ outline: HDF5Outline) -> Set<String> {
        var found: Set<String> = []
        for object in outline.objects where object.kind == .group {
            let parts = object.path.split(separator: "/")
            guard parts.last == "vars", parts.count >= 2 else { continue }
            let owner = parts[parts.count - 2]
            let name = object.attribute("name")?.string ?? ""
            if isGenerator(owner) || isGenerator(name[...]) { found.insert(object.path) }
        }
        return found
    }

    private static func isGenerator(_ name: Substring) -> Bool {
        name.hasPrefix("seed_generator") || name.hasSuffix("random_generator")
    }

    /// Nil when something cannot be counted; a model without weights has 0 parameters.
    func parameters(_ layout: Layout) -> Parameters? {
        let rule = "\(layout.rawValue); moving statistics are parameters, as Keras counts them"
        guard tally.tensors > 0 else { return Parameters(total: 0, bytes: 0, tensors: 0, counting: rule) }
        return tally.parameters(counting: rule)
    }
}
