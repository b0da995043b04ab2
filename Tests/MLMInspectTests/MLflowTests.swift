import MLMInspect
import ModelFormats
import TestSupport
import Testing

/// Where each flavour of MLflow keeps its model, and what loading would unpickle beside it.
@Suite struct MLflowTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let system = Array("cos\nsystem\n(S'true'\ntR.".utf8)
    /// The same in protocol 2.
    private static let binary: [UInt8] = [0x80, 2] + system

    private func write(_ document: String, _ files: [String: [UInt8]]) throws {
        try folder.write(Array(document.utf8), to: "net/MLmodel")
        for (path, bytes) in files { try folder.write(bytes, to: "net/" + path) }
    }

    private func inspect() -> Record { Inspector().inspect(folder.path("net")) }

    private func codes() -> [String] { inspect().findings?.map(\.code) ?? [] }

    /// As mlflow's own modules write them: the flavour, its keys, and the file that loading unpickles.
    static let pickles: [(flavor: String, keys: String, file: String)] = [
        ("sklearn", "pickled_model: model.pkl", "model.pkl"),
        ("pytorch", "model_data: data", "data/model.pth"),
        ("pytorch", "model_data: data", "data/model.pt2"),
        ("lightgbm", "data: model.pkl", "model.pkl"),
        ("statsmodels", "data: model.statsmodels", "model.statsmodels"),
        ("pmdarima", "data: model.pmd", "model.pmd"),
        ("shap", "serialized_explainer: explainer.shap", "explainer.shap"),
        ("shap", "serialized_explainer: explainer.shap", "underlying_model/model.pkl"),
        ("langchain", "model_data: model.yaml", "model.pkl"),
        ("langchain", "loader_fn: loader_fn", "loader_fn"),
        ("dspy", "model_path: data/model.pkl", "data/model.pkl"),
        ("dspy", "model_path: data/model", "data/model/program.pkl"),
        ("keras", "data: data", "data/custom_objects.cloudpickle"),
        ("tensorflow", "data: data", "data/global_custom_objects.cloudpickle"),
        ("python_function", "python_model: python_model.pkl", "python_model.pkl"),
        ("python_function", "loader_module: mlflow.pyfunc.model", "artifacts/scaler"),
        ("fastai", "data: model.fastai", "model.fastai"),
        ("transformers", "model_binary: model", "model/pytorch_model.bin"),
        ("sentence_transformers", "code: null", "model.sentence_transformer/pytorch_model.bin"),
        ("diffusers", "adapter_weights: adapter", "adapter/pytorch_lora_weights.bin"),
    ]

    @Test(arguments: pickles.indices)
    func whatAFlavorUnpicklesIsLookedAt(_ index: Int) throws {
        let (flavor, keys, file) = Self.pickles[index]
        try write("flavors:\n  \(flavor):\n    \(keys)\n", [file: Self.binary])
        let record = inspect()
        #expect(record.loading?.verdict == .dangerous, "\(flavor): \(file)")
        #expect(record.findings?.contains { $0.where?.hasPrefix(file) ?? false } == true)
    }

    /// Protocol 0 has no mark: a file of it is found because the model names it, or the folder it lies in.
    @Test(arguments: [
        ("artifacts: {scaler: {path: artifacts/scaler, uri: x}}", "artifacts/scaler"),
        ("artifacts: {all: {path: ./artifacts, uri: x}}", "artifacts/deep/scaler"),
        ("extra_files: [{path: extra_files/scaler}]", "extra_files/scaler"),
        ("data: x/../model.dat", "model.dat"), ("python_model: ./model.p", "model.p"),
    ])
    func whatAModelNamesIsLookedAtByItsContent(_ keys: String, _ file: String) throws {
        try write("flavors:\n  python_function:\n    \(keys)\n", [file: Self.system])
        let record = inspect()
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.findings?.contains { $0.code == "mlflow.no-model" } == false)
    }

    @Test func textThatAModelNamesIsNoFinding() throws {
        let keys = "artifacts: {notes: {path: artifacts/notes.txt, uri: x}}"
        try write("flavors:\n  python_function:\n    \(keys)\n", ["artifacts/notes.txt": Array("hello\n".utf8)])
        #expect(inspect().findings?.contains { $0.where?.hasPrefix("artifacts") ?? false } == false)
    }

    @Test(arguments: [
        ("spark", "model_data: sparkml", "sparkml/metadata/part-00000"),
        ("spacy", "data: model.spacy", "model.spacy/meta.json"), ("h2o", "data: model.h2o", "model.h2o/DRF_model"),
        ("paddle", "pickled_model: model", "model.pdiparams"),
        ("prophet", "data: model.pr", "model.pr"), ("rfunc", "loader: x", "crate.bin"),
    ])
    func whatIsNotLookedAtIsSaid(_ flavor: String, _ keys: String, _ file: String) throws {
        try write("flavors:\n  \(flavor):\n    \(keys)\n", [file: Array("{}  ".utf8)])
        #expect(inspect().loading?.verdict == .needsCode)
        let found = codes()
        #expect(found.contains("mlflow.not-inspected") || found.contains("folder.unrecognised"), "\(found)")
    }

    @Test func aFolderOfTransformersIsReadAsOne() throws {
        try write(
            """
            flavors:
              transformers:
                model_binary: model
                source_model_name: org/net
                transformers_version: 5.0.0
            """,
            [
                "model/config.json": Array(#"{"model_type": "vit", "architectures": ["ViTModel"]}"#.utf8),
                "model/model.safetensors": SafetensorsFile.oneFloat,
            ])
        let record = inspect()
        #expect(record.facts?.architecture == "ViTModel")
        #expect(record.facts?.parameters?.total == 1)
        #expect(record.format?.variant == "holds huggingface")
        #expect(record.files?.contains { $0.path == "model/model.safetensors" } == true)
        #expect(record.loading?.requires == ["mlflow", "transformers==5.0.0", "safetensors", "torch"])
    }

    @Test func aBrokenModelHidesNothing() throws {
        try write(
            "flavors:\n  transformers:\n    model_binary: model\n",
            [
                "model/config.json": Array(#"{"model_type": "vit", "architectures": ["ViTModel"]}"#.utf8),
                "model/model.safetensors": Array("no header at all".utf8), "artifacts/scaler.pkl": Self.binary,
            ])
        let record = inspect()
        #expect(record.error?.where == "model/model.safetensors at byte 8")
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.facts?.artifactType == "mlflow.transformers.save_model")
    }

    @Test func weightsOfTheHubAreSaid() throws {
        try write("flavors:\n  transformers:\n    source_model_name: org/net\n", [:])
        let finding = inspect().findings?.first { $0.code == "mlflow.no-model" }
        #expect(finding?.message.contains("org/net") == true)
    }

    @Test(arguments: [
        ("xgboost", "model_class: os.System", [:]), ("python_function", "loader_module: evil", [:]),
        ("tensorflow", "keras_module: evil", [:]),
        ("pytorch", "model_data: data", ["data/pickle_module_info.txt": Array("evil\n".utf8)]),
    ])
    func aModuleThatIsNamedIsSaid(_ flavor: String, _ keys: String, _ files: [String: [UInt8]]) throws {
        try write("flavors:\n  \(flavor):\n    \(keys)\n", files)
        #expect(codes().contains("mlflow.loader"))
        try write(
            "flavors:\n  xgboost:\n    model_class: xgboost.sklearn.XGBRegressor\n",
            [
                "data/keras_module.txt": Array("keras".utf8),
                "data/pickle_module_info.txt": Array("mlflow.pytorch.pickle_module".utf8),
            ])
        #expect(!codes().contains("mlflow.loader"))
    }

    /// mlflow reads what is refused here.
    @Test(arguments: ["flavors: &a {x: 1}\n", "flavors:\n  x: {}\n  x: {}\n"])
    func aDocumentThatIsRefusedHidesNoPickle(_ document: String) throws {
        try write(document, ["model.pkl": Self.binary])
        let record = inspect()
        #expect(record.verdict == .failed && record.loading?.verdict == .dangerous)
    }

    @Test func aSizeThatIsNoNumberLeavesTheShapeOpen() throws {
        func shape(_ sizes: String) throws -> [Int]? {
            let spec = #"[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": \#(sizes)}}]"#
            try write("flavors:\n  onnx:\n    data: model.onnx\nsignature:\n  inputs: '\(spec)'\n", [:])
            return try #require(inspect().facts?.inputs?.first).shape
        }
        #expect(try shape("[-1, 3, 4]") == [-1, 3, 4])
        #expect(try shape(#"[-1, "x", 4]"#) == nil)
    }

    @Test func aFlavorOfOthersHasNoCall() throws {
        try write("flavors:\n  mycorp:\n    data: model.bin\n", [:])
        #expect(inspect().loading != nil && inspect().loading?.call == nil)
    }

    @Test func moreFlavorsThanThereAreEndByALimit() throws {
        let flavors = (0..<2_000).map { "  f\($0): {data: m\($0)}\n" }.joined()
        try write("flavors:\n" + flavors, [:])
        #expect(inspect().error?.message == "limit: mlflow flavors 2000 > 1024")
    }
}
