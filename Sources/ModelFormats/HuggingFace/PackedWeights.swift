import ModelJSON

/// Weights of several to a number, and what they stand for.
///
/// Layouts: GPTQ packs a column of `qweight` into int32, AWQ a row, MLX a row of `weight` into uint32, bitsandbytes two of
/// 4 bits into a uint8, compressed-tensors `weight_packed` into int32, MXFP4 two into a uint8 of `…_blocks`. Scales, zero points and orders are none of the
/// model's parameters.
struct PackedWeights {
    private let scheme: String
    private let bits: Int
    private let tensors: [SafetensorsHeader.Tensor]
    private let place: String

    /// Nil when nothing is packed, or nothing says how.
    init?(_ config: JSONValue, _ weights: FolderWeights?) {
        guard let weights, !weights.tensors.isEmpty else { return nil }
        let isMLX = weights.format == "mlx" || config["quantization"]?.object != nil
        let key = isMLX && config["quantization"]?.object != nil ? "quantization" : "quantization_config"
        guard let described = config[key]?.object else { return nil }
        let method = described["quant_method"]?.string?.lowercased()
        let known: String? =
            switch method {
            case "gptq": "GPTQ"
            case "awq": "AWQ"
            case "bitsandbytes": "bitsandbytes"
            case "compressed-tensors": "compressed-tensors"
            case "fp8", "fbgemm_fp8": "FP8"
            case "mxfp4": "MXFP4"
            case nil where isMLX: "MLX"
            default: nil
            }
        let bits =
            described["bits"]?.int ?? described["w_bit"]?.int
            ?? (described["load_in_4bit"]?.bool == true || described["_load_in_4bit"]?.bool == true ? 4 : nil)
            ?? (described["load_in_8bit"]?.bool == true || described["_load_in_8bit"]?.bool == true ? 8 : nil)
            ?? Self.groupBits(described) ?? known.flatMap { ["FP8": 8, "MXFP4": 4][$0] }
        guard let known, let bits, (1...32).contains(bits) else { return nil }
        (scheme, self.bits, tensors, place) = (known, bits, weights.tensors, "config.json: \(key)")
    }

    /// compressed-tensors: config_groups.group_0.weights.num_bits.
    private static func groupBits(_ described: JSONObject) -> Int? {
        described["config_groups"]?.object?.first?.value["weights"]?["num_bits"]?.int
    }

    /// Packages that unpack them.
    static func packages(_ config: JSONValue) -> [String] {
        switch config["quantization_config"]?["quant_method"]?.string?.lowercased() {
        case "gptq": ["optimum", "gptqmodel"]
        // transformers 5 unpacks them by another package (quantizers/quantizer_awq.py).
        case "awq": isOfRelease5(config) ? ["gptqmodel", "accelerate"] : ["autoawq"]
        case "fp8", "mxfp4", "bitnet": ["accelerate"]
        case "aqlm": ["aqlm", "accelerate"]
        case "vptq": ["vptq", "accelerate"]
        case "quanto": ["optimum-quanto", "accelerate"]
        case "torchao": ["torchao"]
        case "auto-round": ["auto-round"]
        case "bitsandbytes": ["bitsandbytes", "accelerate"]
        case "compressed-tensors": ["compressed-tensors"]
        default: []
        }
    }

    private static func isOfRelease5(_ config: JSONValue) -> Bool {
        let major = config["transformers_version"]?.string?.split(separator: ".").first.flatMap { Int($0) }
        return (major ?? 0) >= 5
    }

    /// Numbers packed by a method that is not known here: what they stand for the shapes do not say.
    static func areOpaque(_ config: JSONValue, _ tensors: [SafetensorsHeader.Tensor]) -> Bool {
        guard let method = config["quantization_config"]?["quant_method"]?.string?.lowercased(),
            ![
                "gptq", "awq", "bitsandbytes", "compressed-tensors", "fp8", "fbgemm_fp8", "mxfp4",
            ].contains(method)
        else { return false }
        return tensors.contains { ["uint8", "int8", "int16", "uint16", "int32", "uint32"].contains($0.dataType) }
    }

    /// What stands beside packed weights: nothing of the model itself.
    private static let beside: Set<String> = [
        "qzeros", "scales", "g_idx", "absmax", "quant_map", "nested_absmax", "nested_quant_map", "SCB", "weight_format",
        "weight_scale", "weight_scale_inv", "weight_zero_point", "weight_shape", "weight_g_idx", "input_scale",
        "output_scale", "k_scale", "v_scale",
    ]

    func fill(_ result: inout ProbeResult) {
        let names = Set(tensors.lazy.map(\.name))
        var (total, stored, bytes, count, buffers) = (0, 0, 0, 0, 0)
        var types: [String: Int] = [:]
        for tensor in tensors {
            let (sum, overflow) = stored.addingReportingOverflow(tensor.elements)
            guard !overflow else { return }
            stored = sum
            bytes += tensor.end - tensor.begin
            types[tensor.dataType, default: 0] += tensor.elements
            count += 1
            if BatchStatistics.isNamed(tensor.name) {
                buffers += tensor.elements
                continue
            }
            let last = tensor.name.split(separator: ".").last.map(String.init) ?? tensor.name
            if Self.beside.contains(last) || last.hasSuffix("_scale_inv") || tensor.name.contains(".quant_state.") {
                continue
            }
            guard let elements = logical(tensor, last, names) else { continue }
            let (grown, tooLarge) = total.addingReportingOverflow(elements)
            guard !tooLarge else { return }
            total = grown
        }
        guard total > 0 else { return }
        result.facts.parameters = Parameters(
            total: total, buffers: buffers > 0 ? buffers : nil, bytes: bytes, dataTypes: types.filter { $0.value > 0 },
            tensors: count, stored: stored, bits: bits, scheme: scheme,
            counting: "what packed tensors stand for, and the others; scales and zero points are no parameters")
        result.note("parameters", .derived, "\(place): shapes and types of the headers, unpacked by it")
    }

    /// Nil for what belongs to a packed tensor.
    private func logical(_ tensor: SafetensorsHeader.Tensor, _ last: String, _ names: Set<String>) -> Int? {
        let stem = tensor.name.dropLast(last.utf8.count)
        switch scheme {
        case "GPTQ" where last == "qweight", "AWQ" where last == "qweight",
            "compressed-tensors" where last == "weight_packed":
            return unpacked(tensor)
        case "MXFP4" where last.hasSuffix("_blocks"): return unpacked(tensor)
        case "MXFP4" where last.hasSuffix("_scales"):
            return names.contains(tensor.name.dropLast("scales".utf8.count) + "blocks") ? nil : tensor.elements
        case "MLX":
            if last == "biases" { return names.contains(stem + "scales") ? nil : tensor.elements }
            return last == "weight" && names.contains(stem + "scales") ? unpacked(tensor) : tensor.elements
        case "bitsandbytes" where bits == 4 && names.contains(tensor.name + ".quant_map"): return unpacked(tensor)
        default: return tensor.elements
        }
    }

    private func unpacked(_ tensor: SafetensorsHeader.Tensor) -> Int? {
        let (size, overflow) = (tensor.end - tensor.begin).multipliedReportingOverflow(by: 8)
        return overflow ? nil : size / bits
    }
}
