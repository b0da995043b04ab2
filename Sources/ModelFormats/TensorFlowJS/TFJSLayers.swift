import ModelBytes
import ModelContainers

/// Inputs and outputs of a layers model, from the configuration of Keras that it holds.
///
/// TensorFlow.js itself calls the version of its own layers `keras_version`: "tfjs-layers 4.22.0". Its configuration is
/// that of Keras 2.
enum TFJSLayers {
    static func fill(
        _ result: inout ProbeResult, from document: TFJSDocument, limits: Limits
    ) throws(InspectionError) {
        let version = KerasVersion(document.kerasVersion)
        guard let model = KerasModel(document.layers, version: version, generation: version == nil ? 2 : nil) else {
            return
        }
        try model.fill(&result, at: "modelTopology", limits: limits)
        KerasTraining.fill(
            &result, from: document.training, at: "training_config", activation: model.lastActivation, limits: limits)
    }

    /// Whether it has layers that TensorFlow.js does not bring; those have to be registered before it is loaded.
    static func needsCode(_ document: TFJSDocument, limits: Limits, into result: inout ProbeResult) -> Bool {
        guard let layers = document.layers else { return false }
        let code = KerasCode(layers, generation: nil)
        guard !code.isEmpty else { return false }
        let names = (code.classes.sorted() + code.lambdas + code.loaders).prefix(limits.listedValues.value)
        result.report(
            .warning, code: "tfjs.custom-layers",
            "layers that TensorFlow.js does not have (\(ShortList.text(names))) need to be "
                + "registered by tf.serialization.registerClass", at: "modelTopology")
        return true
    }
}
