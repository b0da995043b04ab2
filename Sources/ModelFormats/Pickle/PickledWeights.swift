import ModelContainers
import ModelJSON

/// Weights as numpy arrays by name, in a dict or under one of its keys: the zoo of Detectron2 and converted models of
/// torch are pickled so.
struct PickledWeights {
    let parameters: Parameters
    /// Names as torch's modules give them, which only torch has.
    let isTorch: Bool
    /// How they are reached in what is loaded, as Python spells it.
    let access: String
    /// The texts beside them: `__author__` of Detectron2.
    let notes: JSONObject

    private static let keys = ["model", "state_dict", "model_state_dict", "weights", "params", "blobs"]

    init?(_ root: PickledValue) {
        guard let entries = root.entries else { return nil }
        let inner = Self.keys.lazy.compactMap { key in
            entries.first { $0.name == key }.flatMap { Self.count($0.value) }.map { (key, $0) }
        }.first
        if let (key, found) = inner {
            access = "[\(PythonText.quoted(key))]"
            (parameters, isTorch) = found
        } else {
            guard let found = Self.count(root) else { return nil }
            access = ""
            (parameters, isTorch) = found
        }
        var notes = JSONObject()
        for (name, value) in entries.prefix(64) {
            guard let text = value.plain?.string, text.utf8.count <= 256, !PrivateText.holdsPath(text) else { continue }
            notes[name] = .string(text)
        }
        self.notes = notes
    }

    /// Every value is an array, and some have names of parameters in a module: `conv1.weight`.
    private static func count(_ value: PickledValue) -> (Parameters, isTorch: Bool)? {
        // A part of them would be a wrong count.
        guard let entries = value.entries, entries.count >= 2, entries.count == value.value.pairs.count else {
            return nil
        }
        var (total, buffers, bytes) = (0, 0, 0)
        var types: [String: Int] = [:]
        var structure = StructureSum()
        var isNamed = false
        var isTorch = false
        for (name, item) in entries {
            guard let array = item.array, let type = array.dataType, array.count < 1 << 40, array.itemSize <= 32 else {
                return nil
            }
            let isBuffer = BatchStatistics.isNamed(name)
            isTorch = isTorch || name.hasSuffix("num_batches_tracked") || name.hasSuffix("running_mean")
            isNamed = isNamed || (name.contains(".") && (name.hasSuffix(".weight") || name.hasSuffix(".bias")))
            if isBuffer { buffers += array.count } else { total += array.count }
            bytes += array.count * max(1, array.itemSize)
            types[type, default: 0] += array.count
            structure.add(name, shape: array.shape, dataType: type)
        }
        guard isNamed else { return nil }
        var parameters = Parameters(
            total: total, buffers: buffers > 0 ? buffers : nil, bytes: bytes,
            dataTypes: types.filter { $0.value > 0 }, tensors: entries.count,
            counting: "numpy arrays by name; \(BatchStatistics.rule)")
        parameters.structure = structure
        return (parameters, isTorch)
    }

    func fill(_ result: inout ProbeResult) {
        result.verdict = .model
        result.facts.roles = ["mlm:model", "mlm:weights"]
        result.facts.parameters = parameters
        result.note("roles", .derived, "arrays with the names of parameters, without the classes that use them")
        result.note("parameters", .read, "shapes and types of the arrays\(access.isEmpty ? "" : " at \(access)")")
        if isTorch {
            result.facts.framework = "PyTorch"
            result.note("framework", .derived, "names of torch's batch normalisation")
        }
        guard !notes.isEmpty else { return }
        result.facts.metadata = notes
        result.note("metadata", .read, notes.map(\.key).joined(separator: ", "))
    }
}
