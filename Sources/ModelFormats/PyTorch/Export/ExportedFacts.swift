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

    func fill(_ reading: inout Reading, weights: ExportedWeights, prefix: String) {
        if let version = program.torchVersion {
            reading.facts.frameworkVersion = version
            reading.note("framework_version", .read, "\(entry): torch_version")
        }
        if let architecture = program.architecture {
            reading.facts.architecture = architecture
            reading.note("architecture", .read, "\(entry): nn_module_stack of the first node")
        }
        reading.facts.inputs = inputs
        reading.facts.outputs = outputs
        if !program.signature.inputs.isEmpty {
            reading.note("inputs", .read, "\(entry): signature.input_specs, tensor_values")
        }
        if !program.signature.outputs.isEmpty {
            reading.note("outputs", .read, "\(entry): signature.output_specs, tensor_values")
        }
        if inputs.contains(where: { $0.dimOrder != nil }) {
            reading.note("inputs.dim_order", .derived, "\(entry): the input goes straight into a convolution")
        }
        if outputs.contains(where: { $0.dimOrder != nil }) {
            reading.note("outputs.dim_order", .derived, "\(entry): the output comes straight from a convolution")
        }
        for (name, value) in program.signature.constants {
            reading.find(
                .note, "torch.constant-input",
                "the argument \(name) was fixed at \(value) when the program was exported",
                where: entry)
        }
        parameters(&reading, weights, prefix)
    }

    func signature(named name: String) -> Signature { Signature(name: name, inputs: inputs, outputs: outputs) }

    private func parameters(_ reading: inout Reading, _ weights: ExportedWeights, _ prefix: String) {
        var tally = TensorTally()
        for (list, isBuffer) in [(program.signature.parameters, false), (program.signature.buffers, true)] {
            for weight in list {
                guard let meta = program.tensors[weight.value],
                    let tensor = weights.tensor(weight.name, of: prefix, as: meta)
                else { continue }
                tally.add(tensor, isBuffer: isBuffer)
            }
        }
        reading.facts.parameters = tally.parameters(
            counting: "parameters and buffers of the graph signature, shared storage once")
        if reading.facts.parameters != nil {
            reading.note("parameters", .read, "\(entry): signature.input_specs, tensor_values")
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
