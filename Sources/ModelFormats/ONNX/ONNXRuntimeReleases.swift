import ModelContainers

/// Which onnxruntime loads a model, by the version of its representation and those of its operator sets.
///
/// Of operators that a release has in its tables and does not run, those that the tests have met are told.
///
/// Tried: models of one Identity node, each with one of these versions, in every release from 1.2.0 to 1.32.0.
enum ONNXRuntimeReleases {
    static func need(_ requirements: inout Requirements, _ model: ProtobufMessage) {
        if let version = model.int("ir_version"), let release = release(representations, of: version) {
            requirements.need(
                "onnxruntime", .atLeast(release), .derived, because: "ir_version \(version), which older ones refuse")
        }
        for entry in model.messages("opset_import") {
            let domain = entry.onnxDomain
            guard let version = entry.int("version"),
                let table = domain == "ai.onnx" ? standard : domain == "ai.onnx.ml" ? learning : nil,
                let release = release(table, of: version)
            else { continue }
            requirements.need(
                "onnxruntime", .atLeast(release), .derived, because: "\(domain) \(version), which older ones refuse")
        }
    }

    /// Operators that came later than the operator sets they are of: 1.20.1 does not run TreeEnsemble and 1.21.0 does, 1.23.2 no
    /// ConvInteger whose weights are signed and 1.24.1 does.
    static func need(_ requirements: inout Requirements, graph: ProtobufMessage) {
        var weights: Set<String> = []
        for node in graph.messages("node") {
            switch node.onnxOperator {
            case "ai.onnx.ml.TreeEnsemble":
                requirements.need(
                    "onnxruntime", .atLeast("1.21"), .derived, because: "TreeEnsemble, which older ones do not run")
            case "ConvInteger":
                let inputs = node.strings("input")
                if inputs.count > 1 { weights.insert(inputs[1]) }
            case let name:
                guard name.hasPrefix("com.microsoft."), let release = own[String(name.dropFirst(14))] else { continue }
                requirements.need(
                    "onnxruntime", .atLeast(release), .derived,
                    because: "\(name), which the release before does not run on a CPU")
            }
        }
        guard !weights.isEmpty else { return }
        for tensor in graph.messages("initializer") where tensor.int("data_type") == 3 {
            guard let name = tensor.string("name"), weights.contains(name) else { continue }
            requirements.need(
                "onnxruntime", .atLeast("1.24"), .derived,
                because: "ConvInteger with weights of int8, which older ones do not run")
            return
        }
    }

    /// Words such as `1.16.2:MatMulNBits`, by the operator of com.microsoft.
    private static let own: [String: String] = {
        var releases: [String: String] = [:]
        for word in ONNXRuntimeOperators.added {
            let parts = word.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { releases[String(parts[1])] = String(parts[0]) }
        }
        return releases
    }()

    /// Nil for versions that every release has, and for those that none has had yet.
    private static func release(_ table: [(last: Int, release: String)], of version: Int) -> String? {
        table.first { version <= $0.last }.flatMap { $0.release.isEmpty ? nil : $0.release }
    }

    /// The newest version that each release takes, where it is newer than the one before.
    private static let representations: [(last: Int, release: String)] = [
        (6, ""), (7, "1.3"), (8, "1.9"), (9, "1.15"), (10, "1.18"), (11, "1.23"), (13, "1.24"), (14, "1.32"),
    ]
    private static let standard: [(last: Int, release: String)] = [
        (11, ""), (12, "1.3"), (13, "1.6"), (14, "1.8"), (15, "1.9"), (16, "1.11"), (17, "1.12"), (18, "1.14"),
        (19, "1.16"), (20, "1.17"), (21, "1.18"), (22, "1.21"), (23, "1.23"), (25, "1.24"), (26, "1.25"), (28, "1.32"),
    ]
    private static let learning: [(last: Int, release: String)] = [(2, ""), (3, "1.11"), (4, "1.17"), (5, "1.18")]
}
