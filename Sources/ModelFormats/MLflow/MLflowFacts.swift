import ModelBytes
import ModelContainers
import ModelJSON

/// From `MLmodel` and the model it points at to facts.
struct MLflowFacts {
    private let model: JSONValue
    private let flavors: JSONObject
    private let subject: InspectedArtifact
    private let place = "MLmodel"

    init(_ model: JSONValue, _ flavors: JSONObject, _ subject: InspectedArtifact) {
        self.model = model
        self.flavors = flavors
        self.subject = subject
    }

    /// The flavour that is no wrapper of another.
    private var flavor: (key: String, value: JSONValue)? {
        flavors.first { $0.key != "python_function" } ?? flavors.first
    }

    // MARK: loading

    /// Loading a flavour of Python imports the module it names.
    func loading(_ result: inout ProbeResult) {
        let path = PythonText.quoted(subject.artifact.name)
        let function = flavors["python_function"]
        var loading = Loading(
            .needsCode, call: "mlflow.pyfunc.load_model(\(path))", requires: ["mlflow"] + requirements())
        let module = function?["loader_module"]?.string
        if let module {
            loading.classes = [module]
            if !module.hasPrefix("mlflow.") {
                result.report(
                    .warning, code: "mlflow.loader", "loading runs the module \(module), which the model names",
                    at: "\(place): python_function.loader_module")
            }
        }
        if let code = function?["code"]?.string ?? flavor?.value["code"]?.string, !PrivateText.isPath(code) {
            result.report(
                .warning, code: "mlflow.code", "loading puts the folder \(code) on Python's path, and imports from it",
                at: "\(place): code")
        }
        if function == nil, let name = flavor?.key { loading.call = "mlflow.\(name).load_model(\(path))" }
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
        "spark": "pyspark", "h2o": "h2o", "spacy": "spacy", "fastai": "fastai",
    ]
    private static let frameworks = [
        "sklearn": "scikit-learn", "xgboost": "XGBoost", "lightgbm": "LightGBM", "catboost": "CatBoost",
        "pytorch": "PyTorch", "tensorflow": "TensorFlow", "keras": "Keras", "onnx": "ONNX",
        "transformers": "Hugging Face", "sentence_transformers": "Hugging Face", "statsmodels": "statsmodels",
        "prophet": "prophet", "spark": "Apache Spark", "h2o": "H2O", "spacy": "spaCy", "fastai": "fastai",
    ]

    // MARK: the model inside

    /// The file that the flavour points at goes through its own format; the two are compared.
    func inner(_ result: inout ProbeResult) throws(InspectionError) {
        guard let path = data() else { return }
        guard let source = try subject.artifact.companion(path) else {
            result.files.append(FileMember(path: path, role: "mlm:model", present: false))
            result.report(.warning, code: "mlflow.no-model", "the model that MLmodel names is missing", at: path)
            result.loading?.verdict = .incomplete
            return
        }
        result.files.append(FileMember(path: path, role: "mlm:model", present: true, size: source.count))
        guard subject.nesting == 0 else { return }
        let artifactType = result.facts.artifactType
        guard let inner = try FolderMember.probe(path, source, of: subject, into: &result) else { return }
        result.variant = "holds \(inner.identity.id)"
        let packages = Set((result.loading?.requires ?? []).map(Requirements.package(of:)))
        if let own = inner.loading {
            result.loading = result.loading?.joined(with: own) ?? own
            result.loading?.requires? += (own.requires ?? []).filter {
                !packages.contains(Requirements.package(of: $0))
            }
        }
        guard case .model = inner.verdict else { return }
        result.facts = inner.facts
        result.facts.artifactType = artifactType
        result.facts.mediaType = nil
        for item in inner.evidence {
            // MLmodel says itself what these packages have to be.
            if item.field == "requires", packages.contains(Requirements.package(of: item.where)) { continue }
            result.note(item.field, item.origin, "\(path): \(item.where)")
        }
        if inner.facts.framework != nil, !inner.evidence.contains(where: { $0.field == "framework" }) {
            result.note("framework", .derived, "\(path): \(inner.identity.name)")
        }
        compare(inner, path, &result)
    }

    /// Pickles beside the model: loading may read them, as a custom model of Python does its artifacts.
    func otherPickles(_ result: inout ProbeResult) throws(InspectionError) {
        let known = Set(result.files.map(\.path))
        let found = (subject.listing ?? []).map(\.path).filter { path in
            !known.contains(path) && Self.pickleEndings.contains { path.hasSuffix($0) }
        }
        try subject.limits.shards.check(found.count)
        for path in found {
            guard let source = try subject.artifact.companion(path) else { continue }
            FolderMember.judge(path, source, counts: false, of: subject, into: &result)
        }
    }

    private static let pickleEndings = [".pkl", ".pickle", ".joblib", ".pt", ".pth", ".bin", ".ckpt"]

    /// Where the flavours say that their file is.
    private func data() -> String? {
        var named: [String] = []
        for (_, flavor) in flavors {
            for key in [
                "pickled_model", "model_data", "data", "model_path", "pytorch_model", "saved_model_dir", "python_model",
            ] {
                if let path = flavor[key]?.string, !named.contains(path) { named.append(path) }
            }
        }
        let files = Set((subject.listing ?? []).lazy.map(\.path))
        for path in named where files.contains(path) { return path }
        // A folder: torch's data holds model.pth, Keras's a model.keras.
        for path in named {
            let below = files.filter { $0.hasPrefix(path + "/") && Self.isModelName($0) }
            if let first = below.min(by: { ($0.count, $0) < ($1.count, $1) }) { return first }
        }
        return named.first { !$0.isEmpty && !$0.hasPrefix("/") && !files.isEmpty && $0.contains(".") }
    }

    private static func isModelName(_ path: String) -> Bool {
        [".pth", ".pt", ".pkl", ".keras", ".h5", ".onnx", ".safetensors", ".ubj", ".xgb", ".json", ".txt", ".cb"]
            .contains {
                path.hasSuffix($0)
            } && !path.hasSuffix("requirements.txt") && !path.hasSuffix("pickle_module_info.txt")
    }

    private func compare(_ inner: ProbeResult, _ path: String, _ result: inout ProbeResult) {
        guard let name = flavor?.key, let said = Self.frameworks[name], let found = inner.facts.framework, said != found
        else { return }
        let wraps = said == "scikit-learn" && ["XGBoost", "LightGBM", "CatBoost"].contains(found)
        guard !wraps else { return }
        result.report(
            .warning, code: "mlflow.contradiction", "MLmodel says \(said), but the model inside is of \(found)",
            at: path)
    }

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

    /// Inputs and outputs are JSON in a text of YAML.
    func signature(_ result: inout ProbeResult) throws(InspectionError) {
        guard let signature = model["signature"]?.object else { return }
        if let inputs = try ports(signature["inputs"], "input") {
            compareColumns(inputs, result.facts.inputs ?? [], &result)
            result.facts.inputs = inputs
            result.note("inputs", .read, "\(place): signature.inputs")
        }
        if let outputs = try ports(signature["outputs"], "output") {
            let labels = result.facts.outputs?.first?.labels
            result.facts.outputs = outputs
            if outputs.count == 1, let labels { result.facts.outputs?[0].labels = labels }
            result.note("outputs", .read, "\(place): signature.outputs")
        }
    }

    /// A signature is made of examples that a person gives, and nothing of MLflow asks whether the model takes them.
    private func compareColumns(_ said: [Port], _ found: [Port], _ result: inout ProbeResult) {
        guard let said = Self.columns(said), let found = Self.columns(found), said != found else { return }
        result.report(
            .warning, code: "mlflow.signature",
            "the signature has \(said) column\(said == 1 ? "" : "s"), but the model inside takes \(found)",
            at: "\(place): signature.inputs")
    }

    /// Of a table: a row for each sample. Several inputs of one value each are columns as well.
    private static func columns(_ ports: [Port]) -> Int? {
        guard ports.count == 1 else {
            let isColumns = ports.allSatisfy { $0.shape.map { $0.count == 1 || $0.count == 2 && $0[1] == 1 } ?? false }
            return ports.isEmpty || !isColumns ? nil : ports.count
        }
        guard let shape = ports[0].shape, shape.count == 2, shape[1] > 0 else { return nil }
        return shape[1]
    }

    private func ports(_ value: JSONValue?, _ kind: String) throws(InspectionError) -> [Port]? {
        guard let text = value?.string else { return nil }
        let bytes = ByteSource(MemoryBytes(Array(text.utf8)), entry: "\(place): signature")
        guard let specs = try JSONValue.parse(bytes, limits: subject.limits, dialect: .python).array, !specs.isEmpty
        else {
            return nil
        }
        try subject.limits.listedValues.check(specs.count, entry: place)
        let columns = specs.filter { $0["type"]?.string != "tensor" }
        if !columns.isEmpty {
            let features = columns.enumerated().map { index, column in
                Feature(
                    name: column["name"]?.string ?? "column \(index)",
                    dataType: column["type"]?.string.flatMap(Self.columnType))
            }
            let types = Set(features.map(\.dataType))
            let type = types.count == 1 ? features.first?.dataType : nil
            return [Port.table(kind, columns: columns.count, dataType: type, features: features)]
        }
        return specs.enumerated().map { index, spec in
            let shape = spec["tensor-spec"]?["shape"]?.array?.compactMap(\.int)
            return Port(
                name: spec["name"]?.string ?? (specs.count == 1 ? kind : "\(kind)-\(index)"), shape: shape,
                dataType: spec["tensor-spec"]?["dtype"]?.string)
        }
    }

    /// mlflow.types.DataType.
    private static func columnType(_ name: String) -> String? {
        switch name {
        case "double": "float64"
        case "float": "float32"
        case "long": "int64"
        case "integer": "int32"
        case "boolean": "bool"
        case "string": "string"
        default: nil
        }
    }
}
