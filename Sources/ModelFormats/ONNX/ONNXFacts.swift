import ModelBytes
import ModelContainers

/// From a model to facts, loading and findings: the same for every form that a model is written in.
struct ONNXFacts {
    private let model: ONNXModel
    private let artifact: Artifact

    init(_ model: ONNXModel, of artifact: Artifact) {
        self.model = model
        self.artifact = artifact
    }

    /// `call` and `package` are what loads this form.
    func fill(_ reading: inout Reading, call: String, package: String) throws(InspectionError) {
        identify(&reading)
        let census = try ONNXCensus(model)
        try ports(&reading)
        parameters(census, &reading)
        if let trees = census.trees.count, trees > 0 {
            reading.facts.hyperparameters = JSONObject([("trees", JSONValue(trees))])
            reading.note("hyperparameters", .derived, "graph.node: nodes_treeids or tree_roots of the tree ensembles")
        }
        findings(census, &reading)
        loading(census, call, package, &reading)
    }

    private func identify(_ reading: inout Reading) {
        let message = model.message
        if reading.version == nil { reading.version = message.int("ir_version").map(String.init) }
        ONNXProducer.fill(&reading, from: message)
        var opsets: [String: Int] = [:]
        for entry in message.messages("opset_import") { opsets[entry.onnxDomain] = entry.int("version") ?? 0 }
        if !opsets.isEmpty {
            reading.facts.opsets = opsets
            reading.note("opsets", .read, "opset_import")
        }
        ONNXMetadata.fill(&reading, from: message, limits: model.limits)
        if let nodes = model.nodes, let architecture = ONNXArchitecture.name(nodes) {
            reading.facts.architecture = architecture
            reading.note("architecture", .read, "graph.node: metadata_props: pkg.torch.onnx.class_hierarchy")
        }
    }

    private func ports(_ reading: inout Reading) throws(InspectionError) {
        guard let graph = model.graph else { return }
        // Up to ir_version 3 every initializer has to be an input as well; nobody feeds those.
        var given = Set(graph.messages("initializer").map { $0.string("name") ?? "" })
        given.formUnion(graph.messages("sparse_initializer").compactMap { $0.message("values")?.string("name") })
        let inputValues = graph.messages("input").filter { !given.contains($0.string("name") ?? "") }
        let outputValues = Array(graph.messages("output"))
        var inputs = inputValues.map(ONNXPorts.port)
        var outputs = outputValues.map(ONNXPorts.port)
        if !inputs.isEmpty { reading.note("inputs", .read, "graph.input without graph.initializer") }
        if !outputs.isEmpty { reading.note("outputs", .read, "graph.output") }
        ONNXDimensions.name(&inputs, as: .inputs, inputValues, of: model, &reading)
        ONNXDimensions.name(&outputs, as: .outputs, outputValues, of: model, &reading)
        try ONNXLearning.fill(&outputs, of: model, &reading)
        reading.facts.inputs = inputs
        reading.facts.outputs = outputs
    }

    private func parameters(_ census: ONNXCensus, _ reading: inout Reading) {
        reading.facts.parameters = census.tally.parameters(
            counting: "initializers of the graph, of its subgraphs and of functions; a sparse one by its stored values")
        if reading.facts.parameters != nil { reading.note("parameters", .read, "initializer: dims, data_type") }
        if let tensor = census.tally.uncountable {
            reading.find(
                .warning, "onnx.uncountable",
                "tensor \"\(tensor)\" has a shape or type that cannot be counted, so nothing is",
                where: "graph.initializer")
        }
        if census.constants > reading.facts.parameters?.total ?? 0 {
            reading.find(
                .note, "onnx.constants",
                "tensors in Constant nodes hold \(census.constants) elements, which are not counted as parameters",
                where: "graph.node")
        }
    }

    private func findings(_ census: ONNXCensus, _ reading: inout Reading) {
        ONNXProducer.reportOrigin(reading.facts.architecture, into: &reading)
        census.operators.reportQuantized(into: &reading)
        let training = model.message.messages("training_info")
        if !training.isEmpty {
            let updated = training.reduce(0) { $0 + $1.messages("update_binding").count }
            reading.find(
                .note, "onnx.training", "holds how to train the model further: \(updated) values are updated",
                where: "training_info")
        }
        if census.operators.compiled > 0 {
            reading.facts.compileMethod = "aot"
            reading.note("compile_method", .derived, "graph.node: com.microsoft.EPContext")
            reading.find(
                .note, "onnx.compiled",
                "parts of the graph were compiled for one processor by an execution provider of onnxruntime",
                where: "graph.node: com.microsoft.EPContext")
        }
    }

    private func loading(_ census: ONNXCensus, _ call: String, _ package: String, _ reading: inout Reading) {
        var verdict = census.external.report(artifact, into: &reading) ? Loading.Verdict.dataOnly : .incomplete
        var requires = [package]
        if let packages = census.operators.reportCustom(into: &reading) {
            verdict = max(verdict, .needsCode)
            requires += packages
        }
        reading.loading = Loading(verdict, call: call, requires: requires)
    }
}
