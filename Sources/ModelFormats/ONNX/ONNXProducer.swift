import ModelContainers

/// The tool that wrote a model, and the framework that made it before.
enum ONNXProducer {
    static func fill(_ result: inout ProbeResult, from model: ProtobufMessage) {
        guard let name = model.string("producer_name"), !name.isEmpty, !PrivateText.holdsPath(name) else { return }
        result.facts.producer = Producer(name: name, version: model.string("producer_version").flatMap(version))
        result.note("producer", .read, "producer_name, producer_version")
    }

    /// A note of the framework that the model was made with, when the producer or the notes of torch's exporter say it.
    static func reportOrigin(_ architecture: String?, into result: inout ProbeResult) {
        let producer = result.facts.producer?.name.lowercased() ?? ""
        let known = origins.first { producer.hasPrefix($0.prefix) }
        if let origin = known?.framework {
            result.report(.note, code: "onnx.origin", "made with \(origin)", at: "producer_name")
        } else if architecture != nil {
            result.report(.note, code: "onnx.origin", "made with PyTorch", at: "graph.node: metadata_props")
        }
    }

    /// tf2onnx writes its commit behind the version, CatBoost a page of text about its build.
    private static func version(_ text: String) -> String? {
        guard !text.contains(where: \.isNewline), text.utf8.count <= 64, !PrivateText.holdsPath(text) else {
            return nil
        }
        let first = text.split(separator: " ").first.map(String.init)
        return text.first?.isNumber == true ? first : text.isEmpty ? nil : text
    }

    /// How the producer's name begins, in lower case. Tools that work on the models of others are not here.
    private static let origins: [(prefix: String, framework: String)] = [
        ("pytorch", "PyTorch"), ("tf2onnx", "TensorFlow"), ("keras2onnx", "Keras"), ("skl2onnx", "scikit-learn"),
        ("catboost", "CatBoost"), ("paddle", "PaddlePaddle"), ("cntk", "CNTK"), ("microsoft.ml", "ML.NET"),
        ("matlab", "MATLAB"), ("coremltools", "Core ML"), ("chainer", "Chainer"), ("mxnet", "MXNet"), ("jax", "JAX"),
        ("flux", "Flux"),
    ]
}
