import ModelBytes
import ModelContainers

/// One walk over everything a model consists of: its graph, the graphs in attributes of nodes, and its functions.
struct ONNXCensus {
    private(set) var tally = ElementTally()
    private(set) var external = ONNXExternalData()
    private(set) var operators: ONNXOperators
    private(set) var trees = ONNXTrees()
    /// Tensors in Constant nodes, which are parameters only where there are no initializers of numbers.
    private(set) var constants = ElementTally()
    /// Whether an initializer was found to be no parameter.
    private(set) var settingsAreAmongInitializers = false
    private(set) var packed = ONNXPackedWeights()

    init(_ model: ONNXModel) throws(InspectionError) {
        operators = ONNXOperators(
            localFunctions: model.message.messages("functions"), opsets: model.message.messages("opset_import"))
        var operands = ONNXOperands()
        var graphs: [ProtobufMessage] = []
        if let graph = model.graph { graphs.append(graph) }
        for function in model.message.messages("functions") {
            for node in function.messages("node") { try add(node, of: model, &operands, &graphs) }
        }
        while let graph = graphs.popLast() {
            let initializers = graph.messages("initializer")
            for tensor in initializers { external.add(tensor) }
            operands.add(initializers)
            for sparse in graph.messages("sparse_initializer") {
                if let values = sparse.message("values") { add(values) }
                if let indices = sparse.message("indices") { external.add(indices) }
            }
            for node in graph.messages("node") { try add(node, of: model, &operands, &graphs) }
        }
        for tensor in operands.initializers {
            guard operands.isParameter(tensor) else {
                settingsAreAmongInitializers = true
                continue
            }
            tally.add(tensor)
            packed.add(tensor)
        }
        for tensor in operands.parametersOfConstants() { constants.add(tensor) }
    }

    private mutating func add(_ tensor: ProtobufMessage) {
        tally.add(tensor)
        external.add(tensor)
    }

    private mutating func add(
        _ node: ProtobufMessage, of model: ONNXModel, _ operands: inout ONNXOperands,
        _ graphs: inout [ProtobufMessage]
    ) throws(InspectionError) {
        let operation = node.onnxOperator
        operators.add(node, operation)
        if operation == ONNXOperators.context { external.add(context: node) }
        operands.add(node, operation, of: operators)
        packed.add(node, operation)
        try trees.add(node, operation, of: model)
        for attribute in node.messages("attribute") {
            if let graph = attribute.message("g") { graphs.append(graph) }
            graphs += attribute.messages("graphs")
            guard let tensor = attribute.message("t") else { continue }
            external.add(tensor)
            if operation == "Constant", ONNXTensor.shape(tensor)?.isEmpty != true {
                operands.add(constant: tensor, of: node)
            }
        }
    }
}
