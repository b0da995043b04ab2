import ModelBytes
import ModelJSON

/// Modules that loading imports because the folder names them.
///
/// Source: `import_module` and `_get_class_from_string` in mlflow's pyfunc, pytorch, tensorflow, xgboost, lightgbm, spark.
struct MLflowModules {
    /// What a model names: the module, and where.
    typealias Named = (name: String, place: String)

    /// Modules of the frameworks themselves, whose flavours name them.
    private static let own: Set<String> = [
        "mlflow", "xgboost", "lightgbm", "pyspark", "keras", "tf_keras", "tensorflow", "pickle", "cloudpickle",
    ]
    /// One line of text each; a longer one is not a name.
    private static let files = ["pickle_module_info.txt", "keras_module.txt"]
    private static let longest = 256

    private(set) var named: [Named] = []

    init(_ flavors: JSONObject, _ subject: InspectedArtifact) throws(InspectionError) {
        for (key, flavor) in flavors {
            for field in ["loader_module", "model_class", "keras_module"] {
                if let name = flavor[field]?.string { named.append((name, "MLmodel: \(key).\(field)")) }
            }
        }
        for entry in subject.listing ?? [] where Self.files.contains(where: { entry.path.hasSuffix($0) }) {
            guard let bytes = try subject.artifact.companionBytes(entry.path, upTo: Self.longest) else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            named.append((String(text.prefix { !$0.isWhitespace }), entry.path))
        }
        try subject.limits.listedValues.check(named.count)
    }

    /// Those that are of no framework: the model brings them along, or they run what they are not meant for.
    var foreign: [Named] {
        named.filter { module in
            let package = module.name.prefix { $0 != "." }
            return !Self.own.contains(String(package))
        }
    }
}
