import ModelBytes
import ModelContainers
import ModelJSON

/// A MetaGraphDef on its own: the `.meta` beside a checkpoint of TensorFlow 1, with the graph and what its program keeps
/// of it, but without the values of its variables.
///
/// Source: meta_graph.proto; Saver of tensorflow/python/training/saver.py.
enum TensorFlowMetaGraph: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-meta-graph", "TensorFlow MetaGraphDef", artifactType: "tf.compat.v1.train.export_meta_graph",
            framework: .tensorFlow, mediaType: "application/octet-stream; framework=tensorflow", extensions: ["meta"],
            versionName: "GraphDef producer",
            reads:
                "TensorFlow version, signatures or placeholders, variables, collections, whether its checkpoint is there"
        )
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        subject.source.flatMap { TensorFlowSniffer.metaGraph($0, head: subject.head) }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let need = try fill(&result, from: source, limits: subject.limits)
        checkpoint(subject, &result, need)
        result.confidence = .parsed
    }

    /// Everything but what its neighbours say; returns what loading it takes.
    static func fill(
        _ result: inout ProbeResult, from source: ByteSource, limits: Limits
    ) throws(InspectionError) -> TensorFlowOperators.Need {
        let message = try ProtobufMessage.read(source, as: .metaGraph, limits: limits)
        if let version = message.message("meta_info_def")?.string("tensorflow_version"), !version.isEmpty {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "meta_info_def.tensorflow_version")
        }
        ports(message, &result, limits)
        var need = TensorFlowOperators.Need()
        if let graph = message.message("graph_def") {
            var variables = TensorFlowGraphVariables()
            variables.add(graph)
            result.facts.parameters = variables.parameters()
            if result.facts.parameters != nil {
                result.note("parameters", .read, "graph_def: shape, dtype of its variables")
            }
            var operators = TensorFlowOperators(limits: limits)
            operators.add(graph, from: source)
            need = operators.report(into: &result)
        }
        need.releases.need(
            "tensorflow", .atLeast("1.13"), .derived, because: "tf.compat.v1, which 1.12 does not have")
        need.releases.note(into: &result)
        let collections = message.mapEntries("collection_def").map { JSONValue($0.key) }
        if !collections.isEmpty {
            result.facts.metadata = JSONObject([
                ("collections", .array(Array(collections.prefix(limits.listedValues.value))))
            ])
            result.note("metadata", .read, "collection_def")
        }
        return need
    }

    private static func ports(_ message: ProtobufMessage, _ result: inout ProbeResult, _ limits: Limits) {
        let signatures = SavedModelSignatures(message, limits: limits)
        if let main = signatures.main {
            result.facts.inputs = main.inputs.map(\.port)
            result.facts.outputs = main.outputs.map(\.port)
            result.note("inputs", .read, "signature_def: \(main.name)")
            result.note("outputs", .read, "signature_def: \(main.name)")
            for (what, count) in main.cut {
                result.report(.listCut(count, what, to: what == "inputs" ? main.inputs.count : main.outputs.count))
            }
            let others = signatures.all.filter { $0.name != main.name }.prefix(limits.listedValues.value)
            if !others.isEmpty {
                result.facts.signatures = others.map {
                    Signature(name: $0.name, inputs: $0.inputs.map(\.port), outputs: $0.outputs.map(\.port))
                }
            }
        } else if let graph = message.message("graph_def") {
            // What nobody consumes is known of a graph that computes something, not of one that trains, saves and
            // summarises as well.
            let ports = GraphPorts(
                graph, version: graph.message("versions")?.int("producer") ?? 0, upTo: limits.listedValues.value)
            ports.reportCut(into: &result)
            let saver = message.message("saver_def")?.string("filename_tensor_name").map { TensorFlowTensor($0).node }
            result.facts.inputs = ports.inputs.filter { $0.name != saver }
            result.note("inputs", .read, "graph_def.node: op Placeholder: dtype, shape")
        }
    }

    /// Refused while TensorFlow executes eagerly, as it does since 2.0 but in a graph of one's own.
    static func call(_ path: String) -> String {
        "with tf.Graph().as_default(): saver = tf.compat.v1.train.import_meta_graph(\(path))"
    }

    /// The values are in `NAME.index` and its shards beside `NAME.meta`.
    private static func checkpoint(
        _ subject: InspectedArtifact, _ result: inout ProbeResult, _ need: TensorFlowOperators.Need
    ) {
        let artifact = subject.artifact
        // A checkpoint may have no name before it: `.meta` and `.index`.
        let name = artifact.name.hasSuffix(".meta") ? String(artifact.name.dropLast(5)) : artifact.stem
        let index = name + ".index"
        let call = self.call(PythonText.quoted(artifact.name))
        result.facts.roles = ["mlm:model"]
        // Looking for a neighbour may fail for the sake of its name; then it is not there.
        if let size = try? artifact.companionSize(index) {
            result.files.append(FileMember(path: index, role: "index of the variables", present: true, size: size))
            result.loading = need.loading(call: call)
        } else {
            result.files.append(FileMember(path: index, role: "index of the variables", present: false))
            var need = need
            need.verdict = max(.incomplete, need.verdict)
            result.loading = need.loading(call: call)
            result.markNotAModel(because: "architecture-only")
            result.report(
                .warning, code: "tensorflow.no-checkpoint",
                "the graph of a checkpoint alone: the values of its variables are in \(index) and its shards, which are "
                    + "missing", at: index)
        }
    }
}
