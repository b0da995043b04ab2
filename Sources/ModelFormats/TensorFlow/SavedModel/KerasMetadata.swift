import ModelBytes
import ModelContainers
import ModelJSON

/// What Keras 2 wrote of its own objects: `keras_metadata.pb` from TensorFlow 2.5 on, before that in the object graph.
///
/// Source: saved_metadata.proto, saving/legacy/saved_model/save.py and layer_serialization.py of Keras 2.15.
struct KerasMetadata {
    private struct Layer {
        let path: String
        let json: JSONValue
    }

    private let root: JSONValue?
    private let lambdas: [String]
    private let custom: [String]
    private let place: String

    /// nil when there is none.
    static func read(
        _ folder: SavedModelFolder, _ objects: SavedModelObjects?, limits: Limits
    ) throws(InspectionError) -> KerasMetadata? {
        if let source = try folder.open("keras_metadata.pb") {
            let message = try ProtobufMessage.read(source, as: .kerasMetadata, limits: limits)
            var layers: [Layer] = []
            for node in message.messages("nodes") {
                guard let text = node.string("metadata"), let json = Self.parse(text, limits) else { continue }
                layers.append(Layer(path: node.string("node_path") ?? "", json: json))
            }
            return KerasMetadata(layers, at: "keras_metadata.pb")
        }
        guard let objects, let text = objects.rootMetadata, let json = parse(text, limits) else { return nil }
        let lambdas = objects.metadata(holding: lambdaClass).compactMap { parse($0, limits) }
        return KerasMetadata(
            [Layer(path: "root", json: json)] + lambdas.map { Layer(path: "", json: $0) },
            at: "object_graph_def: metadata of the root")
    }

    /// What is no JSON says nothing about the model; TensorFlow itself loads without it.
    private static func parse(_ text: String, _ limits: Limits) -> JSONValue? {
        try? JSONValue.parse(Array(text.utf8), limits: limits, dialect: .python)
    }

    private init(_ layers: [Layer], at place: String) {
        self.place = place
        root = layers.first { $0.path == "root" }?.json
        var lambdas: [String] = []
        var custom: Set<String> = []
        for layer in layers {
            let name = layer.json["class_name"]?.string ?? ""
            for lambda in Self.lambdas(in: layer.json, named: layer.path) where !lambdas.contains(lambda) {
                if lambdas.count <= Self.mostLambdas { lambdas.append(lambda) }
            }
            // keras.utils.register_keras_serializable puts a package before the name: `Custom>Scale`.
            if name.contains(">") { custom.insert(name) }
        }
        self.lambdas = lambdas
        self.custom = custom.sorted()
    }

    private static let lambdaClass = "Lambda"
    /// More of them are not named.
    private static let mostLambdas = 256

    /// Names of the Lambda layers in a configuration, which holds those of the model's own layers.
    private static func lambdas(in json: JSONValue, named path: String) -> [String] {
        var names: [String] = []
        var waiting = [json]
        while let value = waiting.popLast(), names.count <= mostLambdas {
            if let elements = value.array { waiting += elements }
            guard let members = value.object else { continue }
            if members["class_name"]?.string == lambdaClass {
                names.append(value["config"]?["name"]?.string ?? members["name"]?.string ?? path)
                continue
            }
            for (_, member) in members { waiting.append(member) }
        }
        return names
    }

    /// Classes of models that say nothing of their architecture.
    static let plainClasses: Set<String> = ["Sequential", "Functional", "Model", "Network"]

    func fill(_ result: inout ProbeResult) {
        if let root {
            let name = root["name"]?.string ?? ""
            if !name.isEmpty, !Self.isAutomatic(name) {
                result.facts.name = name
                result.note("name", .read, "\(place): name")
            }
            if let architecture = root["class_name"]?.string, !architecture.isEmpty,
                !Self.plainClasses.contains(architecture)
            {
                result.facts.architecture = architecture
                result.note("architecture", .read, "\(place): class_name")
            }
            training(root, &result)
        }
        if !lambdas.isEmpty {
            result.report(
                .warning, code: "keras.lambda",
                "Lambda layers carry Python code, which keras.models.load_model runs and tf.saved_model.load does not: "
                    + ShortList.text(lambdas), at: place)
        }
        if !custom.isEmpty {
            result.report(
                .note, code: "keras.custom-objects",
                "keras.models.load_model needs the classes \(ShortList.text(custom)); "
                    + "tf.saved_model.load does not", at: place)
        }
    }

    /// Names that Keras gives when nobody does.
    private static func isAutomatic(_ name: String) -> Bool {
        let plain = name.split(separator: "_").filter { !$0.allSatisfy { $0.isASCII && $0.isNumber } }
        return ["model", "sequential", "functional"].contains(plain.joined(separator: "_"))
    }

    /// `compile` as it was called.
    private func training(_ root: JSONValue, _ result: inout ProbeResult) {
        guard let configuration = root["training_config"], configuration.object != nil else { return }
        var parameters = JSONObject()
        let loss = Self.word(configuration["loss"])
        if let loss { parameters["loss"] = JSONValue(loss) }
        // What `compile` takes when nobody names an optimizer trains nothing without a loss.
        let optimizer = configuration["optimizer_config"]?["class_name"]?.string.map { name in
            name.split(separator: ">").last.map(String.init) ?? name
        }
        if loss == nil, optimizer?.lowercased() == "rmsprop" { return }
        if let optimizer { parameters["optimizer"] = JSONValue(optimizer) }
        if let rate = configuration["optimizer_config"]?["config"]?["learning_rate"], rate.double != nil {
            parameters["learning_rate"] = rate
        }
        guard !parameters.isEmpty else { return }
        result.facts.hyperparameters = parameters
        result.note("hyperparameters", .read, "\(place): training_config")
    }

    private static func word(_ value: JSONValue?) -> String? {
        value?.string ?? value?["class_name"]?.string
    }
}
