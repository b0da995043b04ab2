import ModelBytes
import ModelContainers
import ModelJSON

/// From the headers of one model's safetensors files to facts.
enum SafetensorsFacts {
    static func fill(_ result: inout ProbeResult, from headers: [SafetensorsHeader], limits: Limits) {
        let place = "__metadata__"
        for header in headers { addMetadata(header, limits, &result) }
        framework(result.facts.metadata?["format"]?.string, place, &result)
        if let license = result.facts.metadata?["modelspec.license"]?.string {
            result.facts.license = license
            result.note("license", .read, "\(place): modelspec.license")
        }
        if let architecture = result.facts.metadata?["modelspec.architecture"]?.string {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(place): modelspec.architecture")
        }
        frameworkOfNames(headers, &result)
        parameters(headers, &result)
        WrapperPrefixes.report(headers.lazy.flatMap(\.tensors).map(\.name), at: "header", into: &result)
        // Without any, the files are missing.
        if !headers.isEmpty, headers.allSatisfy(\.tensors.isEmpty) { result.markNotAModel(because: "empty") }
    }

    private static func addMetadata(_ header: SafetensorsHeader, _ limits: Limits, _ result: inout ProbeResult) {
        guard !header.metadata.isEmpty else { return }
        EmbeddedMetadata.read(header.metadata, at: "__metadata__", limits: limits, into: &result)
        var metadata = result.facts.metadata ?? JSONObject()
        for (key, value) in header.metadata.prefix(limits.listedValues.value) where !PrivateText.isPath(value) {
            metadata[key] = JSONValue(value)
        }
        // Every shard has the same; one note is enough.
        if result.facts.metadata == nil { result.note("metadata", .read, "__metadata__") }
        result.facts.metadata = metadata
    }

    /// `format` names the framework whose tensors were saved.
    private static func framework(_ format: String?, _ place: String, _ result: inout ProbeResult) {
        let known: (framework: String, module: String)? =
            switch format {
            case "pt": ("PyTorch", "torch")
            case "tf": ("TensorFlow", "tensorflow")
            case "flax", "jax": ("Flax", "flax")
            case "np": ("NumPy", "numpy")
            case "paddle": ("Paddle", "paddle")
            case "mlx": ("MLX", "mlx")
            default: nil
            }
        guard let known else {
            if let format {
                result.report(
                    .note, code: "safetensors.format", "format \"\(format)\" is not the name of a known framework",
                    at: place)
            }
            return
        }
        result.facts.framework = known.framework
        result.facts.artifactType = "safetensors.\(known.module).save_file"
        result.facts.mediaType =
            "application/octet-stream; framework=\(known.framework.lowercased()); format=safetensors"
        result.note("framework", .read, "\(place): format = \(format ?? "")")
        result.note("artifact_type", .derived, "\(place): format = \(format ?? "")")
        result.note("media_type", .derived, "\(place): format = \(format ?? "")")
    }

    /// Without a word on its framework, a name that only one framework gives tells it: torch's batch normalisation counts.
    private static func frameworkOfNames(_ headers: [SafetensorsHeader], _ result: inout ProbeResult) {
        guard result.facts.framework == nil,
            let name = headers.lazy.flatMap(\.tensors).map(\.name).first(where: {
                $0 == "num_batches_tracked" || $0.hasSuffix(".num_batches_tracked")
            })
        else { return }
        result.facts.framework = "PyTorch"
        result.note("framework", .derived, "header: only torch's batch normalisation has \(name)")
    }

    private static func parameters(_ headers: [SafetensorsHeader], _ result: inout ProbeResult) {
        var total = 0
        var buffers = 0
        var bytes = 0
        var count = 0
        var types: [String: Int] = [:]
        var (run, elements) = ("", 0)
        var structure = StructureSum()
        for tensor in headers.lazy.flatMap(\.tensors) {
            // The ranges were checked against the size of the file, so that no sum can overflow by them; a type of 4 bits
            // at most doubles the count.
            if BatchStatistics.isNamed(tensor.name) { buffers += tensor.elements } else { total += tensor.elements }
            bytes += tensor.end - tensor.begin
            // Tensors of one type follow each other, so that the dictionary is asked once a run.
            if tensor.dataType != run {
                if !run.isEmpty { types[run, default: 0] += elements }
                (run, elements) = (tensor.dataType, 0)
            }
            elements += tensor.elements
            structure.add(tensor.name, shape: tensor.shape, dataType: tensor.dataType)
            count += 1
        }
        guard count > 0 else { return }
        types[run, default: 0] += elements
        // Tensors without elements have a type that nothing is of.
        types = types.filter { $0.value > 0 }
        var parameters = Parameters(
            total: total, buffers: buffers > 0 ? buffers : nil, bytes: bytes, dataTypes: types, tensors: count,
            counting: "tensors of the header; \(BatchStatistics.rule)")
        parameters.structure = structure
        result.facts.parameters = parameters
        result.note("parameters", .read, "header, shapes and types")
    }

    /// Types that NumPy itself has, and so safetensors.numpy needs nothing else for.
    private static let numpyTypes: Set<String> = [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32",
        "float64",
        "complex64",
    ]

    /// Whoever saved them, tensors of NumPy's types can be read as its arrays.
    static func loading(_ facts: ModelFacts, path: String) -> Loading {
        let types = facts.parameters?.dataTypes?.keys.map { $0 } ?? []
        let isPlain = !types.isEmpty && types.allSatisfy(numpyTypes.contains)
        return loading(facts.framework ?? (isPlain ? "NumPy" : nil), path: path)
    }

    private static func loading(_ framework: String?, path: String) -> Loading {
        let call: (String, [String])? =
            switch framework {
            case "PyTorch": ("safetensors.torch.load_file(\(path))", ["safetensors", "torch"])
            case "TensorFlow": ("safetensors.tensorflow.load_file(\(path))", ["safetensors", "tensorflow"])
            case "Flax": ("safetensors.flax.load_file(\(path))", ["safetensors", "flax"])
            case "NumPy": ("safetensors.numpy.load_file(\(path))", ["safetensors", "numpy"])
            case "Paddle": ("safetensors.paddle.load_file(\(path))", ["safetensors", "paddlepaddle"])
            default: nil
            }
        return Loading(.dataOnly, call: call?.0, requires: call?.1 ?? ["safetensors"])
    }
}
