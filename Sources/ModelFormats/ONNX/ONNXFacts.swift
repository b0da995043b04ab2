import ModelBytes
import ModelContainers
import ModelJSON

/// From a model to facts, loading and findings: the same for every form that a model is written in.
struct ONNXFacts {
    private let model: ONNXModel
    private let artifact: Artifact

    init(_ model: ONNXModel, of artifact: Artifact) {
        self.model = model
        self.artifact = artifact
    }

    /// `call` and `package` are what loads this form.
    func fill(_ result: inout ProbeResult, call: String, package: String) throws(InspectionError) {
        identify(&result)
        let census = try ONNXCensus(model)
        ONNXListing(model, for: result.listing)?.list()
        try ports(&result)
        parameters(census, &result)
        if let trees = census.trees.count, trees > 0 {
            result.facts.hyperparameters = JSONObject([("trees", JSONValue(trees))])
            result.note("hyperparameters", .derived, "graph.node: nodes_treeids or tree_roots of the tree ensembles")
        }
        ONNXExporterMetadata.fill(&result)
        findings(census, &result)
        loading(census, call, package, &result)
    }

    private func identify(_ result: inout ProbeResult) {
        let message = model.message
        if result.version == nil { result.version = message.int("ir_version").map(String.init) }
        ONNXProducer.fill(&result, from: message)
        var opsets: [String: Int] = [:]
        for entry in message.messages("opset_import") { opsets[entry.onnxDomain] = entry.int("version") ?? 0 }
        if !opsets.isEmpty {
            result.facts.opsets = opsets
            result.note("opsets", .read, "opset_import")
        }
        ONNXMetadata.fill(&result, from: message, limits: model.limits)
        if let nodes = model.nodes, let architecture = ONNXArchitecture.name(nodes) {
            result.facts.architecture = architecture
            result.note("architecture", .read, "graph.node: metadata_props: pkg.torch.onnx.class_hierarchy")
        }
    }

    private func ports(_ result: inout ProbeResult) throws(InspectionError) {
        guard let graph = model.graph else { return }
        // Up to ir_version 3 every initializer has to be an input as well; nobody feeds those.
        let named = Set(graph.messages("input").lazy.map { $0.string("name") ?? "" })
        var given: Set<String> = []
        for initializer in graph.messages("initializer") {
            let name = initializer.string("name") ?? ""
            if named.contains(name) { given.insert(name) }
        }
        given.formUnion(
            graph.messages("sparse_initializer").lazy.compactMap { $0.message("values")?.string("name") }
                .filter(named.contains))
        let most = model.limits.listedValues.value
        // Each costs many times what it takes in the file.
        func listed(_ values: [ProtobufMessage], _ what: String) -> [ProtobufMessage] {
            guard values.count > most else { return values }
            result.report(.listCut(values.count, what, to: most))
            return Array(values.prefix(most))
        }
        let inputValues = listed(graph.messages("input").filter { !given.contains($0.string("name") ?? "") }, "inputs")
        let outputValues = listed(Array(graph.messages("output")), "outputs")
        var inputs = inputValues.map(ONNXPorts.port)
        var outputs = outputValues.map(ONNXPorts.port)
        if !inputs.isEmpty { result.note("inputs", .read, "graph.input without graph.initializer") }
        if !outputs.isEmpty { result.note("outputs", .read, "graph.output") }
        try ONNXDimensions.name(inputs: &inputs, inputValues, of: model, &result)
        try ONNXDimensions.name(outputs: &outputs, outputValues, of: model, &result)
        try ONNXLearning.fill(&outputs, of: model, &result)
        result.facts.inputs = inputs
        result.facts.outputs = outputs
    }

    private func parameters(_ census: ONNXCensus, _ result: inout ProbeResult) {
        var rule = "initializers of the graph, of its subgraphs and of functions; a sparse one by its stored values"
        if census.settingsAreAmongInitializers {
            rule += "; without whole numbers and other settings of operators: shapes, indices, scales, zero points"
        }
        result.facts.parameters = census.tally.parameters(counting: rule)
        if result.facts.parameters != nil { result.note("parameters", .read, "initializer: dims, data_type") }
        if let tensor = census.tally.uncountable {
            result.report(
                .warning, code: "onnx.uncountable",
                "tensor \"\(tensor)\" has a shape or type that cannot be counted, so no parameters are counted",
                at: "graph.initializer")
        }
        packed(census, &result)
        constants(census, &result)
    }

    /// Adds what packed weights stand for.
    private func packed(_ census: ONNXCensus, _ result: inout ProbeResult) {
        let packed = census.packed
        guard !packed.isEmpty, let weights = packed.total, var parameters = result.facts.parameters else { return }
        let (total, overflow) = (parameters.total - packed.stored).addingReportingOverflow(weights)
        guard !overflow else { return }
        let scheme = packed.schemes.sorted().joined(separator: ", ")
        parameters.stored = parameters.total
        parameters.structure = nil
        parameters.total = total
        parameters.bits = packed.bits.count == 1 ? packed.bits.first : nil
        parameters.scheme = scheme
        parameters.counting =
            "initializers, packed ones by the K and N of their operators; \(scheme) keeps scales beside them"
        result.facts.parameters = parameters
        result.note("parameters.total", .derived, "graph.node: K, N, bits of \(scheme)")
    }

    /// Where nothing else is counted, the tensors of Constant nodes are the weights: some exporters have no initializers.
    private func constants(_ census: ONNXCensus, _ result: inout ProbeResult) {
        let constants = census.constants
        guard constants.total > 0, constants.total > result.facts.parameters?.total ?? 0 else { return }
        if result.facts.parameters == nil, census.tally.uncountable == nil,
            let counted = constants.parameters(
                counting: "tensors of numbers in Constant nodes, since there are no initializers; without integers")
        {
            result.facts.parameters = counted
            result.note("parameters", .derived, "graph.node: Constant: dims, data_type")
            return
        }
        result.report(
            .note, code: "onnx.constants",
            "tensors in Constant nodes hold \(constants.total) elements, which are not counted as parameters",
            at: "graph.node")
    }

    private func findings(_ census: ONNXCensus, _ result: inout ProbeResult) {
        ONNXProducer.reportOrigin(result.facts.architecture, into: &result)
        census.operators.reportQuantized(into: &result)
        let training = model.message.messages("training_info")
        if !training.isEmpty {
            let updated = training.reduce(0) { $0 + $1.messages("update_binding").count }
            result.report(
                .note, code: "onnx.training",
                "also holds the steps of further training, which update \(updated) values",
                at: "training_info")
        }
        if census.operators.compiled > 0 {
            result.facts.compileMethod = "aot"
            result.note("compile_method", .derived, "graph.node: com.microsoft.EPContext")
            result.report(
                .note, code: "onnx.compiled",
                "parts of the graph were compiled for one processor by an execution provider of onnxruntime",
                at: "graph.node: com.microsoft.EPContext")
        }
    }

    private func loading(_ census: ONNXCensus, _ call: String, _ package: String, _ result: inout ProbeResult) {
        let isComplete = census.external.report(artifact, limits: model.limits, into: &result)
        var verdict = isComplete ? Loading.Verdict.dataOnly : .incomplete
        var requires = Requirements([package])
        let isBinary = result.identity.id == "onnx"
        if isBinary {
            ONNXRuntimeReleases.need(&requires, model.message)
            if let graph = model.graph { ONNXRuntimeReleases.need(&requires, graph: graph) }
        }
        var extensions: [String] = []
        if let packages = census.operators.reportCustom(into: &result) {
            verdict = max(verdict, .needsCode)
            extensions = packages
            for package in packages { requires.need(package) }
        }
        requires.note(into: &result)
        result.loading = Loading(verdict, call: call, requires: requires.list)
        guard isBinary else { return }
        if let obstacle = ONNXObstacle.find(in: model, census) {
            result.loading?.call = nil
            result.report(.warning, code: "onnx.refused", obstacle.message, at: obstacle.place)
        } else if !extensions.isEmpty {
            result.loading?.call = ONNXOperators.call(with: extensions, PythonText.quoted(artifact.name))
        }
    }
}
