import ModelBytes
import ModelContainers

/// From an exported program to facts.
struct ExportedFacts {
    private let program: ExportedProgram
    private let entry: String

    init(_ program: ExportedProgram, entry: String) {
        self.program = program
        self.entry = entry
    }

    func fill(_ result: inout ProbeResult, weights: ExportedWeights, prefix: String) {
        if let version = program.torchVersion {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "\(entry): torch_version")
        }
        if let architecture = program.architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(entry): nn_module_stack of the first node")
        }
        result.facts.inputs = inputs
        result.facts.outputs = outputs
        if !program.signature.inputs.isEmpty {
            result.note("inputs", .read, "\(entry): signature.input_specs, tensor_values")
        }
        if !program.signature.outputs.isEmpty {
            result.note("outputs", .read, "\(entry): signature.output_specs, tensor_values")
        }
        if inputs.contains(where: { $0.dimOrder != nil }) {
            result.note("inputs.dim_order", .derived, "\(entry): the input goes straight into a convolution")
        }
        if outputs.contains(where: { $0.dimOrder != nil }) {
            result.note("outputs.dim_order", .derived, "\(entry): the output comes straight from a convolution")
        }
        for (name, value) in program.signature.constants {
            result.report(
                .note, code: "torch.constant-input",
                "the argument \(name) was fixed at \(value) when the program was exported",
                at: entry)
        }
        parameters(&result, weights, prefix)
    }

    func signature(named name: String) -> Signature { Signature(name: name, inputs: inputs, outputs: outputs) }

    private func parameters(_ result: inout ProbeResult, _ weights: ExportedWeights, _ prefix: String) {
        var tally = TensorTally()
        let listing = weights.listing(result.listing)
        for (list, isBuffer) in [(program.signature.parameters, false), (program.signature.buffers, true)] {
            for weight in list {
                guard let meta = program.tensors[weight.value],
                    let tensor = weights.tensor(weight.name, of: prefix, as: meta)
                else { continue }
                let shared = tally.add(weight.name, tensor, isBuffer: isBuffer)
                listing?.add(weight.name, tensor, sharedWith: shared)
            }
        }
        result.facts.parameters = tally.parameters(
            counting: "parameters and buffers of the graph signature, shared storage once")
        if result.facts.parameters != nil {
            result.note("parameters", .read, "\(entry): signature.input_specs, tensor_values")
        }
    }

    private var inputs: [Port] { program.signature.inputs.map { port($0, convolutions: program.convolved) } }
    private var outputs: [Port] { program.signature.outputs.map { port($0, convolutions: program.convolutions) } }

    private func port(_ argument: ExportedSignature.Argument, convolutions: [String: Int]) -> Port {
        guard let tensor = program.tensors[argument.name] else {
            let type = argument.kind == "as_tensor" ? nil : String(argument.kind.dropFirst(3))
            return Port(name: argument.name, type: type)
        }
        var dynamic: [DynamicDimension] = []
        for (index, size) in tensor.sizes.enumerated() {
            guard case .symbolic(let symbol) = size else { continue }
            let range = program.ranges[symbol]
            dynamic.append(DynamicDimension(dimension: index, symbol: symbol, min: range?.min, max: range?.max))
        }
        return Port(
            name: argument.name, shape: tensor.shape, dataType: tensor.dataType,
            dimOrder: convolutions[argument.name].flatMap {
                ConvolutionDimensions.names(rank: tensor.sizes.count, expected: $0)
            },
            dynamic: dynamic.isEmpty ? nil : dynamic)
    }
}
