import ModelBytes
import ModelContainers
import ModelJSON

/// From a SavedModel to facts, loading and findings.
struct SavedModelFacts {
    private let model: SavedModelMessage
    private let folder: SavedModelFolder
    private let limits: Limits
    private let main: SavedModelMessage.MetaGraph
    private let objects: SavedModelObjects?

    init(_ model: SavedModelMessage, in folder: SavedModelFolder, limits: Limits) {
        self.model = model
        self.folder = folder
        self.limits = limits
        main = model.main
        objects = SavedModelObjects(main.objects)
    }

    func fill(_ result: inout ProbeResult) throws(InspectionError) {
        result.version = model.message.int("saved_model_schema_version").map(String.init)
        if let version = main.version {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "meta_info_def.tensorflow_version")
        }
        // What is broken beside the graph does not hide what the graph does.
        var failure: InspectionError?
        do throws(InspectionError) { try writer(&result) } catch { failure = error }
        signatures(&result)
        if let loss = result.facts.hyperparameters?["loss"]?.string {
            LossTask.fill(&result, loss: loss, at: "keras_metadata.pb: training_config")
        }
        var verdict = Loading.Verdict.incomplete
        do throws(InspectionError) { verdict = try variables(&result) } catch { failure = failure ?? error }
        assets(&result)
        if let graph = main.graph { TensorFlowListing(result.listing)?.nodes(graph) }
        var operators = TensorFlowOperators(limits: limits)
        for metaGraph in model.metaGraphs {
            if let graph = metaGraph.graph { operators.add(graph, from: model.source) }
        }
        var need = operators.report(into: &result)
        need.verdict = max(need.verdict, verdict)
        loading(need, &result)
        if let failure { throw failure }
    }

    // MARK: who wrote it

    private func writer(_ result: inout ProbeResult) throws(InspectionError) {
        switch objects?.writer {
        case .kerasExport?:
            result.facts.artifactType = "tf.keras.Model.export"
            result.note(
                "artifact_type", .derived, "object_graph_def: the root has the lists of an ExportArchive of Keras")
        case .kerasSave?:
            result.facts.artifactType = "tf.keras.Model.save"
            result.note("artifact_type", .derived, "object_graph_def: the root is an object of Keras")
        case .module?:
            result.note("artifact_type", .derived, "object_graph_def: an object graph that is not of Keras")
        case nil:
            result.note(
                "artifact_type", .assumed,
                "no object graph: a builder, simple_save or an Estimator of TensorFlow 1 wrote it")
        }
        let keras = try KerasMetadata.read(folder, objects, limits: limits)
        keras?.fill(&result)
    }

    // MARK: signatures

    private func signatures(_ result: inout ProbeResult) {
        let signatures = SavedModelSignatures(main.message, limits: limits)
        let chosen = signatures.main
        var dimensions = main.graph.map(TensorFlowDimensions.init)
        if let chosen {
            var operations = (taken: false, made: false)
            result.facts.inputs = chosen.inputs.map { input in
                var port = input.port
                port.dimOrder = named(port, dimensions?.taken(input.info.string("name") ?? ""))
                if port.dimOrder != nil { operations.taken = true }
                return port
            }
            result.facts.outputs = chosen.outputs.map { output in
                var port = output.port
                port.dimOrder = named(port, dimensions?.made(output.info.string("name") ?? ""))
                if port.dimOrder != nil { operations.made = true }
                return port
            }
            let place = "signature_def: \(chosen.name)"
            if !chosen.inputs.isEmpty { result.note("inputs", .read, place) }
            if !chosen.outputs.isEmpty { result.note("outputs", .read, place) }
            if operations.taken {
                result.note("inputs.dim_order", .derived, "graph_def: data_format of what takes the input")
            }
            if operations.made {
                result.note("outputs.dim_order", .derived, "graph_def: data_format of what makes the output")
            }
            tasks(chosen, &result)
            for (what, count) in chosen.cut {
                result.report(.listCut(count, what, to: what == "inputs" ? chosen.inputs.count : chosen.outputs.count))
            }
        } else if signatures.all.isEmpty {
            result.report(
                .note, code: "tensorflow.no-signature",
                "has no signature, so its inputs and outputs are known only to the program that wrote it",
                at: "signature_def")
        }
        var others = signatures.all.filter { $0.name != chosen?.name }.map {
            Signature(name: $0.name, inputs: $0.inputs.map(\.port), outputs: $0.outputs.map(\.port))
        }
        others += furtherTagSets(&result)
        if !others.isEmpty {
            result.facts.signatures = Array(others.prefix(limits.listedValues.value))
            result.note("signatures", .read, "signature_def")
        }
    }

    private func named(_ port: Port, _ order: [String]?) -> [String]? {
        guard let order, port.type == nil, port.shape?.count == order.count else { return nil }
        return order
    }

    /// The signatures of the other meta graphs, each with its tags before it.
    private func furtherTagSets(_ result: inout ProbeResult) -> [Signature] {
        guard model.metaGraphs.count > 1 else { return [] }
        let sets = model.metaGraphs.prefix(16).map(\.tagText).joined(separator: " · ")
        let count = model.metaGraphs.count
        result.report(
            .note, code: "tensorflow.tag-sets",
            "holds \(count) graphs with the tags \(sets)\(count > 16 ? " …" : ""); \(main.tagText) was read",
            at: "meta_info_def.tags")
        var isPassed = false
        var further: [Signature] = []
        for metaGraph in model.metaGraphs {
            if !isPassed, metaGraph.tags == main.tags {
                isPassed = true
                continue
            }
            guard further.count < limits.listedValues.value else { break }
            for signature in SavedModelSignatures(metaGraph.message, limits: limits).all {
                further.append(
                    Signature(
                        name: "\(metaGraph.tagText): \(signature.name)", inputs: signature.inputs.map(\.port),
                        outputs: signature.outputs.map(\.port)))
            }
        }
        return further
    }

    /// signature_constants.py: what TensorFlow Serving is told a signature does.
    private func tasks(_ signature: SavedModelSignatures.Signature, _ result: inout ProbeResult) {
        switch signature.method {
        case "tensorflow/serving/classify": result.facts.tasks = ["classification"]
        case "tensorflow/serving/regress": result.facts.tasks = ["regression"]
        default: return
        }
        result.note("tasks", .read, "signature_def: \(signature.name): method_name \(signature.method)")
    }

    // MARK: variables

    private func variables(_ result: inout ProbeResult) throws(InspectionError) -> Loading.Verdict {
        var tally = ElementTally()
        if let objects, objects.hasVariables {
            let counted = objects.parameters()
            tally = counted.tally
            result.facts.parameters = tally.parameters(counting: counted.rule)
            if result.facts.parameters != nil {
                result.note("parameters", .read, "object_graph_def.nodes: variable: dtype, shape")
            }
        }
        var graphVariables = TensorFlowGraphVariables()
        if let graph = main.graph { graphVariables.add(graph) }
        let isNeeded = objects?.hasVariables ?? false || graphVariables.count > 0
        guard let source = try folder.open(SavedModelVariables.path) else {
            guard isNeeded else { return .dataOnly }
            result.files.append(
                FileMember(path: SavedModelVariables.path, role: "index of the variables", present: false))
            result.report(
                .warning, code: "tensorflow.variables-missing",
                "the folder variables/ is missing, which holds the values of its variables: it cannot be loaded",
                at: SavedModelVariables.path)
            if objects == nil { count(graphVariables, &result) }
            return .incomplete
        }
        let index = try SavedModelVariables(source, limits: limits)
        index.list(for: result.listing, isArchive: folder.archive != nil)
        if objects == nil {
            tally = index.tally
            result.facts.parameters = tally.parameters(
                counting: "variables of variables.index, without slots of optimizers and counters of training")
            if result.facts.parameters != nil { result.note("parameters", .read, SavedModelVariables.path) }
        }
        if let name = tally.uncountable {
            result.report(
                .warning, code: "tensorflow.uncountable",
                "variable \"\(name)\" has a shape or type that cannot be counted, so no parameters are counted")
        }
        return shards(index, &result)
    }

    private func count(_ variables: TensorFlowGraphVariables, _ result: inout ProbeResult) {
        result.facts.parameters = variables.parameters()
        if result.facts.parameters != nil {
            result.note("parameters", .read, "graph_def: shape, dtype of its variables")
        }
    }

    /// Whether every shard is there, and as long as the index says.
    private func shards(_ index: SavedModelVariables, _ result: inout ProbeResult) -> Loading.Verdict {
        var verdict = Loading.Verdict.dataOnly
        for (path, bytes) in index.expectedShards(limit: limits.listedValues.value) {
            let size = folder.size(path) ?? (folder.isPartial ? try? folder.open(path)?.count : nil)
            if let size, size >= bytes { continue }
            if size == nil, bytes == 0 { continue }
            if let size {
                result.report(
                    .warning, code: "tensorflow.variables-cut",
                    "has \(size) bytes, but the variables in it need \(bytes); fetch it again", at: path)
            } else {
                result.files.append(FileMember(path: path, role: "mlm:weights", present: false))
                result.report(
                    .warning, code: "shards.missing", "a file that the index of the variables names is missing",
                    at: path)
            }
            verdict = .incomplete
        }
        return verdict
    }

    // MARK: assets, loading

    private func assets(_ result: inout ProbeResult) {
        let all = main.message.messages("asset_file_def")
        if all.count > limits.listedValues.value {
            result.report(
                .warning, code: "tensorflow.assets-unseen",
                "names \(all.count) assets, but only the first \(limits.listedValues.value) were looked for")
        }
        for asset in all.prefix(limits.listedValues.value) {
            let name = asset.string("filename") ?? ""
            let path = "assets/" + name
            if name.hasPrefix("/") || name.split(separator: "/").contains("..") {
                result.report(
                    .warning, code: "tensorflow.unsafe-asset", "the name of an asset would leave its folder", at: name)
            } else if !folder.isPartial, !folder.has(path) {
                result.files.append(FileMember(path: path, role: "asset", present: false))
                result.report(
                    .warning, code: "tensorflow.asset-missing",
                    "a file that the model reads when it is loaded is missing",
                    at: path)
            }
        }
    }

    private func loading(_ need: TensorFlowOperators.Need, _ result: inout ProbeResult) {
        var call = "tf.saved_model.load(\(PythonText.quoted(folder.name))"
        // Without tags TensorFlow takes the only graph there is, and refuses to choose between several.
        if main.tags != ["serve"] || model.metaGraphs.count > 1 {
            call += ", tags=[\(main.tags.map(PythonText.quoted).joined(separator: ", "))]"
        }
        var need = need
        if folder.graphName == nil {
            need.releases.need(
                "tensorflow", .atLeast("2.0"), .derived,
                because: "tf.saved_model.load, which takes a session and tags in TensorFlow 1")
        }
        need.releases.note(into: &result)
        if objects?.hasOptimizerSlots == true {
            need.packages.insert("tf-keras")
            result.note(
                "requires", .derived, "object_graph_def: tf-keras: slots of an optimizer, which Keras 3 does not load")
        }
        result.loading = need.loading(call: folder.graphName == nil ? call + ")" : nil)
        if let name = folder.graphName {
            result.report(
                .note, code: "tensorflow.renamed",
                "TensorFlow loads the folder of a graph that is called saved_model.pb or saved_model.pbtxt", at: name
            )
        }
        if let archive = folder.archive {
            result.report(
                .note, code: "tensorflow.archive", "TensorFlow loads a folder: unpack the \(archive) archive first")
        }
    }
}
