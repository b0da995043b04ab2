import ModelBytes
import ModelContainers
import ModelJSON

/// From a PMML document to facts.
struct PMMLFacts {
    private let document: PMMLDocument
    private let subject: InspectedArtifact

    init(_ document: PMMLDocument, _ subject: InspectedArtifact) {
        self.document = document
        self.subject = subject
    }

    func fill(_ result: inout ProbeResult) {
        version(&result)
        producer(&result)
        metadata(&result)
        guard let model = document.models.first else { return result.markNotAModel(because: "architecture-only") }
        describe(model, &result)
        if let input = input(of: model) {
            result.facts.inputs = [input]
            result.note("inputs", .read, "\(model.element)/MiningSchema, active fields; types of DataDictionary")
        }
        result.facts.outputs = outputs(of: model)
        result.note("outputs", .read, "\(model.element)/\(model.results.isEmpty ? "MiningSchema, targets" : "Output")")
        result.noteTable()
        if document.models.count > 1 { further(&result) }
        loading(&result)
    }

    /// 4.4.1 in the attribute, 4_4 in the namespace: the attribute says more, but may be missing.
    private func version(_ result: inout ProbeResult) {
        let spelt = document.namespace?.split(separator: "-").last.map { String($0.map { $0 == "_" ? "." : $0 }) }
        result.version = document.version ?? spelt
        if document.version == nil, spelt != nil {
            result.report(
                .note, code: "pmml.no-version", "the root has no version; it is taken from the namespace", at: "PMML")
        }
    }

    private func producer(_ result: inout ProbeResult) {
        guard let name = document.header.application, !name.isEmpty else { return }
        let version = document.header.applicationVersion.flatMap(PMMLProducer.version)
        result.facts.producer = Producer(name: name, version: version)
        result.note("producer", .read, "Header/Application")
        guard let framework = PMMLProducer.framework(name) else { return }
        result.facts.framework = framework
        result.note("framework", .derived, "Header/Application: \(name) writes models of \(framework)")
        // A converter's version is its own; CatBoost writes its models itself.
        if framework == name, let version {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "Header/Application: version")
        }
    }

    private func metadata(_ result: inout ProbeResult) {
        let header = document.header
        var metadata = JSONObject()
        for (key, value) in [
            ("timestamp", header.timestamp), ("description", header.description),
            ("model_version", header.modelVersion),
            ("copyright", header.copyright),
        ] {
            guard let value, !value.allSatisfy(\.isWhitespace), !PrivateText.holdsPath(value) else { continue }
            metadata[key] = .string(value)
        }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, "Header")
        // nyoka/skl/skl_to_pmml.py writes this where it was given none.
        if let description = metadata["description"]?.string, description != "Default description" {
            result.facts.description = description
            result.note("description", .read, "Header: description")
        }
    }

    private func describe(_ model: PMMLDocument.Model, _ result: inout ProbeResult) {
        if let name = model.modelName, !name.isEmpty {
            result.facts.name = name
            result.note("name", .read, "\(model.element): modelName")
        }
        if let algorithm = model.algorithmName, !algorithm.isEmpty {
            result.facts.architecture = algorithm
            result.note("architecture", .read, "\(model.element): algorithmName")
        } else if model.element != "MiningModel" {
            // A MiningModel can be anything that is made of several models.
            result.facts.architecture = model.element
            result.note("architecture", .derived, "the model's element")
        }
        // PMML makes anomaly models declare `regression`, but that is not their output.
        if let function = model.functionName, ["classification", "regression"].contains(function),
            model.element != "AnomalyDetectionModel"
        {
            result.facts.tasks = [function]
            result.note("tasks", .derived, "\(model.element): functionName = \(function)")
        }
        var hyperparameters = JSONObject()
        if let function = model.functionName { hyperparameters["function_name"] = .string(function) }
        if let method = model.method {
            hyperparameters["multiple_model_method"] = .string(method)
            hyperparameters["segments"] = JSONValue(model.segments)
        }
        if model.element != "TreeModel", model.trees > 0 {
            hyperparameters["trees"] = JSONValue(model.trees)
        }
        if !hyperparameters.isEmpty {
            result.facts.hyperparameters = hyperparameters
            result.note("hyperparameters", .read, "\(model.element), its segments counted")
        }
        if !model.isScorable {
            result.report(
                .warning, code: "pmml.not-scorable", "isScorable is false: it describes a model, but is not to be run",
                at: model.element)
        }
    }

    /// One table: a row for each case, a column for each active field. Nil for a model that has no such field.
    private func input(of model: PMMLDocument.Model) -> Port? {
        let active = model.miningFields.filter(\.isActive)
        guard !active.isEmpty else { return nil }
        let features = active.prefix(subject.limits.listedValues.value).map { field in
            let known = document.fields[field.name]
            let values = known.flatMap { $0.values.isEmpty || $0.isCut ? nil : $0.values }
            return Feature(name: field.name, dataType: known?.dataType.map(PMMLDataType.exact), categories: values)
        }
        let types = Set(active.map { document.fields[$0.name]?.dataType.map(PMMLDataType.exact) })
        // Columns of several types have none in common that MLM has a word for.
        let type = types.contains(nil) ? nil : types.count == 1 ? types.first ?? nil : "other"
        return .table("features", columns: active.count, dataType: type, features: features)
    }

    /// The target's prediction, unless an output field is that, and the output fields.
    private func outputs(of model: PMMLDocument.Model) -> [Port] {
        let results = model.results.prefix(subject.limits.listedValues.value)
        let targets = model.miningFields.filter(\.isTarget).map(\.name)
        var ports: [Port] = []
        if !results.contains(where: { $0.feature == "predictedValue" }) { ports = targets.map(prediction) }
        for result in results {
            var port = Port.answer(result.name, shape: [-1], dataType: result.dataType.map(PMMLDataType.exact))
            if result.feature == "predictedValue", targets.count == 1 {
                let target = prediction(of: targets[0])
                port.labels = target.labels
                port.dataType = port.dataType ?? target.dataType
            }
            ports.append(port)
        }
        return ports
    }

    private func prediction(of target: String) -> Port {
        let field = document.fields[target]
        let labels = field.flatMap { $0.values.isEmpty || $0.isCut ? nil : $0.values }
        var port = Port.answer(target, shape: [-1], dataType: field?.dataType.map(PMMLDataType.exact))
        port.labels = labels
        return port
    }

    private func further(_ result: inout ProbeResult) {
        let count = document.models.count
        result.report(
            .warning, code: "pmml.several-models",
            "the document has \(count) models; consumers take the first one that is scorable",
            at: "PMML")
        result.facts.signatures = document.models.dropFirst().prefix(64).enumerated().map { index, model in
            Signature(
                name: model.modelName ?? "\(model.element) \(index + 2)", inputs: input(of: model).map { [$0] },
                outputs: outputs(of: model))
        }
    }

    private func loading(_ result: inout ProbeResult) {
        var verdict = Loading.Verdict.dataOnly
        for function in document.foreignFunctions.sorted() {
            verdict = .needsCode
            result.report(
                .warning, code: "pmml.foreign-function",
                "calls the function \(function), which is not part of PMML and must be supplied", at: "Apply")
        }
        if document.hasTypeElsewhere {
            result.report(
                .note, code: "pmml.document-type",
                "its document type is described elsewhere: other readers of XML may fetch that", at: "DOCTYPE")
        }
        let call = PMMLCall(document, subject)
        if let obstacle = call.obstacle {
            result.report(.warning, code: "pmml.refused", "pypmml refuses it: \(obstacle)", at: "PMML")
        }
        result.loading = Loading(
            verdict, call: call.text, requires: ["pypmml"],
            classes: document.foreignFunctions.isEmpty ? nil : document.foreignFunctions.sorted())
    }
}

/// `dataType` of a field: the types of XML Schema, of which only float and double have a width.
enum PMMLDataType {
    static func exact(_ spelt: String) -> String {
        switch spelt {
        case "float": "float32"
        case "double": "float64"
        case "boolean": "bool"
        default: spelt
        }
    }
}
