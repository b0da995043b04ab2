import ModelBytes
import ModelContainers

/// A MetaGraphDef on its own: the `.meta` beside a checkpoint of TensorFlow 1, with the graph and what its program keeps
/// of it, but without the values of its variables.
///
/// Source: meta_graph.proto; Saver of tensorflow/python/training/saver.py.
enum TensorFlowMetaGraph: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-meta-graph", "TensorFlow MetaGraphDef", artifactType: "tf.compat.v1.train.export_meta_graph",
            framework: "TensorFlow", mediaType: "application/octet-stream; framework=tensorflow", extensions: ["meta"],
            reads:
                "TensorFlow version, signatures or placeholders, variables, collections, whether its checkpoint is there"
        )
    ]

    static func sniff(_ subject: Subject) -> Evidence? {
        subject.source.flatMap { TensorFlowOutline.metaGraph($0, head: subject.head) }
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        guard let source = subject.source else { return }
        let verdict = try fill(&reading, from: source, limits: subject.limits)
        checkpoint(subject, &reading, verdict)
        reading.confidence = .parsed
    }

    /// Everything but what its neighbours say; returns what loading it takes.
    static func fill(
        _ reading: inout Reading, from source: ByteSource, limits: Limits
    ) throws(InspectionError) -> Loading.Verdict {
        let message = try ProtobufMessage.read(source, as: .metaGraph, limits: limits)
        if let version = message.message("meta_info_def")?.string("tensorflow_version"), !version.isEmpty {
            reading.facts.frameworkVersion = version
            reading.note("framework_version", .read, "meta_info_def.tensorflow_version")
        }
        ports(message, &reading, limits)
        var verdict = Loading.Verdict.dataOnly
        if let graph = message.message("graph_def") {
            var variables = TensorFlowGraphVariables()
            variables.add(graph)
            reading.facts.parameters = variables.parameters()
            if reading.facts.parameters != nil {
                reading.note("parameters", .read, "graph_def: shape, dtype of its variables")
            }
            var operators = TensorFlowOperators()
            operators.add(graph)
            verdict = operators.report(into: &reading)
        }
        let collections = message.mapEntries("collection_def").map { JSONValue($0.key) }
        if !collections.isEmpty {
            reading.facts.metadata = JSONObject([
                ("collections", .array(Array(collections.prefix(limits.listedValues.value))))
            ])
            reading.note("metadata", .read, "collection_def")
        }
        return verdict
    }

    private static func ports(_ message: ProtobufMessage, _ reading: inout Reading, _ limits: Limits) {
        let signatures = SavedModelSignatures(message)
        if let main = signatures.main {
            reading.facts.inputs = main.inputs.map(\.port)
            reading.facts.outputs = main.outputs.map(\.port)
            reading.note("inputs", .read, "signature_def: \(main.name)")
            reading.note("outputs", .read, "signature_def: \(main.name)")
            let others = signatures.all.filter { $0.name != main.name }.prefix(limits.listedValues.value)
            if !others.isEmpty {
                reading.facts.signatures = others.map {
                    Signature(name: $0.name, inputs: $0.inputs.map(\.port), outputs: $0.outputs.map(\.port))
                }
            }
        } else if let graph = message.message("graph_def") {
            // What nobody consumes is known of a graph that computes something, not of one that trains, saves and
            // summarises as well.
            let ports = GraphPorts(graph, version: graph.message("versions")?.int("producer") ?? 0)
            let saver = message.message("saver_def")?.string("filename_tensor_name").map { TensorFlowTensor($0).node }
            reading.facts.inputs = ports.inputs.filter { $0.name != saver }
            reading.note("inputs", .read, "graph_def.node: op Placeholder: dtype, shape")
        }
    }

    /// The values are in `NAME.index` and its shards beside `NAME.meta`.
    private static func checkpoint(_ subject: Subject, _ reading: inout Reading, _ verdict: Loading.Verdict) {
        let artifact = subject.artifact
        let index = artifact.stem + ".index"
        let call = "tf.compat.v1.train.import_meta_graph(\(PythonText.quoted(artifact.name)))"
        reading.facts.roles = ["mlm:model"]
        // Looking for a neighbour may fail for the sake of its name; then it is not there.
        if let size = try? artifact.companionSize(index) {
            reading.files.append(FileMember(path: index, role: "index of the variables", present: true, size: size))
            reading.loading = Loading(verdict, call: call, requires: ["tensorflow"])
        } else {
            reading.files.append(FileMember(path: index, role: "index of the variables", present: false))
            reading.loading = Loading(max(.incomplete, verdict), call: call, requires: ["tensorflow"])
            reading.isNoModel("architecture-only")
            reading.find(
                .warning, "tensorflow.no-checkpoint",
                "the graph of a checkpoint alone: the values of its variables are in \(index) and its shards, which are "
                    + "missing", where: index)
        }
    }
}
