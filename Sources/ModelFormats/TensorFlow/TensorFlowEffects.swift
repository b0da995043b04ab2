/// What some of TensorFlow's own operators reach beyond the graph.
///
/// Names are those of `TensorFlowRegistry`. SECURITY.md of TensorFlow: "TensorFlow models are programs"; that ReadFile
/// and WriteFile do harm is what modelscan (settings.py) warns of as well.
enum TensorFlowEffects {
    /// Runs Python of the process that built the graph.
    static let python = Set(words: "PyFunc PyFuncStateless EagerPyFunc")

    /// Runs native code that the graph names or carries.
    static let native = Set(words: "RemoteFusedGraphExecute XlaCustomCall XlaCustomCallV2")

    /// Reads files that the graph names, or that are named by what it computes.
    static let reads = Set(
        words: """
            ReadFile MatchingFiles MatchingFilesDataset ExperimentalMatchingFilesDataset ImmutableConst LoadDataset \
            SqlDataset ExperimentalSqlDataset LoadAndRemapMatrix ListSnapshotChunksDataset SnapshotChunkDataset \
            SnapshotDatasetReader SnapshotNestedDatasetReader
            """)

    /// Reads the records of training: of no harm as long as the caller names the files.
    static let pipelines = Set(
        words: """
            WholeFileReader WholeFileReaderV2 TextLineReader TextLineReaderV2 FixedLengthRecordReader \
            FixedLengthRecordReaderV2 TFRecordReader TFRecordReaderV2 LMDBReader TextLineDataset TFRecordDataset \
            TFRecordDatasetV2 FixedLengthRecordDataset FixedLengthRecordDatasetV2 LMDBDataset ExperimentalLMDBDataset \
            CSVDataset CSVDatasetV2 ExperimentalCSVDataset
            """)

    /// Writes or removes files.
    static let writes = Set(
        words: """
            WriteFile SaveDataset SaveDatasetV2 DatasetToTFRecord ExperimentalDatasetToTFRecord CreateSummaryFileWriter \
            CreateSummaryDbWriter SnapshotDataset SnapshotDatasetV2 DistributedSave DumpTensor CalibrationStatisticsSaver
            """)

    /// Talks to other machines, or to files by an address.
    static let network = Set(
        words: """
            DebugIdentity DebugIdentityV2 DebugIdentityV3 DebugNanCount DebugNumericSummary DataServiceDataset \
            DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset RegisterDatasetV2 \
            FileSystemSetConfiguration Rpc TryRpc RpcCall RpcClient RpcServer RpcServerRegister RpcServerStart \
            RpcCheckStatus RpcGetValue DeleteRpcFutureResource BigQueryReader GenerateBigQueryReaderPartitions \
            GcsConfigureCredentials GcsConfigureBlockCache
            """)

    /// Operators whose path every honest graph is given when it runs, and at which input it stands: a saver's.
    static let savers = [
        "SaveV2": [0], "Save": [0], "SaveSlices": [0], "MergeV2Checkpoints": [0, 1],
        // Nothing for a cache in memory.
        "CacheDataset": [1], "CacheDatasetV2": [1],
    ]

    /// The same for what is read.
    static let readers = [
        "TextLineDataset": [0], "TFRecordDataset": [0], "TFRecordDatasetV2": [0], "FixedLengthRecordDataset": [0],
        "FixedLengthRecordDatasetV2": [0], "LMDBDataset": [0], "ExperimentalLMDBDataset": [0], "CSVDataset": [0],
        "CSVDatasetV2": [0], "ExperimentalCSVDataset": [0],
    ]

    /// The same for checkpoints that variables get their values from; no other files are read by these.
    static let restorers = ["RestoreV2": [0], "Restore": [0], "RestoreSlice": [0]]

    /// What an operator does with the file whose path it is given.
    enum PathUse { case writes, reads, restores }

    static let paths: [String: (use: PathUse, inputs: [Int])] = {
        var all = savers.mapValues { (use: PathUse.writes, inputs: $0) }
        for (operation, inputs) in readers { all[operation] = (.reads, inputs) }
        for (operation, inputs) in restorers { all[operation] = (.restores, inputs) }
        return all
    }()

    /// Libraries that register operators, by how the names of these begin, and the package that brings each.
    ///
    /// Source: the operators' registrations in the projects themselves.
    private static let libraries: [(prefix: String, module: String, package: String)] = [
        ("SimpleML", "tensorflow_decision_forests", "tensorflow-decision-forests"),
        ("Addons>", "tensorflow_addons", "tensorflow-addons"), ("IO>", "tensorflow_io", "tensorflow-io"),
        ("Sentencepiece", "tensorflow_text", "tensorflow-text"),
        ("Wordpiece", "tensorflow_text", "tensorflow-text"), ("FastWordpiece", "tensorflow_text", "tensorflow-text"),
        ("WhitespaceTokenize", "tensorflow_text", "tensorflow-text"), ("TFText>", "tensorflow_text", "tensorflow-text"),
        ("TRTEngineOp", "tensorflow", "tensorflow built with TensorRT"),
    ]

    static func library(of operation: String) -> (module: String, package: String)? {
        libraries.first { operation.hasPrefix($0.prefix) }.map { ($0.module, $0.package) }
    }
}
