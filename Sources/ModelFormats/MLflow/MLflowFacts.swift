import ModelBytes
import ModelContainers
import ModelJSON

/// From `MLmodel` and the model it points at to facts.
struct MLflowFacts {
    let model: JSONValue
    let flavors: JSONObject
    let subject: InspectedArtifact
    let place = "MLmodel"

    init(_ model: JSONValue, _ flavors: JSONObject, _ subject: InspectedArtifact) {
        self.model = model
        self.flavors = flavors
        self.subject = subject
    }

    /// The flavour that is no wrapper of another.
    var flavor: (key: String, value: JSONValue)? {
        flavors.first { $0.key != "python_function" } ?? flavors.first
    }

    // MARK: loading

    /// Loading a flavour of Python imports the module it names.
    func loading(_ modules: MLflowModules, _ result: inout ProbeResult) {
        let path = PythonText.quoted(subject.artifact.name)
        let function = flavors["python_function"]
        var loading = Loading(
            .needsCode, call: "mlflow.pyfunc.load_model(\(path))", requires: ["mlflow"] + requirements())
        if let module = function?["loader_module"]?.string { loading.classes = [module] }
        for module in modules.foreign {
            loading.classes = Array(Set((loading.classes ?? []) + [module.name])).sorted()
            result.report(
                .warning, code: "mlflow.loader", "loading runs the module \(module.name), which the model names",
                at: module.place)
        }
        if let code = function?["code"]?.string ?? flavor?.value["code"]?.string, !PrivateText.isPath(code) {
            result.report(
                .warning, code: "mlflow.code", "loading puts the folder \(code) on Python's path, and imports from it",
                at: "\(place): code")
        }
        if let file = MLflowMembers.code(flavors.map(\.value)) {
            result.report(
                .warning, code: "mlflow.code", "loading runs the file \(file.prefix(256)), which makes the model",
                at: "\(place): model_code_path")
        }
        // A flavour of others is loaded by a package of theirs, whose name is not known.
        if function == nil, let name = flavor?.key {
            loading.call = Self.packages[name] == nil ? nil : "mlflow.\(name).load_model(\(path))"
        }
        result.loading = loading
    }

    private func requirements() -> [String] {
        guard let flavor, let package = Self.packages[flavor.key] else { return [] }
        return [version(of: flavor).map { "\(package)==\($0)" } ?? package]
    }

    private func version(of flavor: (key: String, value: JSONValue)) -> String? {
        let keys = ["\(flavor.key)_version", "\(Self.spelling[flavor.key] ?? flavor.key)_version", "version"]
        return keys.lazy.compactMap { flavor.value[$0].flatMap(Self.words) }.first { $0.utf8.count < 64 }
    }

    /// A version of two numbers is a number of YAML.
    private static func words(_ value: JSONValue) -> String? {
        if case .number(let number) = value { return number.text }
        return value.string
    }

    private static let spelling = ["xgboost": "xgb", "lightgbm": "lgb"]
    private static let packages = [
        "sklearn": "scikit-learn", "xgboost": "xgboost", "lightgbm": "lightgbm", "catboost": "catboost",
        "pytorch": "torch", "tensorflow": "tensorflow", "keras": "keras", "onnx": "onnx",
        "transformers": "transformers",
        "sentence_transformers": "sentence-transformers", "statsmodels": "statsmodels", "prophet": "prophet",
        "spark": "pyspark", "h2o": "h2o", "spacy": "spacy", "fastai": "fastai", "diffusers": "diffusers",
        "paddle": "paddlepaddle", "pmdarima": "pmdarima", "shap": "shap", "langchain": "langchain", "dspy": "dspy",
        "johnsnowlabs": "johnsnowlabs",
    ]
    static let frameworks = [
        "sklearn": "scikit-learn", "xgboost": "XGBoost", "lightgbm": "LightGBM", "catboost": "CatBoost",
        "pytorch": "PyTorch", "tensorflow": "TensorFlow", "keras": "Keras", "onnx": "ONNX",
        "transformers": "Hugging Face", "sentence_transformers": "Hugging Face", "statsmodels": "statsmodels",
        "prophet": "prophet", "spark": "Apache Spark", "h2o": "H2O", "spacy": "spaCy", "fastai": "fastai",
        "diffusers": "Hugging Face", "paddle": "Paddle", "pmdarima": "pmdarima",
    ]

    // MARK: what MLmodel says

    func identity(_ result: inout ProbeResult) {
        if let flavor, let framework = Self.frameworks[flavor.key], result.facts.framework == nil {
            result.facts.framework = framework
            result.note("framework", .read, "\(place): flavors.\(flavor.key)")
        }
        if let flavor, let version = version(of: flavor), result.facts.frameworkVersion == nil {
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "\(place): flavors.\(flavor.key)")
        }
        if let flavor, flavor.key != "python_function" {
            result.facts.artifactType = "mlflow.\(flavor.key).save_model"
            result.note("artifact_type", .derived, "\(place): flavors.\(flavor.key)")
        }
        if let version = model["mlflow_version"]?.string {
            result.facts.producer = Producer(name: "mlflow", version: version)
            result.note("producer", .read, "\(place): mlflow_version")
        }
        // MLflow 3 keeps all models in folders of this name, and tells them apart by their identifiers alone.
        if subject.artifact.name == "artifacts", let name = model["model_id"]?.string, !PrivateText.holdsPath(name),
            name.utf8.count <= 128
        {
            result.facts.name = name
            result.note("name", .read, "\(place): model_id")
        }
        var metadata = JSONObject()
        for key in ["model_uuid", "utc_time_created", "run_id", "model_id"] {
            if let text = model[key]?.string { metadata[key] = .string(text) }
        }
        if let version = flavors["python_function"]?["python_version"]?.string {
            metadata["python_version"] = .string(version)
        }
        metadata["flavors"] = .array(flavors.keys.prefix(64).map(JSONValue.string))
        result.facts.metadata = metadata
        result.note("metadata", .read, place)
        if result.facts.roles == nil, case .model = result.verdict { result.facts.roles = ["mlm:model"] }
    }
}
