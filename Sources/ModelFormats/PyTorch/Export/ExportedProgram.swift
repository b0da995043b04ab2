import ModelBytes
import ModelContainers
import ModelJSON

/// The JSON of a torch.export ExportedProgram, of every schema from 1 (torch 2.1) to 8 (torch 2.13).
///
/// Source: torch/_export/serde/schema.py. The document is scanned twice: what the signature names is looked up in the
/// graph that stands before it.
struct ExportedProgram {
    /// `torch_version`; torch 2.5 and later write it.
    private(set) var torchVersion: String?
    /// `8.20`; a single number before torch 2.3.
    private(set) var schemaVersion: String?
    /// Whether the graph has a field for the fields of named tuples, which torch 2.6 refuses.
    private(set) var listsNamedTuples = false
    private(set) var signature = ExportedSignature()
    /// What the nodes call, and what of it is evaluated.
    let operators: TorchOperators
    /// Class of the module that was exported, from the first node's `nn_module_stack`.
    private(set) var architecture: String?
    /// Of the values that the signature names.
    private(set) var tensors: [String: ExportedTensor] = [:]
    private(set) var ranges: [String: ExportedRange] = [:]
    /// Inputs that a convolution reads as its `input`, with how many dimensions it has.
    private(set) var convolved: [String: Int] = [:]
    /// Values that a convolution computes.
    private(set) var convolutions: [String: Int] = [:]

    /// Reads the program from `source`, whose bytes should be in memory since it is scanned twice.
    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        operators = try ExportedCode(source, limits: limits).operators
        try outer(source, limits)
        try graph(source, limits)
        guard !signature.isEmpty else {
            throw InspectionError(.malformed, "has no graph signature", entry: source.entry)
        }
    }

    // MARK: - first scan: everything but the graph

    private mutating func outer(_ source: ByteSource, _ limits: Limits) throws(InspectionError) {
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        var found = self
        try scanner.object { key, scanner in
            switch key {
            case "torch_version":
                let version = try scanner.value().string
                // What the reader assumes when the key is missing, not a version that was written.
                found.torchVersion = version == "<=2.4" ? nil : version
            case "schema_version": found.schemaVersion = Self.version(try scanner.value())
            case "range_constraints":
                for (symbol, range) in try scanner.value().object ?? [:] { found.ranges[symbol] = ExportedRange(range) }
            case "graph_module":
                try scanner.object { key, scanner in
                    if key == "signature" { found.signature = ExportedSignature(try scanner.value()) }
                    if key == "treespec_namedtuple_fields" { found.listsNamedTuples = true }
                }
            default: break
            }
        }
        self = found
    }

    private static func version(_ value: JSONValue) -> String? {
        if let number = value.int { return String(number) }
        guard let major = value["major"]?.int, let minor = value["minor"]?.int else { return nil }
        return "\(major).\(minor)"
    }

    // MARK: - second scan: the graph

    private mutating func graph(_ source: ByteSource, _ limits: Limits) throws(InspectionError) {
        let wanted = signature.values
        let inputs = Set(signature.inputs.map(\.name))
        var found = self
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        try scanner.object { key, scanner in
            guard key == "graph_module" else { return }
            try scanner.object { key, scanner in
                guard key == "graph" else { return }
                try scanner.object { key, scanner in
                    switch key {
                    case "tensor_values":
                        try scanner.object { key, scanner in
                            guard wanted.contains(key.text) else { return }
                            found.tensors[key.text] = ExportedTensor(try scanner.value())
                        }
                    case "sym_int_values", "sym_bool_values", "sym_float_values":
                        try scanner.object { key, scanner in
                            if wanted.contains(key.text) { found.symbolic.insert(key.text) }
                        }
                    case "nodes":
                        try scanner.array { scanner in
                            let node = try ExportedNode(&scanner)
                            if found.architecture == nil { found.architecture = node.rootClass }
                            guard let rank = node.convolvedRank else { return }
                            if let input = node.firstInput, inputs.contains(input) { found.convolved[input] = rank }
                            if let output = node.firstOutput, wanted.contains(output) {
                                found.convolutions[output] = rank
                            }
                        }
                    default: break
                    }
                }
            }
        }
        // The first node tells; those behind it may stand in a module within.
        if found.architecture?.isEmpty == true { found.architecture = nil }
        self = found
    }

    /// Values of the signature that are symbolic numbers, not tensors.
    private(set) var symbolic: Set<String> = []
}

/// What a graph takes and gives, by the names of its values.
struct ExportedSignature {
    struct Weight: Hashable {
        /// Name of the value in the graph.
        let value: String
        /// Name in the module: `encoder.weight`.
        let name: String
    }

    private(set) var parameters: [Weight] = []
    private(set) var buffers: [Weight] = []
    private(set) var inputs: [Argument] = []
    private(set) var outputs: [Argument] = []
    /// Arguments that the export fixed at one value, with that value; they are no inputs that vary.
    private(set) var constants: [(name: String, value: String)] = []

    /// A user's input or output.
    struct Argument: Hashable {
        let name: String
        /// The member of the union that is set: `as_tensor`, `as_sym_int`, `as_int` …
        let kind: String
    }

    init() {}

    init(_ value: JSONValue) {
        if value["input_specs"] != nil {
            for spec in value["input_specs"]?.array ?? [] { input(spec) }
            for spec in value["output_specs"]?.array ?? [] { output(spec) }
        } else {
            oldest(value)
        }
    }

    var isEmpty: Bool { inputs.isEmpty && outputs.isEmpty && parameters.isEmpty }

    /// Every value that is named here.
    var values: Set<String> { Set((parameters + buffers).map(\.value) + (inputs + outputs).map(\.name)) }

    private mutating func input(_ spec: JSONValue) {
        if let parameter = spec.member("parameter"), let weight = Self.weight(parameter, "parameter_name") {
            parameters.append(weight)
        } else if let buffer = spec.member("buffer"), let weight = Self.weight(buffer, "buffer_name") {
            buffers.append(weight)
        } else if let constant = spec.member("constant_input"), let name = constant["name"]?.string {
            constants.append((name, Self.text(constant["value"])))
        } else if let argument = spec.member("user_input")?["arg"].flatMap(Self.argument) {
            inputs.append(argument)
        }
    }

    private mutating func output(_ spec: JSONValue) {
        for kind in ["user_output", "loss_output"] {
            if let argument = spec.member(kind)?["arg"].flatMap(Self.argument) { outputs.append(argument) }
        }
    }

    /// Schema 1 (torch 2.1): names by kind.
    private mutating func oldest(_ value: JSONValue) {
        for (key, name) in value["inputs_to_parameters"]?.object ?? [:] {
            if let name = name.string { parameters.append(Weight(value: key, name: name)) }
        }
        for (key, name) in value["inputs_to_buffers"]?.object ?? [:] {
            if let name = name.string { buffers.append(Weight(value: key, name: name)) }
        }
        inputs = (value["user_inputs"]?.array ?? []).compactMap {
            $0.string.map { Argument(name: $0, kind: "as_tensor") }
        }
        outputs = (value["user_outputs"]?.array ?? []).compactMap {
            $0.string.map { Argument(name: $0, kind: "as_tensor") }
        }
    }

    /// `0.5` of `{"as_float": 0.5}`.
    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "None" }
        let member = value.object?.first { !$0.value.isNull }
        guard let member, member.key != "as_none" else { return "None" }
        return member.value.write(pretty: false)
    }

    private static func weight(_ value: JSONValue, _ key: String) -> Weight? {
        guard let name = value[key]?.string, let graphName = value["arg"]?["name"]?.string else { return nil }
        return Weight(value: graphName, name: name)
    }

    /// `{"as_tensor": {"name": "x"}}`; a plain number or None has no name and is no input of the model.
    private static func argument(_ value: JSONValue) -> Argument? {
        for kind in ["as_tensor", "as_sym_int", "as_sym_float", "as_sym_bool", "as_custom_obj"] {
            guard let member = value.member(kind) else { continue }
            let name = member["name"]?.string ?? member["as_name"]?.string
            return name.map { Argument(name: $0, kind: kind) }
        }
        return nil
    }
}

extension JSONValue {
    /// The member of a union that is set: older schemas write every other one as null.
    func member(_ key: String) -> JSONValue? {
        guard let value = self[key], !value.isNull else { return nil }
        return value
    }
}
