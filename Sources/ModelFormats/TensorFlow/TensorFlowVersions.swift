import ModelContainers

/// Which releases of TensorFlow take a graph: by the versions that the graph itself asks for, and by its operators.
///
/// Source: tensorflow/core/public/version.h and core/framework/versions.cc: a release of an older version of graph
/// definitions than `min_consumer`, or of one of `bad_consumers`, refuses the graph. A newer `producer` alone is taken.
struct TensorFlowVersions {
    private var leastConsumer = 0
    private var badConsumers: Set<Int> = []

    /// Adds what one graph says.
    mutating func add(_ graph: ProtobufMessage) {
        guard let versions = graph.message("versions") else { return }
        leastConsumer = max(leastConsumer, versions.int("min_consumer") ?? 0)
        badConsumers.formUnion(versions.ints("bad_consumers").prefix(64))
    }

    static let gradient = "FusedBatchNormGradV3"
    private var hasOldGradient = false

    /// Its fourth output has a value for each channel in TensorFlow 1 and 2.1. Later releases make it empty, compare that with
    /// what the graph says of its shape, and refuse the graph (tried: a training graph of 1.15.5, in 2.1.4, 2.2.3 and later ones).
    mutating func add(gradient node: ProtobufMessage) {
        let shapes = node.tensorFlowAttribute("_output_shapes")?.message("list")?.messages("shape")
        guard let shapes, shapes.count == 5, let shape = shapes[3].tensorFlowShape else { return }
        if shape.count == 1, shape[0] > 0 { hasOldGradient = true }
    }

    /// Adds the bounds that the graphs and their operators prove. Operators that XLA, a GPU or a library brings are on no
    /// list, and say nothing.
    func need(_ requirements: inout Requirements, operators: Set<String>, into result: inout ProbeResult) {
        for name in operators.sorted() {
            guard let release = Self.added[name] else { continue }
            requirements.need(
                "tensorflow", .atLeast(release), .derived,
                because: "the operator \(name), which the release before has not")
        }
        if hasOldGradient {
            requirements.need(
                "tensorflow", .below("2.2"), .derived,
                because: "\(Self.gradient) with values in its fourth output, which later ones refuse")
        }
        let releases = Self.graphVersions
        // What the oldest of them takes, all do.
        if let oldest = releases.first, leastConsumer > oldest.version {
            if let first = releases.first(where: { $0.version >= leastConsumer }) {
                requirements.need(
                    "tensorflow", .atLeast(first.release), .derived,
                    because: "versions.min_consumer \(leastConsumer) of the graph")
            } else {
                result.report(
                    .warning, code: "tensorflow.min-consumer",
                    "it needs graph version \(leastConsumer); that of TensorFlow \(releases.last?.release ?? "") is "
                        + "\(releases.last?.version ?? 0)", at: "graph: versions.min_consumer")
            }
        }
        let refused = releases.filter { badConsumers.contains($0.version) }.map(\.release)
        if !refused.isEmpty {
            result.report(
                .warning, code: "tensorflow.bad-consumers",
                "it says that TensorFlow \(refused.joined(separator: ", ")) must refuse it",
                at: "graph: versions.bad_consumers")
        }
    }

    private static let graphVersions: [(release: String, version: Int)] = TensorFlowReleases.graphVersions
        .compactMap { word in
            let parts = word.split(separator: ":")
            guard parts.count == 2, let version = Int(parts[1]) else { return nil }
            return (String(parts[0]), version)
        }
        .sorted { ($0.version, $0.release) < ($1.version, $1.release) }

    /// Words such as `2.6:BatchMatMulV3`, by the operator.
    private static let added: [String: String] = {
        var releases: [String: String] = [:]
        for word in TensorFlowReleases.added {
            let parts = word.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { releases[String(parts[1])] = String(parts[0]) }
        }
        return releases
    }()
}
