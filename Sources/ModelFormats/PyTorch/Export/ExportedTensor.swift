import ModelContainers
import ModelJSON

/// `TensorMeta` of torch/_export/serde/schema.py: type and sizes, of which some may be symbolic.
struct ExportedTensor {
    /// A size: fixed, or a symbol or expression.
    enum Size: Hashable {
        case fixed(Int)
        case symbolic(String)
    }

    let dataType: String?
    let sizes: [Size]
    let strides: [Int]
    let storageOffset: Int
    let device: String?

    init?(_ value: JSONValue) {
        // Schema 1 wraps it: {"meta": {…}}.
        let meta = value.member("meta") ?? value
        guard let sizes = meta["sizes"]?.array else { return nil }
        var read: [Size] = []
        for size in sizes {
            guard let size = Self.size(size) else { return nil }
            read.append(size)
        }
        self.sizes = read
        dataType = meta["dtype"]?.int.flatMap(Self.dataType)
        strides = (meta["strides"]?.array ?? []).compactMap { $0["as_int"]?.int }
        storageOffset = meta["storage_offset"]?.int ?? meta["storage_offset"]?["as_int"]?.int ?? 0
        let index = meta["device"]?["index"]?.int.map { ":\($0)" } ?? ""
        device = meta["device"]?["type"]?.string.map { $0 + index }
    }

    /// -1 for every symbolic size; the hint that torch kept is an example, not a fact.
    var shape: [Int] {
        sizes.map { if case .fixed(let size) = $0 { size } else { -1 } }
    }

    private static func size(_ value: JSONValue) -> Size? {
        if let fixed = value.member("as_int")?.int { return fixed >= 0 ? .fixed(fixed) : nil }
        guard let expression = value.member("as_expr")?["expr_str"]?.string else { return nil }
        return .symbolic(symbol(expression))
    }

    /// `s77` of `Symbol('s77', positive=True, integer=True)`, which newer schemas write; any other expression stays.
    static func symbol(_ expression: String) -> String {
        var text = expression
        while let start = text.firstRange(of: "Symbol('") {
            guard let quote = text[start.upperBound...].firstIndex(of: "'"),
                let end = text[quote...].firstIndex(of: ")")
            else {
                return text
            }
            text.replaceSubrange(start.lowerBound...end, with: String(text[start.upperBound..<quote]))
        }
        return text
    }

    /// `ScalarType` of the schema; neither torch's C++ enum nor ONNX's.
    private static func dataType(_ number: Int) -> String? {
        let names = [
            1: "uint8", 2: "int8", 3: "int16", 4: "int32", 5: "int64", 6: "float16", 7: "float32", 8: "float64",
            9: "complex32", 10: "complex64", 11: "complex128", 12: "bool", 13: "bfloat16", 28: "uint16",
            29: "float8_e4m3fn", 30: "float8_e5m2", 31: "float8_e4m3fnuz", 32: "float8_e5m2fnuz", 33: "float8_e8m0fnu",
            34: "uint32", 35: "uint64",
        ]
        return names[number]
    }
}

/// `RangeConstraint`: the bounds of a symbol.
struct ExportedRange {
    let min: Int?
    let max: Int?

    init(_ value: JSONValue) {
        min = value["min_val"]?.int
        // Infinity is written as null, or as the largest number that its writer had.
        max = value["max_val"]?.int.flatMap { $0 >= Int.max - 1 ? nil : $0 }
    }
}

/// What is needed of a graph's node: its operator, the first value it reads, the first it computes, and its module.
struct ExportedNode {
    private(set) var target = ""
    private(set) var firstInput: String?
    private(set) var firstOutput: String?
    private(set) var rootClass: String?

    init(_ scanner: inout JSONScanner) throws {
        var node = ExportedNode()
        try scanner.object { key, scanner in
            switch key {
            case "target": node.target = try scanner.string()
            case "inputs": node.firstInput = try Self.firstTensor(&scanner, below: "arg")
            case "outputs": node.firstOutput = try Self.firstTensor(&scanner, below: nil)
            case "metadata":
                try scanner.object { key, scanner in
                    if key == "nn_module_stack" { node.rootClass = Self.rootClass(try scanner.string()) }
                }
            default: break
            }
        }
        self = node
    }

    private init() {}

    /// Spatial dimensions and two: 4 for a two-dimensional convolution; nil for any other operator.
    var convolvedRank: Int? {
        let parts = target.split(separator: ".")
        guard parts.count > 3, parts[2] == "aten" else { return nil }
        switch parts[3] {
        case "conv1d", "conv_transpose1d": return 3
        case "conv2d", "conv_transpose2d": return 4
        case "conv3d", "conv_transpose3d": return 5
        // Of any rank; the value's own sizes decide.
        case "convolution", "_convolution": return 0
        default: return nil
        }
    }

    private static func firstTensor(_ scanner: inout JSONScanner, below key: String?) throws -> String? {
        var name: String?
        var index = 0
        try scanner.array { scanner in
            defer { index += 1 }
            guard index == 0 else { return }
            let value = try scanner.value()
            let argument = key.flatMap { value[$0] } ?? value
            name = argument.member("as_tensor")?["name"]?.string
        }
        return name
    }

    /// `L__self__,,networks.UNet;L__self__encoder,encoder,torch.nn…`: the first is the module that was exported. Empty for
    /// one of torch's own.
    private static func rootClass(_ stack: String) -> String? {
        guard let first = stack.split(separator: ";").first else { return nil }
        let parts = first.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, let name = parts[2].split(separator: ".").last else { return nil }
        return isInternal(parts[2]) ? "" : String(name)
    }

    /// Classes that torch itself puts around a module while it exports it, and those of graphs: no architecture.
    private static func isInternal(_ path: Substring) -> Bool {
        let own = ["torch.export.", "torch._export.", "torch._dynamo.", "torch.fx.", "torch._functorch."]
        return own.contains { path.hasPrefix($0) } || path.hasSuffix(".GraphModule") || path == "GraphModule"
    }
}
