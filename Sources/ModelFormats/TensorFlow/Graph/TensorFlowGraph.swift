import ModelBytes
import ModelContainers

/// A graph on its own: `tf.io.write_graph`, most often frozen, which means that its variables have become constants.
///
/// Source: graph.proto of TensorFlow 2.21. Its version is that of graph definitions, not of TensorFlow.
enum TensorFlowGraph: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-frozen-graph", "TensorFlow GraphDef", artifactType: "tf.io.write_graph", framework: .tensorFlow,
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=tensorflow",
            extensions: ["pb", "graphdef", "pbmm"],
            versionName: "GraphDef producer",
            reads:
                "placeholders and what nobody consumes as inputs and outputs, constants as parameters, whether it is frozen, "
                + "operators that reach files or Python"),
        FormatIdentity(
            "tf-graphdef-text", "TensorFlow GraphDef as text", artifactType: "tf.io.write_graph",
            framework: .tensorFlow, roles: ["mlm:compiled"], mediaType: "text/plain; framework=tensorflow",
            extensions: ["pbtxt", "txt", "prototxt"], versionName: "GraphDef producer",
            reads: "the same as of the binary form"),
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source else { return nil }
        if isText(subject) {
            return SniffMatch(.structure, "protobuf text that begins with nodes of a TensorFlow graph")
        }
        // A MetaGraphDef and a SavedModel have no node where a graph has one.
        return TensorFlowSniffer.graph(source, head: subject.head)
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let name = PythonText.quoted(subject.artifact.name)
        var bytes = source
        let isText = isText(subject)
        if isText {
            result.setIdentity(identity("tf-graphdef-text"))
            let words = ProtobufWords(values: TensorFlowDataType.words)
            bytes = try ProtobufMessage.bytes(ofText: source, as: .graphDef, words: words, limits: subject.limits)
        }
        let graph = try ProtobufMessage.read(bytes, as: .graphDef, limits: subject.limits)
        let definition =
            isText
            ? "google.protobuf.text_format.Parse(open(\(name)).read(), tf.compat.v1.GraphDef())"
            : "tf.compat.v1.GraphDef.FromString(open(\(name), \"rb\").read())"
        GraphFacts(graph, from: bytes, limits: subject.limits)
            .fill(&result, call: "tf.compat.v1.import_graph_def(\(definition))")
        result.confidence = .parsed
    }

    /// Other messages are written as text with nodes too (MediaPipe, Caffe2); theirs have no `op`.
    private static func isText(_ subject: InspectedArtifact) -> Bool {
        guard subject.source != nil, subject.leadingText.hasPrefix("node") else { return false }
        var tokens = TextTokens(ByteSource(MemoryBytes(subject.head)), escapes: .c, limits: subject.limits)
        do throws(InspectionError) {
            guard try tokens.word() == "node" else { return false }
            _ = try tokens.take(":")
            guard try tokens.take("{") else { return false }
            for _ in 0..<4 {
                let field = try tokens.word()
                guard field == "name" || field == "op" || field == "input" else { return false }
                guard try tokens.take(":"), try tokens.skipScalar() else { return false }
                if field == "op" { return true }
            }
        } catch {
            // The head ends within a value.
        }
        return false
    }
}
