import ModelBytes
import ModelContainers

/// Fills a `PMMLDocument` as its elements pass by. Only what describes a model is kept; nodes, coefficients, rows and
/// vectors are passed.
final class PMMLCollector: XMLHandler {
    /// What an element is, as far as it matters for what stands in it.
    private enum Section {
        case root, header, timestamp, dictionary, dataField, model, schema, output, segmentation, segment, other
    }

    private(set) var document = PMMLDocument()
    private let limits: Limits
    /// Only the root is wanted.
    private let stopsAtRoot: Bool
    private var prefix = ""
    private var sections: [Section] = []
    /// The models around the current element, and whether what they say is kept: it is of a model below the root, and of
    /// one in a chain of such models.
    private var models: [(model: PMMLDocument.Model, isKept: Bool)] = []
    private var field: (name: String, field: PMMLDocument.DataField)?

    init(limits: Limits, stopsAtRoot: Bool = false) {
        self.limits = limits
        self.stopsAtRoot = stopsAtRoot
    }

    var wantsText: Bool { sections.last == .timestamp }

    func documentTypeElsewhere() { document.hasTypeElsewhere = true }

    func text(_ piece: String) {
        let known = document.header.timestamp ?? ""
        if known.utf8.count < 256 { document.header.timestamp = known + piece }
    }

    func start(_ element: XMLElement) throws(InspectionError) -> Bool {
        guard !sections.isEmpty else {
            try root(element)
            sections.append(.root)
            return !stopsAtRoot
        }
        sections.append(try section(element))
        return true
    }

    func end(depth: Int) {
        switch sections.popLast() {
        case .model: endModel()
        case .dataField:
            if let field { document.fields[field.name] = field.field }
            field = nil
        default: break
        }
    }

    private func root(_ element: XMLElement) throws(InspectionError) {
        guard element.localName == "PMML" else {
            throw InspectionError(.malformed, "the root element is \(element.localName.prefix(64)), not PMML")
        }
        prefix = element.prefix
        document.isPrefixed = !prefix.isEmpty
        document.version = element["version"]
        document.namespace = namespace(element)
    }

    private func namespace(_ element: XMLElement) -> String? {
        prefix.isEmpty ? element["xmlns"] : element.attribute("xmlns:" + prefix)
    }

    /// What `element` is, given what it stands in; what it says of itself is kept.
    private func section(_ qualified: XMLElement) throws(InspectionError) -> Section {
        guard let element = qualified.without(prefix: prefix), let parent = sections.last else { return .other }
        if let name = PMMLModels.name(of: element) {
            let isKept =
                parent == .root
                || parent == .segment && (models.last.map { $0.isKept && $0.model.method == "modelChain" } ?? false)
            begin(name, element, isKept: isKept)
            return .model
        }
        switch parent {
        case .root: return top(element)
        case .header: return header(element)
        case .dictionary: return try dataField(element)
        case .dataField: value(element)
        case .model: return part(element)
        case .schema: try miningField(element)
        case .output: try outputField(element)
        case .segmentation:
            guard element.isNamed("Segment") else { break }
            models[models.count - 1].model.segments += 1
            return .segment
        default: break
        }
        if element.isNamed("Apply"), let function = element["function"], function.contains("."),
            document.foreignFunctions.count < 16
        {
            document.foreignFunctions.insert(function)
        }
        return .other
    }

    private func top(_ element: XMLElement) -> Section {
        if element.isNamed("Header") {
            document.header.description = element["description"]
            document.header.modelVersion = element["modelVersion"]
            document.header.copyright = element["copyright"]
            return .header
        }
        return element.isNamed("DataDictionary") ? .dictionary : .other
    }

    private func header(_ element: XMLElement) -> Section {
        if element.isNamed("Timestamp") { return .timestamp }
        if element.isNamed("Application") {
            document.header.application = element["name"]
            document.header.applicationVersion = element["version"]
        }
        return .other
    }

    private func dataField(_ element: XMLElement) throws(InspectionError) -> Section {
        guard element.isNamed("DataField"), let name = element["name"] else { return .other }
        try limits[PMMLLimits.fields].check(document.fields.count + 1)
        field = (name, PMMLDocument.DataField(dataType: element["dataType"]))
        return .dataField
    }

    private func value(_ element: XMLElement) {
        // `valid` is what an absent property means.
        guard element.isNamed("Value"), let value = element["value"], element["property"] ?? "valid" == "valid" else {
            return
        }
        if field?.field.values.count ?? 0 < limits.listedValues.value {
            field?.field.values.append(value)
        } else {
            field?.field.isCut = true
        }
    }

    // MARK: models

    private func begin(_ name: String, _ element: XMLElement, isKept: Bool) {
        if name == "TreeModel", let outermost = models.indices.first { models[outermost].model.trees += 1 }
        var model = PMMLDocument.Model(element: name)
        if isKept {
            model.modelName = element["modelName"]
            model.functionName = element["functionName"]
            model.algorithmName = element["algorithmName"]
            model.isScorable = !["false", "0"].contains(element["isScorable"] ?? "true")
        }
        models.append((model, isKept))
    }

    private func endModel() {
        guard let (model, isKept) = models.popLast(), isKept else { return }
        if models.isEmpty {
            document.models.append(model)
        } else {
            models[models.count - 1].model.last = [model]
        }
    }

    private func part(_ element: XMLElement) -> Section {
        if element.isNamed("Segmentation") {
            models[models.count - 1].model.method = element["multipleModelMethod"]
            return .segmentation
        }
        guard models.last?.isKept ?? false else { return .other }
        if element.isNamed("MiningSchema") { return .schema }
        return element.isNamed("Output") ? .output : .other
    }

    private func miningField(_ element: XMLElement) throws(InspectionError) {
        guard element.isNamed("MiningField"), let name = element["name"] else { return }
        let last = models.count - 1
        try limits[PMMLLimits.fields].check(models[last].model.miningFields.count + 1)
        models[last].model.miningFields.append(
            PMMLDocument.MiningField(name: name, usageType: element["usageType"] ?? "active"))
    }

    private func outputField(_ element: XMLElement) throws(InspectionError) {
        // What is no final result serves other output fields.
        guard element.isNamed("OutputField"), let name = element["name"], element["isFinalResult"] ?? "true" != "false"
        else { return }
        let last = models.count - 1
        try limits[PMMLLimits.fields].check(models[last].model.outputFields.count + 1)
        models[last].model.outputFields.append(
            PMMLDocument.OutputField(
                name: name, dataType: element["dataType"], feature: element["feature"] ?? "predictedValue"))
    }
}

/// The elements that are models: the group MODEL-ELEMENT of pmml-4-4.xsd.
enum PMMLModels {
    private static let names: [StaticString] = [
        "AnomalyDetectionModel", "AssociationModel", "BaselineModel", "BayesianNetworkModel", "ClusteringModel",
        "GaussianProcessModel", "GeneralRegressionModel", "MiningModel", "NaiveBayesModel", "NearestNeighborModel",
        "NeuralNetwork", "RegressionModel", "RuleSetModel", "Scorecard", "SequenceModel", "SupportVectorMachineModel",
        "TextModel", "TimeSeriesModel", "TreeModel",
    ]

    /// By the first byte of the name: a forest has millions of elements that are none of these.
    private static let byInitial: [[StaticString]] = (0..<256).map { initial in
        names.filter { unsafe $0.utf8Start.pointee == UInt8(initial) }
    }

    static func name(of element: XMLElement) -> String? {
        byInitial[Int(element.initial)].first { element.isNamed($0) }.map { "\($0)" }
    }
}
