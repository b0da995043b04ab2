import ModelBytes
import ModelContainers
import ModelJSON

/// The constants of all graphs: which of them are parameters, and whether all are there.
enum TFLiteParameters {
    static let rule =
        "constant tensors of all graphs, a shared buffer once; integers that stand for no real numbers (shapes, axes, "
        + "indices) are left out"

    static func fill(
        _ result: inout ProbeResult, from model: TFLiteModel, beside artifact: Artifact
    ) throws(InspectionError) {
        var tally = ElementTally()
        var seen: Set<Int> = []
        var misfit: String?
        var quantized: [String: Int] = [:]
        let external = try TFLiteExternalBuffers(model)
        for graph in model.subgraphs {
            for table in graph.tensors {
                let tensor = TFLiteTensor(table: table)
                let outside = try tensor.externalBuffer()
                let index = try tensor.buffer()
                var size: Int?
                if outside > 0 {
                    size = external.length(outside)
                } else if case .bytes(let range) = try model.buffer(index) {
                    size = range.count
                }
                // Tensors with one buffer are one and the same constant; external ones are counted by their own number.
                guard let size, seen.insert(outside > 0 ? -outside : index).inserted else { continue }
                let type = try tensor.dataType() ?? "unknown"
                let isQuantized = try tensor.isQuantized()
                guard isQuantized || type.contains("float") || type.hasPrefix("complex") else { continue }
                let shape = try tensor.constantShape()
                if let elements = TensorSize.elements(shape), try !tensor.isSparse() {
                    let needed = try tensor.bytes(elements)
                    if needed != size, misfit == nil { misfit = try tensor.name() }
                }
                if isQuantized { quantized[type, default: 0] += 1 }
                tally.add(try tensor.name(), shape: shape, dataType: type, bytes: size)
            }
        }
        if let misfit = misfit ?? tally.uncountable {
            result.report(
                .warning, code: "tflite.buffer-size",
                "tensor \"\(misfit)\" has a shape that does not fit its buffer, so nothing is counted",
                at: "subgraphs: tensors")
        } else {
            result.facts.parameters = tally.parameters(counting: rule)
            if tally.tensors > 0 { result.note("parameters", .read, "subgraphs: tensors: shape, type, buffer") }
        }
        if !quantized.isEmpty {
            let list = quantized.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
            result.report(
                .note, code: "tflite.quantized", "the model is quantised: \(list) are constants with a scale",
                at: "subgraphs: tensors: quantization")
        }
        if try !external.report(beside: artifact, into: &result) { result.loading = Loading(.incomplete) }
    }
}

/// Constants that lie in files of their own beside the model (schema.fbs, ExternalBufferGroup).
struct TFLiteExternalBuffers {
    private let groups: [String]
    private let buffers: [Int: (group: Int, offset: Int, length: Int)]

    init(_ model: TFLiteModel) throws(InspectionError) {
        var groups: [String] = []
        try model.table.forEachTable(8) { table throws(InspectionError) in groups.append(try table.string(0) ?? "") }
        var buffers: [Int: (group: Int, offset: Int, length: Int)] = [:]
        try model.table.forEachTable(9) { table throws(InspectionError) in
            let length = try table.unsigned(3, width: 8) ?? 0
            buffers[Int(try table.unsigned(0, width: 4) ?? 0)] = (
                Int(try table.unsigned(1, width: 4) ?? 0), Int(clamping: try table.unsigned(2, width: 8) ?? 0),
                Int(clamping: length)
            )
        }
        self.groups = groups
        self.buffers = buffers
    }

    /// Where the buffer with this number lies; nil when there is none.
    func place(_ number: Int) -> (file: String?, offset: Int, length: Int)? {
        guard let buffer = buffers[number] else { return nil }
        let name = groups.indices.contains(buffer.group) ? groups[buffer.group] : ""
        return (Artifact.staysBelow(name) ? name : nil, buffer.offset, buffer.length)
    }

    /// Bytes of the buffer with this number; nil when there is none.
    func length(_ number: Int) -> Int? { buffers[number]?.length }

    /// Lists the files; false when one is missing.
    func report(beside artifact: Artifact, into result: inout ProbeResult) throws(InspectionError) -> Bool {
        var isWhole = true
        for name in Set(groups).sorted() where !name.isEmpty {
            let size: Int?
            do throws(InspectionError) {
                size = try artifact.companionSize(name)
            } catch {
                guard error.reason == .malformed else { throw error }
                result.report(
                    .warning, code: "shards.outside", "an external file that the model names: \(error.message)")
                isWhole = false
                continue
            }
            result.files.append(FileMember(path: name, role: "mlm:weights", present: size != nil, size: size))
            if size == nil {
                isWhole = false
                result.report(.warning, code: "shards.missing", "a file that the model names is missing", at: name)
            }
        }
        return isWhole
    }
}

/// How the integers of inputs and outputs stand for real numbers.
enum TFLiteQuantization {
    static func fill(
        _ result: inout ProbeResult, from ports: TFLitePorts, in graph: TFLiteSubgraph
    ) throws(InspectionError) {
        var found = JSONObject()
        for (key, named) in [("inputs", ports.quantizedInputs), ("outputs", ports.quantizedOutputs)] {
            var members = JSONObject()
            for (name, index) in named {
                let tensor = TFLiteTensor(table: graph.tensors[index])
                guard let quantization = try tensor.quantization(), quantization.scales == 1 else { continue }
                members[name] = .object([
                    "scale": JSONValue(quantization.scale), "zero_point": JSONValue(quantization.zeroPoint),
                ])
            }
            if !members.isEmpty { found[key] = .object(members) }
        }
        guard !found.isEmpty else { return }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["quantization"] = .object(found)
        result.facts.metadata = metadata
        result.note("metadata.quantization", .read, "subgraphs[0]: tensors: quantization: scale, zero_point")
    }
}
