import ModelContainers

/// The operators of a graph and of its functions, and what some of them reach beyond it.
///
/// Names are those of TensorFlow's own operator registry (tf.raw_ops of 2.21). SECURITY.md of TensorFlow: "TensorFlow
/// models are programs"; that ReadFile and WriteFile do harm is what modelscan (settings.py) warns of as well.
struct TensorFlowOperators {
    private(set) var names: Set<String> = []

    /// Runs Python of the process that built the graph.
    private static let python: Set<String> = ["PyFunc", "PyFuncStateless", "EagerPyFunc"]
    /// Reads files that the graph or its input names.
    private static let reads: Set<String> = [
        "ReadFile", "MatchingFiles", "WholeFileReader", "WholeFileReaderV2", "TextLineReader", "TextLineReaderV2",
        "FixedLengthRecordReader", "FixedLengthRecordReaderV2", "TFRecordReader", "TFRecordReaderV2", "LMDBReader",
        "TextLineDataset", "TFRecordDataset", "TFRecordDatasetV2", "FixedLengthRecordDataset",
        "FixedLengthRecordDatasetV2", "LMDBDataset", "SqlDataset", "LoadDataset", "ImmutableConst",
        "MatchingFilesDataset",
    ]
    /// Writes or removes files.
    private static let writes: Set<String> = [
        "WriteFile", "SaveDataset", "SaveDatasetV2", "DatasetToTFRecord", "CreateSummaryFileWriter",
        "CreateSummaryDbWriter", "SnapshotDataset", "SnapshotDatasetV2",
    ]
    /// Talks to other machines, or to files by an address.
    private static let network: Set<String> = [
        "DebugIdentity", "DebugIdentityV2", "DebugIdentityV3",
        "DataServiceDataset", "DataServiceDatasetV2", "DataServiceDatasetV3", "DataServiceDatasetV4",
        "RegisterDataset", "RegisterDatasetV2", "FileSystemSetConfiguration",
    ]

    /// Adds all of a GraphDef.
    mutating func add(_ graph: ProtobufMessage) {
        for node in graph.messages("node") { names.insert(node.string("op") ?? "") }
        guard let library = graph.message("library") else { return }
        for function in library.messages("function") {
            for node in function.messages("node_def") { names.insert(node.string("op") ?? "") }
        }
    }

    /// Says what the graph reaches; the verdict is what that makes of loading.
    func report(into result: inout ProbeResult) -> Loading.Verdict {
        var verdict = Loading.Verdict.dataOnly
        func find(_ group: Set<String>, _ code: String, _ message: String, _ worse: Loading.Verdict) {
            let found = names.intersection(group).sorted()
            guard !found.isEmpty else { return }
            verdict = max(verdict, worse)
            result.report(.warning, code: code, message, at: "graph: " + found.joined(separator: ", "))
        }
        find(
            Self.python, "tensorflow.python-operator",
            "runs Python functions of the program that wrote it; elsewhere those parts cannot run", .needsCode)
        find(Self.reads, "tensorflow.reads-files", "reads files when it is run", .dangerous)
        find(Self.writes, "tensorflow.writes-files", "writes files when it is run", .dangerous)
        find(Self.network, "tensorflow.network", "may reach other machines when it is run", .dangerous)
        return verdict
    }
}
